// What the hall taps rises from the card on the wall: a facet for each new reaction, and the card's rim flares. Frames come at most four
// times a second, so what comes is gathered already. Nobody is ranked: no number moves.
// @ts-check
import { facetsFor } from "./moment.js";
import { EASE, isCalm } from "./motion.js";

/** @import { Post } from "../shared/wire" */

const RISE_MS = 1400;
const FLARE_MS = 2500;
const FLARE_EVERY_MS = 500; // two a second: more would be flashes

/** @param {Post} post */
const given = ({ reactions }) => Object.values(reactions ?? {}).reduce((sum, one) => sum + one, 0);

/** @param {{own: (act: () => void) => void}} page own: within it the page is changed later than in a call */
export function createApplause({ own }) {
  let known = /** @type {Map<string, number>} */ (new Map()); // id → reactions
  const flaredAt = /** @type {WeakMap<HTMLElement, number>} */ (new WeakMap());
  let alive = 0;

  /** @param {Map<string, Post>} posts @param {(id: string) => HTMLElement|undefined} boxOf where a card stands on the wall @param {number} now ms */
  function hear(posts, boxOf, now) {
    const next = new Map([...posts.values()].map((post) => [post.id, given(post)]));
    for (const [id, count] of next) {
      const more = count - (known.get(id) ?? count);
      const box = more > 0 && !isCalm() ? boxOf(id) : undefined;
      if (box) clap(box, more, now);
    }
    known = next;
  }

  /** @param {HTMLElement} box @param {number} more @param {number} now */
  function clap(box, more, now) {
    const count = facetsFor(more, alive);
    for (let index = 0; index < count; index += 1) rise(box, index);
    if (now - (flaredAt.get(box) ?? -FLARE_EVERY_MS) < FLARE_EVERY_MS) return;
    flaredAt.set(box, now);
    box.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FLARE_MS, easing: EASE, pseudoElement: "::after" });
  }

  /** @param {HTMLElement} box @param {number} index */
  function rise(box, index) {
    const facet = document.createElement("i");
    const theme = [...(box.querySelector(".card")?.classList ?? [])].find((name) => name.startsWith("theme-")) ?? "";
    facet.className = `clap ${theme}`;
    facet.style.setProperty("inset-inline-end", `${6 + ((alive * 29) % 70)}%`);
    box.append(facet);
    alive += 1;
    const turn = ((alive * 67) % 180) - 90;
    const up = `translateY(-${box.clientHeight * 0.7}px) rotate(${turn}deg)`;
    const frames = [
      { opacity: 0, transform: "scale(0.4)" },
      { opacity: 1, offset: 0.2 },
      { opacity: 0, transform: up },
    ];
    facet
      .animate(frames, { duration: RISE_MS, delay: index * 60, easing: "ease-out", fill: "backwards" })
      .finished.catch(() => {})
      .then(() => {
        alive -= 1;
        own(() => facet.remove());
      });
  }

  return { hear, alive: () => alive };
}
