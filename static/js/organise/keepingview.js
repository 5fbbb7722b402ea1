// How the day looks on which the board is erased: a warning on every section, a line beside the setting.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { say } from "../shared/words.js";
import { longer, warningOf } from "./keeping.js";
import { dayName, dayOf, localOf } from "./times.js";
import { yes } from "./words.js";

/** @import { Page } from "./types" */

/** @param {Page} page */
export function warningView({ settings, board, keeping, config, now, language }) {
  const retention = settings.value?.retention;
  const left = warningOf(retention, dayOf(localOf(new Date(now).toISOString(), board.time_zone ?? "UTC")));
  if (!retention || left === null) return nothing;
  const more = longer(retention, limits().retention_days[1]).more;
  return html`<div class="notice is-warn keeping" role="region" aria-label=${say("keeping-title")}>
    <p><strong>${say(left ? "keeping-erased-on" : "keeping-erased-today", { day: dayName(retention.erased_on, language, WHOLE_DAY), n: left })}</strong></p>
    <p class="life-acts">${more > 0 ? html`<button type="button" class="button button-strong" aria-disabled=${yes(keeping.busy)} @click=${keeping.keep}>${say("keeping-longer", { n: more })}</button>` : nothing}
    <a class="button button-line" href="${config.api}/export?format=json" download>${say("keeping-export")}</a></p></div>`;
}

/** Beside the setting. @param {Page} page */
export function erasedOnWords({ settings, language }) {
  const day = settings.value?.retention?.erased_on;
  return day ? say("board-retention-day", { day: dayName(day, language, WHOLE_DAY) }) : "";
}

const WHOLE_DAY = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
