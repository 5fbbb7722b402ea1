// Notices a connection by which nothing comes any more. One timer, moved on only when it fires: a frame costs no timer.
// @ts-check

const LATE_MS = 50; // a timer may fire a little early

/**
 * @template Link
 * @param {{since: (link: Link) => number, patience: (link: Link) => number, silent: (link: Link) => void}} feed
 *   since: when this one was last heard, ms of the monotonic clock; patience: how long it may say nothing, ms
 */
export function watchSilence({ since, patience, silent }) {
  let timer = 0;

  /** @param {Link} link @param {number} [withinMs] */
  function watch(link, withinMs = patience(link)) {
    clearTimeout(timer);
    const left = since(link) + withinMs - performance.now();
    timer = window.setTimeout(() => {
      const allowed = patience(link);
      if (performance.now() - since(link) < allowed) watch(link, allowed);
      else silent(link);
    }, Math.max(left, 0) + LATE_MS);
  }

  return { watch, stop: () => clearTimeout(timer) };
}
