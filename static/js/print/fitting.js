// Text as large as its box allows, for many boxes at once: all are set, then all are read, so that a step costs one layout.
// @ts-check

const STEPS = 7;
const SMALLEST = 0.12; // of the largest: thirty letters on a badge; what is longer still is broken into lines
const MM_PX = 96 / 25.4;

/**
 * Sets the size of the text in each `[data-fit]`: a `line` is as wide as its box, a `block` as high. The largest size is the
 * style sheet's `--most`, in millimetres. @param {HTMLElement} root
 */
export function fitAll(root) {
  const jobs = Array.from(root.querySelectorAll("[data-fit]"), (found) => {
    const box = /** @type {HTMLElement} */ (found);
    const most = parseFloat(getComputedStyle(box).getPropertyValue("--most")) * MM_PX;
    return { box, low: most * SMALLEST, high: most, done: false };
  });
  const set = (/** @type {{box: HTMLElement}} */ job, /** @type {number} */ size) =>
    job.box.style.setProperty("font-size", `${size.toFixed(2)}px`);
  for (const job of jobs) {
    job.box.classList.remove("breaks");
    set(job, job.high);
  }
  const fitting = jobs.map(({ box }) => fits(box));
  const open = jobs.filter((_, at) => !fitting[at]);
  for (let step = 0; step < STEPS; step += 1) {
    for (const job of open) set(job, (job.low + job.high) / 2);
    const found = open.map(({ box }) => fits(box));
    open.forEach((job, at) => {
      job[found[at] ? "low" : "high"] = (job.low + job.high) / 2;
    });
  }
  for (const job of open) set(job, job.low);
  const over = open.map(({ box }) => !fits(box));
  open.forEach(({ box }, at) => void box.classList.toggle("breaks", over[at]));
}

/** @param {HTMLElement} box */
const fits = (box) => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight + 1;
