// The room lights up: while a card stands large, phones show its colour for three seconds, and the hand is one tap from applause. A pleasure
// for the eye, and nothing else: the card itself is first in the feed, with its reactions.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { byId } from "../shared/board.js";
import { html } from "../shared/html.js";
import { createMender } from "../shared/mender.js";
import { themeClass, themeOf } from "../shared/text.js";
import { say } from "../shared/words.js";
import { LIT_MS, lightsUp, standing } from "./lighting.js";
import { isFor } from "./receiving.js";

/** @import { Post } from "../shared/wire" */
/** @import { First } from "./types" */

const APPLAUSE = "clap";
const TOO_SOON_MS = 500; // a tap that was meant for what lay below

/** @param {Pick<First, "held"|"keep"|"own"|"composer"|"self"|"act"|"draw">} phone */
export function createLight({ held, keep, own, composer, self, act, draw }) {
  let before = /** @type {string|null} */ (null);
  let began = -LIT_MS; // `performance.now()`
  const place = document.createElement("div");
  place.className = "light-place";
  document.body.append(place);
  const mender = createMender({ roots: [place], translatable: true });
  const isOff = () => keep.get("light", "on") === "off";

  /** The board changed, or time went on. */
  function look() {
    const { board } = held;
    if (!board.epoch) return;
    const now = standing(board.screen);
    const post = byId(board, now);
    const since = performance.now() - began;
    const still = matchMedia("(prefers-reduced-motion: reduce), (forced-colors: active)").matches;
    if (
      post?.kind === "card" &&
      lightsUp({ before, now, since, off: isOff(), still, busy: isBusy(), hidden: document.hidden })
    )
      begin(post);
    before = now;
  }

  const isBusy = () =>
    composer.isOpen() ||
    Boolean(document.querySelector("dialog[open]")) ||
    Boolean(document.activeElement?.matches("input, textarea, select"));

  /** @param {Post} post */
  function begin(post) {
    began = performance.now();
    mender.render(view(post), place);
    setTimeout(end, LIT_MS);
  }

  function end() {
    mender.render(html``, place);
  }

  /** Not for screen readers: they have the same button on the card. @param {Post} post */
  function view(post) {
    const isMine = isFor(post, self());
    const mayClap = !own.reactions.get(post.id)?.has(APPLAUSE);
    return html`<div class="light ${isMine ? "is-mine" : themeClass(themeOf(post, held.board.themes))}" aria-hidden="true" @click=${dismiss}>
      ${mayClap ? html`<button type="button" class="button" tabindex="-1" @click=${() => applaud(post)}>${say("light-applaud")}</button>` : nothing}</div>`;
  }

  const isTooSoon = () => performance.now() - began < TOO_SOON_MS;
  const dismiss = () => isTooSoon() || end();

  /** @param {Post} post */
  function applaud(post) {
    if (!isTooSoon()) act.react(post, APPLAUSE);
  }

  function toggle() {
    keep.set("light", isOff() ? "on" : "off");
    draw();
  }

  /** A part of Me. */
  const settingView = () =>
    html`<section class="me-consent"><ul><li><button type="button" class="switch" role="switch" aria-checked=${isOff() ? "false" : "true"} @click=${toggle}>
      <span class="switch-track" aria-hidden="true"></span><span>${say("light-switch")}</span></button></li></ul></section>`;

  return { look, view: settingView };
}
