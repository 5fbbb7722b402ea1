// What our pages use of lit-html 3.3.3, for the type check only: static/vendor/ holds it without types, and made small.
export interface Template {
  strings: TemplateStringsArray;
  values: unknown[];
}
export interface Part {
  startNode: Node;
  options?: { restore?: (node: Node) => void };
}
export class Directive {
  constructor(part?: unknown);
  render(...values: any[]): unknown;
  update(part: Part, values: any[]): unknown;
}
type Tag = (strings: TemplateStringsArray, ...values: unknown[]) => Template;
export const html: Tag;
export const svg: Tag;
export const nothing: unique symbol;
export function render(view: unknown, container: HTMLElement | DocumentFragment, options?: object): unknown;
export function live(value: unknown): unknown;
export function repeat<T>(
  items: Iterable<T>,
  key: (item: T, index: number) => unknown,
  view: (item: T, index: number) => unknown,
): unknown;
export function directive(kind: new (part?: any) => Directive): (...values: any[]) => unknown;
