// lit-html's templates, which first ask for the page as they left it where what they say has changed (mender.js).
// Without a mender they are as they are everywhere.
// @ts-check
import { Directive, directive, html as litHtml } from "../../vendor/lit-html.js";

/**
 * As lit-html's `html`. Only text and children are looked at: an attribute is written by its name, come what may.
 * @param {TemplateStringsArray} strings @param {unknown[]} values
 */
export function html(strings, ...values) {
  const isChild = childHoles(strings);
  return litHtml(strings, ...values.map((value, index) => (isChild[index] ? written(value) : value)));
}

const written = directive(
  class extends Directive {
    /** @type {unknown} */
    before = undefined;

    /** @param {import("../../vendor/lit-html.js").Part} part @param {[unknown]} values */
    update(part, [value]) {
      if (!isSame(this.before, value)) part.options?.restore?.(part.startNode);
      this.before = value;
      return this.render(value);
    }

    /** @param {unknown} value */
    render(value) {
      return Array.isArray(value) ? value.map((one) => (isObject(one) ? one : written(one))) : value;
    }
  },
);

/** @param {unknown} value @returns {value is {strings?: TemplateStringsArray}} templates have `strings` */
const isObject = (value) => typeof value === "object" && value !== null;

/**
 * Would lit-html leave the nodes of `before` where they are? What is inside a template looks after itself.
 * @param {unknown} before @param {unknown} value @returns {boolean}
 */
function isSame(before, value) {
  if (!isObject(before) || !isObject(value)) return before === value;
  if (Array.isArray(before) && Array.isArray(value))
    return before.length === value.length && before.every((one, index) => isAlike(one, value[index]));
  return before.strings !== undefined && before.strings === value.strings;
}

/** @param {unknown} one @param {unknown} other @returns {boolean} */
const isAlike = (one, other) => (!isObject(one) && !isObject(other)) || isSame(one, other);

/** Empties a container that lit-html has drawn into, whatever became of it. @param {Element} container */
export function afresh(container) {
  container.replaceChildren();
  delete (/** @type {any} */ (container)._$litPart$); // where lit-html keeps what it made; tested with 3.3.3
}

/** @type {WeakMap<TemplateStringsArray, boolean[]>} */
const known = new WeakMap(); // a template is read once

/** Which values stand between tags, not within one. @param {TemplateStringsArray} strings */
function childHoles(strings) {
  const found = known.get(strings);
  if (found) return found;
  let inTag = false;
  const holes = strings.slice(0, -1).map((text) => {
    const [open, close] = [text.lastIndexOf("<"), text.lastIndexOf(">")];
    if (open !== close) inTag = open > close;
    return !inTag;
  });
  known.set(strings, holes);
  return holes;
}
