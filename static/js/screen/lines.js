// The lines around the scene: head, foot, the corner's label and the slide's words. They are written only when one of them changed.
// @ts-check
import { say } from "../shared/words.js";
import { counts, headline } from "./scene.js";
import { createHours } from "../shared/hours.js";

/** @import { State } from "../shared/board.js" */
/** @import { Session } from "../shared/wire" */
/** @import { Parts } from "./parts.js" */
/** @import { Picture, Slide } from "./scene.js" */

/** @type {Record<Slide, string>} */
const SLIDES = {
  join: say("screen-celebrate-ask"),
  invite: say("screen-no-cards-yet"),
  ask: say("screen-no-questions-yet"),
};

/**
 * @typedef {{label: string, title: string, after: string}} Now what stands before the session, its title, what stands after it
 */

/** @param {{parts: Parts, title: string}} page title: of the board, until it has been heard */
export function createLines({ parts, title }) {
  const hours = createHours();
  let drawn = "";

  /** @param {State} state @param {Picture} picture @param {boolean} isLive @param {number} now ms, the server's clock */
  function draw(state, picture, isLive, now) {
    const lines = linesOf(state, picture, isLive, now);
    const signature = JSON.stringify(lines);
    if (signature === drawn) return;
    drawn = signature;
    parts.title.textContent = parts["slide-title"].textContent = lines.title;
    setNow(parts.now, lines.now);
    parts.foot.textContent = lines.foot;
    parts["corner-label"].textContent = lines.corner;
    parts["slide-line"].textContent = lines.slide;
    parts["slide-count"].textContent = lines.here;
  }

  /**
   * The number of phones is shown only while it is known.
   * @param {State} state @param {Picture} picture @param {boolean} isLive @param {number} now
   */
  function linesOf(state, picture, isLive, now) {
    const here = isLive && state.online ? say("screen-people-here", { n: state.online }) : "";
    return {
      title: state.board?.title ?? title,
      now: nowOf(state, picture, now),
      foot: [here, counted(counts(state))].filter(Boolean).join(" · "),
      corner: say(picture.scene === "questions" ? "screen-ask-at" : "screen-celebrate-at"),
      slide: SLIDES[picture.slide ?? "join"],
      here,
    };
  }

  /** @param {State} state @param {Picture} picture @param {number} now @returns {Now} */
  function nowOf(state, picture, now) {
    const clock = hours.of(state.board?.time_zone);
    const { session, is } = state.epoch ? headline(state, picture, now) : { session: null, is: "" };
    const after = [session?.room, clock(now)].filter(Boolean).join(" · ");
    if (!session) return { label: "", title: "", after };
    return { label: labelOf(is, session, clock), title: session.title, after };
  }

  return { draw, forget: () => void (drawn = "") };
}

/** @param {string} is "now", "next" or neither @param {Session} session @param {(time: number) => string} clock */
function labelOf(is, session, clock) {
  if (is === "next") return say("screen-at-time", { time: clock(Date.parse(session.starts_at ?? "")) });
  return is === "now" ? say("screen-now") : "";
}

/** @param {{cards: number, teams: number}} counts */
function counted({ cards, teams }) {
  if (!cards) return "";
  return teams ? say("screen-cards-from-teams", { cards, teams }) : say("screen-cards", { n: cards });
}

/** @param {HTMLElement} place @param {Now} now */
function setNow(place, { label, title, after }) {
  const lead = document.createElement("span");
  const strong = document.createElement("bdi");
  strong.className = "now-title";
  strong.textContent = title;
  const rest = document.createElement("span");
  rest.className = "now-rest";
  lead.append(label ? `${label} ` : "", strong);
  rest.textContent = after;
  place.replaceChildren(...(title ? [lead] : []), rest);
}
