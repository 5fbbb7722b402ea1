// The card that stands large before it lands. It is the element that stands on the wall: it is only moved and drawn larger, in one
// proportion, so that nothing is set anew when it flies home.
// @ts-check
import { MOMENT, crownOf, largePlace, stoneSize } from "./moment.js";
import { appear, moved, rectOf } from "./appearing.js";
import { crownFacets } from "./crown.js";
import { isCalm, move } from "./motion.js";

/** @import { Wall } from "./choosing.js" */
/** @import { Place } from "./moment.js" */

/**
 * @param {{place: HTMLElement, light: HTMLElement, wall: Wall}} parts place: the wall, which steps back; light: behind the card, for facets
 */
export function createLarge({ place, light, wall }) {
  const stage = /** @type {HTMLElement} */ (light.parentElement);
  let large = /** @type {{id: string, box: HTMLElement, until: number}|null} */ (null);

  /** The wall steps back while a card stands before it. */
  function dim() {
    light.hidden = !large;
    place.classList.toggle("is-dimmed", Boolean(large));
  }

  /** @param {string} id @param {HTMLElement} box its element on the wall @param {number} until ms */
  function enter(id, box, until) {
    large = { id, box, until };
    for (const one of place.children) settleAll(one); // what else came or moved is out of sight from now on
    box.classList.add("is-large");
    const to = stand();
    dim();
    const size = stoneSize(rectOf(stage));
    light.replaceChildren(...(isCalm() ? [] : crownFacets(crownOf(size), box)));
    appear(box, to.scale, size);
  }

  /** Nothing that it did before goes on. @param {Element} box */
  function settleAll(box) {
    for (const running of box.getAnimations({ subtree: true })) running.cancel();
  }

  /** Puts it where it stands large. @returns {Place} */
  function stand() {
    const { box } = /** @type {{box: HTMLElement}} */ (large);
    box.style.removeProperty("transform");
    const to = largePlace(rectOf(box), rectOf(stage), wall.room?.notch ?? null);
    box.style.setProperty("transform", moved(to));
    return to;
  }

  /** Its words or the room changed. */
  function replace() {
    if (large && !large.box.isConnected) drop();
    else if (large) stand();
  }

  /** It was hidden, or the scene is another one. */
  function drop() {
    large?.box.classList.remove("is-large");
    large?.box.style.removeProperty("transform");
    large = null;
    light.replaceChildren();
    dim();
  }

  /** It has been read: it flies to the place where it stands. @returns {string} its id */
  function land() {
    const { id, box } = /** @type {{id: string, box: HTMLElement}} */ (large);
    const from = box.style.transform;
    settleAll(box);
    drop();
    box.classList.add("is-new");
    // Above the others as long as it flies.
    move(
      box,
      [
        { transform: from, zIndex: 3 },
        { transform: "none", zIndex: 3 },
      ],
      MOMENT.home.ms,
      MOMENT.home.at,
    );
    return id;
  }

  /** In a new element: others have changed the one there was. @param {HTMLElement|undefined} box */
  function redraw(box) {
    light.replaceChildren();
    if (!large) return;
    if (!box) return drop();
    large.box = box;
    box.classList.add("is-large");
    stand();
  }

  return {
    enter,
    replace,
    drop,
    land,
    redraw,
    dim,
    get id() {
      return large?.id;
    },
    get until() {
      return large?.until ?? Infinity;
    },
  };
}
