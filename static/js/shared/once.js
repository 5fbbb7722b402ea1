// A value that is made when it is first asked for, and kept. Pure.
// @ts-check

/** @template Value @param {() => Value} make @returns {() => Value} */
export function once(make) {
  /** @type {{value: Value}|null} */
  let made = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
