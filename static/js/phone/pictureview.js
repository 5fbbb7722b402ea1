// The sheet in which one sees a card as a picture and chooses its shape. Templates only.
// @ts-check
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { SHAPES } from "./picture.js";

const CROSS = html`<svg class="line-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>`;
/** @type {Record<string, string>} */
const NAMES = { tall: "picture-tall", square: "picture-square", a5: "picture-a5" };

/**
 * @param {{names: string, shape: string, canvas: HTMLCanvasElement|null, failed: boolean, shares: boolean, choose: (shape: string) => void,
 *   send: () => void, save: () => void, close: () => void}} sheet names: those celebrated; canvas: the picture, null while it is drawn;
 *   shares: this browser hands pictures on
 */
export function pictureView({ names, shape, canvas, failed, shares, choose, send, save, close }) {
  return html`<div class="sheet-form">
    <header class="sheet-head">
      <h2 id="picture-title">${say("received-keep")}</h2>
      <button type="button" class="icon-button" aria-label=${say("received-close")} @click=${close}>${CROSS}</button>
    </header>
    <div class="picture-body">
      ${
        failed
          ? html`<p class="error" role="alert">${say("picture-not-saved")}</p>`
          : canvas
            ? html`<div class="picture" role="img" aria-label=${say("picture-of", { names })}>${canvas}</div>`
            : html`<p class="quiet-line" role="status">${say("older-loading")}</p>`
      }
    </div>
    <div class="picture-shapes" role="group" aria-label=${say("picture-shape")}>
      ${Object.keys(SHAPES).map((key) => html`<button type="button" class="chip" aria-pressed=${key === shape ? "true" : "false"} @click=${() => choose(key)}>${say(NAMES[key])}</button>`)}
    </div>
    <footer class="sheet-foot picture-foot">
      ${shares ? html`<button type="button" class="button button-ink" @click=${send}>${say("card-share-short")}</button>` : ""}
      <button type="button" class="button ${shares ? "" : "button-ink"}" ?disabled=${!canvas} @click=${save}>${say("picture-save")}</button>
    </footer>
  </div>`;
}
