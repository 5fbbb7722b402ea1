// Where one's cards may be shown beyond the room, and the link of one's keepsake, for people who wrote or got a card;
// and until when the board is kept, for everybody. A part of Me.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { call, problemOf } from "../shared/api.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";

/** @import { First, Page } from "./types" */
/** @typedef {"recap"|"outside"|"directory"} Layer */
/** @typedef {Record<Layer, boolean|null>} Answers null: not decided */

const AGAIN_MS = 10000;
/** Without a decision: those who were in the room may read it, strangers may not (docs/privacy.md). @type {Answers} */
const UNDECIDED = { recap: true, outside: false, directory: false };

/** @param {Pick<First, "draw"|"say">} phone */
export function createConsent({ draw, say: tell }) {
  let answers = /** @type {Answers|null} */ (null);
  let keepsake = "";
  let until = ""; // the day on which the board is erased
  let readFor = /** @type {string|null} */ (null); // the name for which both were read
  const busy = /** @type {Set<Layer>} */ (new Set());

  /** @param {string} name */
  async function read(name) {
    readFor = name;
    try {
      const said = await call("GET", "/me/consent", "consent");
      answers = said.consent;
      until = said.kept_until ?? "";
      keepsake = name ? (await call("GET", "/me/keepsake", "url")).url : "";
    } catch {
      setTimeout(() => {
        readFor = null;
        draw();
      }, AGAIN_MS);
    } finally {
      draw();
    }
  }

  /** Shown at once; where the board does not take it, it is as before. @param {Layer} layer @param {boolean} yes */
  async function decide(layer, yes) {
    if (!answers || busy.has(layer)) return;
    const before = answers[layer];
    busy.add(layer);
    answers = { ...answers, [layer]: yes };
    draw();
    try {
      await call("PUT", "/me/consent", "consent", { [layer]: yes });
    } catch (error) {
      answers = { ...answers, [layer]: before };
      tell(problemOf(error).detail, "bad");
    } finally {
      busy.delete(layer);
      draw();
    }
  }

  /** @param {Answers} given @param {Layer} layer @param {string} words */
  function switchView(given, layer, words) {
    const on = given[layer] ?? UNDECIDED[layer];
    return html`<li><button type="button" class="switch" role="switch" aria-checked=${on ? "true" : "false"} @click=${() => decide(layer, !on)}>
      <span class="switch-track" aria-hidden="true"></span><span>${words}</span></button></li>`;
  }

  /** @param {Pick<Page, "who"|"mine"|"received">} page */
  function view({ who, mine, received }) {
    if (readFor !== (who.name ?? "")) void read(who.name ?? "");
    if (!answers || (!received.length && !mine.some((post) => post.kind === "card"))) return nothing;
    return html`<section class="me-consent" aria-labelledby="consent-title">
      <h2 class="section-title" id="consent-title">${say("consent-title")}</h2>
      <p class="hint">${say("consent-lead")}</p>
      <ul>${switchView(answers, "recap", say("consent-recap"))}${switchView(answers, "outside", say("consent-outside"))}${switchView(answers, "directory", say("consent-directory"))}</ul>
      ${keepsake ? html`<a class="button" href=${keepsake}>${say("consent-keepsake")}</a>` : nothing}
    </section>`;
  }

  return { view, until: () => until };
}
