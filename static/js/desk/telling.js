// What the desk says: an outcome to screen readers, a trouble to everybody for a while.
// @ts-check

const TROUBLE_MS = 12000;

/** @param {() => void} draw */
export function createTelling(draw) {
  const telling = { said: "", trouble: "", say, complain, expire };
  let until = 0;

  /** For screen readers: the outcome, once. @param {string} words */
  function say(words) {
    telling.said = words;
    draw();
  }

  /** @param {string} words "" takes it away */
  function complain(words) {
    telling.trouble = words;
    until = performance.now() + TROUBLE_MS;
    draw();
  }

  /** Gives whether a trouble had its time: then the page is to be drawn. @param {number} now `performance.now()` */
  function expire(now) {
    const isOver = telling.trouble !== "" && until <= now;
    if (isOver) telling.trouble = "";
    return isOver;
  }

  return telling;
}
