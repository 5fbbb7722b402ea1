// One form, edited while others edit the same. Pure: what was typed is apart from what the board says, so nothing typed is ever lost.
// @ts-check

/**
 * @typedef {Record<string, unknown>} Fields
 * @typedef {{base: Fields, typed: Fields}} Edit base: what the page showed, of each field that is typed, when typing began
 */

/** @type {() => Edit} */
export const untouched = () => ({ base: {}, typed: {} });

/** What the field shows. @param {Edit} edit @param {Fields} present what the board has @param {string} field */
export const shown = (edit, present, field) => (field in edit.typed ? edit.typed[field] : present[field]);

/** @param {Edit} edit */
export const isTouched = (edit) => Object.keys(edit.typed).length > 0;

/** @param {Edit} edit @param {Fields} present @param {string} field @param {unknown} value @returns {Edit} */
export function typed(edit, present, field, value) {
  const base = field in edit.typed ? edit.base[field] : (present[field] ?? null);
  if (same(value, base)) return without(edit, field);
  return { base: { ...edit.base, [field]: base }, typed: { ...edit.typed, [field]: value } };
}

/** Fields that somebody else changed meanwhile to something else. @param {Edit} edit @param {Fields} present @returns {string[]} */
export const conflicts = (edit, present) =>
  Object.keys(edit.typed).filter(
    (field) => !same(present[field], edit.base[field]) && !same(present[field], edit.typed[field]),
  );

/** What the board has by now need not be sent. @param {Edit} edit @param {Fields} present @returns {Edit} */
export const settled = (edit, present) =>
  Object.keys(edit.typed)
    .filter((field) => same(present[field], edit.typed[field]))
    .reduce(without, edit);

/** The other organiser's value was seen, and this page's value shall be kept. @param {Edit} edit @param {Fields} present @param {string} field @returns {Edit} */
export const keptMine = (edit, present, field) => ({
  ...edit,
  base: { ...edit.base, [field]: present[field] ?? null },
});

/** @param {Edit} edit @param {string} field @returns {Edit} */
export const without = (edit, field) => ({ base: others(edit.base, field), typed: others(edit.typed, field) });

/** @param {Fields} fields @param {string} field */
const others = (fields, field) => Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field));

/** What goes to the server. @param {Edit} edit */
export const asked = (edit) => ({ ...edit.typed, expect: edit.base });

/** After `was` was taken: what was typed since then stays. @param {Edit} edit @param {Edit} was @returns {Edit} */
export function taken(edit, was) {
  let next = edit;
  for (const [field, value] of Object.entries(was.typed)) {
    if (!(field in next.typed)) continue;
    if (same(next.typed[field], value)) next = without(next, field);
    else next = { ...next, base: { ...next.base, [field]: value } };
  }
  return next;
}

/** Nothing, null and "" are the same in a form. @param {unknown} one @param {unknown} other */
export const same = (one, other) => JSON.stringify(tidy(one)) === JSON.stringify(tidy(other));

/** @param {unknown} value */
const tidy = (value) => (value === undefined || value === "" ? null : value);
