// Shows in Me who answers an own question, until when, or why nobody does. A template only; comes later.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { fateOf } from "../shared/fate.js";
import { html } from "../shared/html.js";
import { LOCALE, say } from "../shared/words.js";

/** Below an own question. @param {import("./types").OwnPost} post */
export function fateLine(post) {
  if (post.kind !== "question") return nothing;
  const fate = fateOf(post);
  if (fate === "set_aside")
    return html`<p class="question-answer said"><strong>${say("mine-aside")}</strong> <bdi>${post.set_aside}</bdi></p>`;
  if (fate !== "owned" || !post.owner) return nothing;
  const name = post.owner;
  return html`<p class="question-answer said">${post.due ? say("mine-owner-until", { name, day: dayText(post.due) }) : say("mine-owner", { name })}</p>`;
}

/** "4 May", in the reader's language. @param {string} day as 2026-05-04 */
const dayText = (day) =>
  new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
