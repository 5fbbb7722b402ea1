// Pinned cards on the wall: they keep their places, at most a third of all, and take turns. Pure: no DOM, no clock.
// @ts-check

const SHARE = 3; // one place of so many

/** How many places of so many pinned cards may hold. Where there is no third place, they are cards like all others. */
const pinShare = (/** @type {number} */ places) => (places < SHARE ? places : Math.floor(places / SHARE));

/**
 * May a card come for another one?
 * @param {{pinned?: boolean}} comes @param {{pinned?: boolean}|undefined} leaves undefined: its place is empty already
 * @param {{pins: number, places: number, others: boolean}} wall pins: pinned cards on it now; others: do any wait that are
 *   not pinned?
 */
export function mayCome(comes, leaves, { pins, places, others }) {
  const share = pinShare(places);
  if (leaves?.pinned) return comes.pinned ? pins <= share || !others : pins > share;
  return !comes.pinned || pins < share || !others;
}

/**
 * Each third one is a pinned one, as far as there are any: then any beginning of the list keeps their share.
 * @template {{pinned?: boolean}} Post
 * @param {Post[]} list in their turn @returns {Post[]}
 */
export function spread(list) {
  const pins = list.filter((post) => post.pinned);
  const others = list.filter((post) => !post.pinned);
  const order = /** @type {Post[]} */ ([]);
  while (pins.length && others.length >= SHARE - 1) order.push(...others.splice(0, SHARE - 1), ...pins.splice(0, 1));
  return [...order, ...others, ...pins];
}

/**
 * Which pinned card has to go, if there are more than their share while others wait.
 * @template {{pinned?: boolean}} Post
 * @param {Post[]} shown @param {Post[]} candidates all that could be shown
 */
export function pinTooMany(shown, candidates) {
  const pins = shown.filter((post) => post.pinned);
  const othersWait = candidates.some((post) => !post.pinned && !shown.includes(post));
  return pins.length > pinShare(shown.length) && othersWait ? pins[pins.length - 1] : null;
}
