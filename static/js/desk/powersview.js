// How joined questions, blocked words and trust look in the rows and menus of the desk. lit-html templates only.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { parted } from "./blocked.js";
import { POWERS } from "./powerwords.js";
import { label } from "./words.js";

/**
 * @import {Post} from "../shared/wire"
 * @import {Picture} from "./types"
 */

/** A post's text with the blocked words marked, for as long as it waits. @param {Post} post */
export function textView({ text, blocked, state }) {
  if (!blocked?.length || state !== "pending") return text;
  return parted(text, blocked).map((part) =>
    part.marked ? html`<mark class="blocked">${part.text}</mark>` : part.text,
  );
}

/** @param {Post} post @param {Picture} desk */
export function signsView(post, { board }) {
  const sign = (/** @type {string} */ words) => html`<strong class="row-sign">${words}</strong>`;
  return html`${post.state === "pending" && post.blocked?.length ? html`<strong class="row-sign is-late">${POWERS.blockedTag}</strong>` : nothing}
    ${post.joined ? sign(POWERS.joinedTag(post.joined)) : nothing} ${board.trusted?.includes(post.participant ?? "") ? sign(POWERS.trustedTag) : nothing}`;
}

/** A question that was joined: with which one, and the way back. @param {Post} post @param {Picture} desk */
export function joinedView(post, { state, on }) {
  const into = state.posts.get(post.merged_into ?? "");
  return html`<p class="row-more"><strong>${POWERS.joinedWith}</strong> <bdi>${into ? label(into) : ""}</bdi></p>
    <p><button type="button" class="act" data-act="part" @click=${() => on.powers.apart(post)}>${POWERS.part}</button></p>`;
}

/** @param {string} act @param {string} words @param {Picture} desk */
const item = (act, words, { on }) =>
  html`<li><button type="button" data-menu=${act} @click=${() => on.menu(act)}>${words}</button></li>`;

/** About the question. @param {Post} post @param {Picture} desk */
export function joinItem(post, desk) {
  const open = ["pending", "visible"].includes(post.state ?? "visible") && !desk.again.has(post.id);
  return post.kind === "question" && open ? item("join", POWERS.join, desk) : nothing;
}

/** About its author. @param {Post} post @param {Picture} desk */
export function trustItem(post, desk) {
  if (!post.participant) return nothing;
  const waits = post.state === "pending";
  const trusted = desk.on.powers.isTrusted(post);
  if (waits && !trusted) return item("approve-trust", POWERS.approveTrust, desk);
  return item("trust", trusted ? POWERS.untrust : POWERS.trust, desk);
}
