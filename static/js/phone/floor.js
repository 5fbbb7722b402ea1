// The microphone on the phone: a question that is asked aloud, one's place in the line, and giving it up. Comes with the second script.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { api, problemOf } from "../shared/api.js";
import { inTurn, questionsOf } from "../shared/floor.js";
import { html } from "../shared/html.js";
import { newId } from "../shared/ids.js";
import { limits } from "../shared/limits.js";
import { unitsOf } from "../shared/units.js";
import { say } from "../shared/words.js";

/** @import { On } from "../shared/dom" */
/** @import { Post, Session } from "../shared/wire" */
/** @import { First, Page } from "./types" */

const RULE = /** @type {const} */ ({ first: "floor-rule-first", teams: "floor-rule-teams", votes: "floor-rule-votes" });

/** @param {Pick<First, "held"|"own"|"draw"|"self">} phone */
export function createFloor({ held, own, draw, self }) {
  const asking = { open: false, text: "", anonymous: false, id: "", busy: false, problem: "" };

  /** The place in the line that this phone has. @param {Session} session @returns {Post|undefined} */
  function mine(session) {
    const waits = (/** @type {Post} */ post) =>
      post.voice && post.session === session.id && ["visible", "pending"].includes(post.state ?? "");
    const found = [...own.posts.values()].filter(waits);
    return found.find(({ id, answered }) => !(held.board.posts.get(id)?.answered ?? answered));
  }

  /** @param {() => Promise<void>} act */
  async function attempt(act) {
    if (asking.busy) return;
    asking.busy = true;
    asking.problem = "";
    draw();
    try {
      await act();
    } catch (error) {
      asking.problem = problemOf(error).message;
    } finally {
      asking.busy = false;
      draw();
    }
  }

  /** The id stays until the board has answered: sent twice, it is asked once. @param {Session} session */
  function ask(session) {
    asking.id ||= newId();
    const { id, text, anonymous } = asking;
    return attempt(async () => {
      const { post } = await api.post({ kind: "question", id, session: session.id, text, anonymous, voice: true });
      own.take(post);
      Object.assign(asking, { open: false, text: "", id: "" });
    });
  }

  /** @param {Post} post */
  function giveUp(post) {
    return attempt(async () => own.take((await api.withdraw(post.id)).post));
  }

  /** @param {Page} page */
  function view(page) {
    const session = sessionOf(page);
    if (!session?.floor) return nothing;
    const post = mine(session);
    if (!post && session.questions !== "open") return nothing; // the list has ended
    return html`<section class="floor" aria-label=${say("floor-phone")} aria-live="polite">
      ${post ? placeView(post, session) : asking.open ? formView(session) : offerView()}
      <p class="hint">${say("floor-phone-rule")} ${say(RULE[session.floor])}</p>
      ${asking.problem ? html`<p class="fault" role="alert">${asking.problem}</p>` : nothing}
    </section>`;
  }

  const offerView = () =>
    html`<button type="button" class="button floor-want" @click=${() => open(true)}>${say("floor-want")}</button>`;

  /** @param {boolean} on */
  function open(on) {
    asking.open = on;
    draw();
  }

  /** @param {Session} session */
  const formView = (session) => html`<form class="floor-form" @submit=${(/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void ask(session);
  }}>
    <label class="label" for="floor-about">${say("floor-about")}</label>
    <input class="input" id="floor-about" dir="auto" autocomplete="off" maxlength=${unitsOf(limits().question_text[1])} .value=${asking.text}
      @input=${(/** @type {On<HTMLInputElement>} */ event) => (asking.text = event.target.value)}>
    ${
      self().name && held.board.board?.anonymous
        ? html`<label class="check"><input type="checkbox" .checked=${asking.anonymous} @change=${(/** @type {On<HTMLInputElement>} */ event) => (asking.anonymous = event.target.checked)}> <span>${say("floor-anonymous")}</span></label>`
        : nothing
    }
    <p class="floor-acts"><button type="submit" class="button floor-want" ?disabled=${asking.busy}>${say("floor-ask")}</button>
      <button type="button" class="button" @click=${() => open(false)}>${say("floor-not")}</button></p>
  </form>`;

  /** @param {Post} post @param {Session} session */
  function placeView(post, session) {
    const shown = held.board.posts.get(post.id);
    const place = inTurn(questionsOf(held.board, session.id), session.floor).findIndex(({ id }) => id === post.id);
    return html`<p class="floor-place ${shown?.now ? "is-now" : ""}">${placeWords(shown, place)}</p>
      <p class="floor-what"><bdi>${post.text}</bdi></p>
      <button type="button" class="button" ?disabled=${asking.busy} @click=${() => giveUp(post)}>${say("floor-give-up")}</button>`;
  }

  return { view };
}

/** @param {Post|undefined} shown @param {number} place 0: the first */
function placeWords(shown, place) {
  if (shown?.now) return say("floor-you-have");
  if (place < 0) return say("floor-you-wait");
  return place === 0 ? say("floor-you-next") : say("floor-you-are", { n: place + 1 });
}

/** The one that was chosen, else the one that is on. @param {Page} page @returns {Session|undefined} */
const sessionOf = ({ session, sessions }) =>
  sessions.find(({ id }) => id === session) ?? sessions.find(({ running, floor }) => running && floor);
