// What our pages use of @fluent/bundle 0.19.1, for the type check only: static/vendor/ holds it made small.
export class FluentBundle {
  constructor(locales: string[], options?: { useIsolating?: boolean });
  addResource(resource: { body: object[] }): Error[];
  getMessage(id: string): { value: object | string | null } | undefined;
  formatPattern(pattern: object | string, args?: Record<string, unknown> | null, errors?: Error[]): string;
}
