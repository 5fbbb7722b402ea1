// Where somebody is on the phone: the lane, its order, how far it is shown and scrolled; the ways from place to place.
// @ts-check
import { wantedIds } from "./order.js";
import { STILL_BELOW_PX } from "./standing.js";

/** @import { State } from "../shared/board.js" */
/** @import { Earlier, Sessions, Standing } from "./types" */

const FIRST_PAINTED = 12; // about two screens: the rest follows a moment later
const FIRST_SHOWN = 60;
const MORE_BELOW_PX = 800; // nearer to the end than this, more is shown

/**
 * @param {{root: HTMLElement, lanes: Record<string, unknown>, held: {board: State},
 *   sessions: Sessions, standing: Standing, earlier: Earlier, draw: () => void, paint: () => void, onLeave: () => void, onMe: () => void}} page
 *   onLeave: another lane comes; onMe: that one is Me
 */
export function createPlace({ root, lanes, held, sessions, standing, earlier, draw, paint, onLeave, onMe }) {
  const asked = location.hash.slice(1);
  let lane = lanes[asked] ? asked : "celebrate";
  let sort = "top";
  let limit = FIRST_PAINTED;
  let wasStill = false;
  const places = /** @type {Record<string, number>} */ ({ celebrate: 0, ask: 0, me: 0 }); // how far each lane is scrolled

  const choice = () => ({ lane, sort, session: sessions.shown() });

  /** @param {string} next */
  function go(next) {
    if (next === lane) return toTop();
    places[lane] = window.scrollY;
    onLeave();
    lane = next;
    history.replaceState(history.state, "", `#${next}`);
    limit = Math.max(limit, FIRST_SHOWN);
    if (next === "me") onMe();
    lookForAnswered();
    paint();
    window.scrollTo(0, places[next]);
  }

  function toTop() {
    standing.letGo();
    limit = FIRST_SHOWN;
    window.scrollTo(0, 0);
    draw();
  }

  /** @param {{id: string, kind: string, answered?: boolean}} post */
  function goTo(post) {
    const home = post.kind === "card" ? "celebrate" : "ask";
    if (home === "ask") {
      sessions.choose("");
      sort = post.answered ? "answered" : "top";
    }
    if (lane !== home) go(home);
    else lookForAnswered();
    limit = Infinity;
    paint();
    root.querySelector(`[data-id="${CSS.escape(post.id)}"]`)?.scrollIntoView({ block: "center" });
  }

  /** @param {string} next */
  function sortBy(next) {
    sort = next;
    lookForAnswered();
    toTop();
  }

  /** @param {string} id */
  function chooseSession(id) {
    sessions.choose(id);
    toTop();
  }

  /** The own post that goes out now is seen. @param {string} kind */
  function showSent(kind) {
    lane = kind === "card" ? "celebrate" : "ask";
    if (kind === "question" && sort === "answered") sort = "top";
    toTop();
  }

  // The snapshot holds open questions only for certain, and each takes away what was fetched beside the one before.
  function lookForAnswered() {
    if (lane === "ask" && sort === "answered") earlier.answered();
  }

  function older() {
    limit += FIRST_SHOWN;
    draw();
    if (lane === "celebrate" && limit > wantedIds(held.board, choice()).length) earlier.olderCards();
  }

  /** After the first paint. */
  function showMore() {
    limit = Math.max(limit, FIRST_SHOWN);
    draw();
  }

  function scrolled() {
    const still = window.scrollY > STILL_BELOW_PX;
    if (still !== wasStill) draw();
    wasStill = still;
    const left = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
    if (left >= MORE_BELOW_PX || standing.count() <= limit) return;
    limit += FIRST_SHOWN;
    draw();
  }

  window.addEventListener("scroll", scrolled, { passive: true });

  return {
    choice,
    go,
    goTo,
    toTop,
    sortBy,
    chooseSession,
    showSent,
    lookForAnswered,
    older,
    showMore,
    isFirst: () => limit === FIRST_PAINTED,
    lane: () => lane,
    limit: () => limit,
  };
}
