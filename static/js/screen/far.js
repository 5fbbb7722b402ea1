// The farthest bridge: two teams that celebrated each other, and how far they are apart.
// @ts-check
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";

/** @param {NonNullable<import("../shared/wire").Story["farthest"]>} farthest */
export const farView = ({ teams: [one, other], km }) => html`<div class="far">
    <p class="far-head">${say("screen-far-head")}</p>
    <svg viewBox="0 0 100 40" preserveAspectRatio="xMidYMax meet" aria-hidden="true"><path d="M2 37C20 -10 80 -10 98 37"/><circle cx="2" cy="37" r="1.6"/><circle cx="98" cy="37" r="1.6"/></svg>
    <p class="far-teams"><bdi>${one}</bdi> <bdi>${other}</bdi></p>
    <p class="far-km">${say("screen-far-km", { km })}</p>
  </div>`;
