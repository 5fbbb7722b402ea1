// A save that did not get through is sent again by itself, at longer and longer intervals: the live line may be fine meanwhile, and
// then nothing else would say that it is worth a try.
// @ts-check

const FIRST_MS = 2000;
const LONGEST_MS = 30000;

/** @param {{again: () => Promise<unknown>, later?: (act: () => void, ms: number) => number, never?: (timer: number) => void}} about */
export function createResend({ again, later = setTimeout, never = clearTimeout }) {
  let timer = /** @type {number|null} */ (null);
  let tries = 0;

  /** Before each try, by hand or by itself. */
  function hush() {
    if (timer !== null) never(timer);
    timer = null;
  }

  /** @param {{passes?: boolean, retryAfter?: number}} problem what will not pass by itself is not tried again */
  function failed(problem) {
    hush();
    if (!problem.passes) return stop();
    const wait = Math.max(Math.min(LONGEST_MS, FIRST_MS * 2 ** tries), (problem.retryAfter ?? 0) * 1000);
    tries += 1;
    timer = later(() => {
      timer = null;
      again();
    }, wait);
  }

  /** It got through, or it is no longer wanted as it was. */
  function stop() {
    hush();
    tries = 0;
  }

  return { hush, failed, stop };
}
