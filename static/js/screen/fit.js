// Text as large as its box allows, by measuring. All boxes are set, then all are read, so that a step costs one layout, not one a box.
// @ts-check

const STEPS = 6;
const SMALLEST = 0.4; // of min: only for what could not be shown at all otherwise

/**
 * A box holds one child (`.fit`) that grows with its text.
 * @typedef {{box: HTMLElement, min: number, max: number, sure?: number}} Job px of text; sure: a size that is had even if it costs an
 *   author's end
 */

/**
 * Sets each box's font size to the largest at which its content fits. Words are broken only where even `min` would not do.
 * @param {Job[]} boxes @returns {boolean[]} which fit without going under their minimum
 */
export function fit(boxes) {
  const jobs = boxes.map((job) => ({ ...job, height: contentHeight(job.box) }));
  for (const { box } of jobs) box.classList.remove("breaks", "wraps");
  let sizes = largest(
    jobs,
    jobs.map(({ min }) => min),
  );
  let left = jobs.filter((_, index) => !sizes[index]);
  if (left.length) {
    for (const { box } of left) box.classList.add("breaks");
    const second = largest(
      left,
      left.map(({ min }) => min),
    );
    sizes = jobs.map((job, index) => sizes[index] || second[left.indexOf(job)]);
  }
  const fits = sizes.map(Boolean);
  left = jobs.filter((_, index) => !sizes[index]);
  if (left.length) {
    const last = largest(
      left,
      left.map(({ min }) => min * SMALLEST),
    );
    sizes = jobs.map((job, index) => sizes[index] || last[left.indexOf(job)] || job.min * SMALLEST);
  }
  jobs.forEach(({ box }, index) => setSize(box, sizes[index]));
  return fits;
}

/**
 * Binary search for all at once; 0 where not even the least size fits.
 * @typedef {Job & {height: number}} Measured height: of the content, px @param {Measured[]} jobs
 * @param {number[]} leasts
 */
function largest(jobs, leasts) {
  const low = leasts.slice();
  const high = jobs.map(({ max }, index) => Math.max(max, leasts[index]));
  jobs.forEach(({ box }, index) => setSize(box, low[index]));
  const can = jobs.map(fitsIn);
  jobs.forEach((job, index) => can[index] && wrap(job));
  const isWhole = jobs.map(({ box }, index) => can[index] && !isCutOff(box) && !isBehind(box));
  for (let step = 0; step < STEPS; step += 1) {
    const middle = jobs.map((_, index) => (low[index] + high[index]) / 2);
    jobs.forEach(({ box }, index) => can[index] && setSize(box, middle[index]));
    jobs.forEach((job, index) => {
      if (!can[index]) return;
      const costs = isWhole[index] && middle[index] > (job.sure ?? 0) && (isCutOff(job.box) || isBehind(job.box));
      if (fitsIn(job) && !costs) low[index] = middle[index];
      else high[index] = middle[index];
    });
  }
  jobs.forEach(({ box }, index) => can[index] && setSize(box, low[index]));
  jobs.forEach((job, index) => can[index] && wrap(job));
  return low.map((size, index) => (can[index] ? size : 0));
}

const setSize = (/** @type {HTMLElement} */ box, /** @type {number} */ size) =>
  box.style.setProperty("font-size", `${size.toFixed(2)}px`);

/** @param {HTMLElement} box */
function contentHeight(box) {
  const style = getComputedStyle(box);
  return box.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
}

/** @param {Measured} job */
function fitsIn({ box, height }) {
  const inner = /** @type {HTMLElement} */ (box.querySelector(".fit"));
  return inner.offsetHeight <= height + 1 && inner.scrollWidth <= inner.clientWidth + 1;
}

// An author, and what a card is, keep to one line beside something else: larger letters would cost them their end.

/** Is an author's end cut off? A tenth of a pixel is enough for that, and `scrollWidth` is rounded. @param {HTMLElement} box */
function isCutOff(box) {
  const who = box.querySelector(".card-who");
  if (!who) return false;
  const words = document.createRange();
  words.selectNodeContents(who);
  return words.getBoundingClientRect().width > who.getBoundingClientRect().width + 0.1;
}

/** Does what a card is stand behind its theme? @param {HTMLElement} box */
function isBehind(box) {
  const [head, kind] = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(".card-head, .card-for")]);
  return kind && kind.offsetTop - head.offsetTop > head.offsetHeight / 2;
}

/** An author who is too long at this size takes a second line, where there is room for one. @param {Measured} job */
function wrap(job) {
  if (!isCutOff(job.box)) return;
  job.box.classList.add("wraps");
  if (!fitsIn(job)) job.box.classList.remove("wraps");
}

const EM_PX = 100;

/**
 * How wide each child of these holders is unbroken, and how wide its longest word, in em.
 * @param {HTMLElement} ruler has `font-size: 100px` and is out of sight @param {HTMLElement[]} holders
 * @returns {{whole: number, word: number}[][]}
 */
export function widths(ruler, holders) {
  ruler.replaceChildren(...holders);
  const read = (/** @type {string} */ mode) => {
    ruler.dataset.mode = mode;
    return holders.map((holder) => Array.from(holder.children, (line) => line.getBoundingClientRect().width / EM_PX));
  };
  const whole = read("whole");
  const word = read("word");
  ruler.replaceChildren();
  return holders.map((_, at) => whole[at].map((width, line) => ({ whole: width, word: word[at][line] })));
}
