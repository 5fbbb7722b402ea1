// The farthest bridge: two teams that celebrated each other, on the globe, and how far they are apart. A light goes there and draws the bridge,
// the distance is counted while it flies, and another light comes back. Where things stand is the server's rule (board/model/globe.py).
// @ts-check
import { nothing, svg } from "../../vendor/lit-html.js";
import { countUp } from "./counting.js";
import { travel, wayOf } from "./flying.js";
import { html } from "../shared/html.js";
import { isCalm, move } from "./motion.js";
import { say } from "../shared/words.js";

/** @import { Story } from "../shared/wire" */

const VIEW = "-2000 -1160 4000 1560"; // as board/model/globe.py has it
const BEGINS_MS = 900; // the globe is there, and the first name
const THERE_MS = 2200;
const BACK_MS = 1400;
const PAUSE_MS = 500; // between there and back

/** @typedef {[number, number][]} Points */
const line = (/** @type {Points} */ points) => `M${points.map((at) => at.join(" ")).join("L")}`;
const dots = (/** @type {Points} */ points) => points.map((at) => `M${at.join(" ")}h0`).join("");
const distance = (/** @type {number} */ km) => say("screen-far-km", { km });

/** @param {NonNullable<Story["farthest"]>} farthest */
export const farView = ({ teams: [one, other], km, globe }) => html`<div class="far">
    <p class="far-head">${say("screen-far-head")}</p>
    <p class="far-km"><b data-n=${km}>${distance(km)}</b></p>
    <div class="far-sky" dir="ltr">
      ${globe ? globeView(globe) : nothing}
      <p class="far-teams"><bdi>${one}</bdi> <bdi>${other}</bdi></p>
    </div>
    <p class="far-each">${say("screen-far-each")}</p>
  </div>`;

/** The bridge is a picture of its own: while it is drawn, the globe below is not painted again. @param {NonNullable<NonNullable<Story["farthest"]>["globe"]>} globe */
const globeView = ({
  radius,
  down,
  land,
  lines,
  teams,
  arc,
}) => html`<svg class="far-globe" viewBox=${VIEW} aria-hidden="true">
      <linearGradient id="far-ground" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="-1000" y2="380"><stop class="far-rim"/><stop class="far-deep" offset="0.3"/><stop class="far-deep" offset="1" stop-opacity="0"/></linearGradient>
      <circle cx="0" cy=${down} r=${radius} fill="url(#far-ground)" />
      ${lines.map((points) => svg`<path class="far-line" d=${line(points)} />`)}
      <path class="far-land" d=${dots(land)} /><path class="far-places" d=${dots(teams)} />
    </svg>
    <svg class="far-bridge" viewBox=${VIEW} aria-hidden="true"><path class="far-arc" pathLength="1" d=${line(arc)} /><path class="far-end" d="M-1000 0h0" /><path class="far-end" d="M1000 0h0" /></svg>`;

/** @param {HTMLElement} place @param {((act: () => void) => void)|undefined} own as `countUp` needs it; without it no number counts */
export function fly(place, own) {
  const sky = /** @type {HTMLElement} */ (place.querySelector(".far-sky"));
  const arc = /** @type {SVGPathElement|null} */ (sky.querySelector(".far-arc"));
  const lands = BEGINS_MS + THERE_MS;
  const appear = (/** @type {Element|null} */ one, /** @type {number} */ delay, ms = 500) =>
    one && move(/** @type {HTMLElement} */ (one), [{ opacity: 0 }, {}], ms, delay);
  appear(sky.querySelector(".far-globe"), 0, BEGINS_MS);
  for (const what of [".far-teams bdi", ".far-end"])
    sky.querySelectorAll(what).forEach((one, index) => void appear(one, index ? lands - 200 : 300));
  appear(place.querySelector(".far-km"), 300);
  appear(place.querySelector(".far-each"), lands);
  if (own) countUp(place, own, { words: distance, ms: THERE_MS, delay: BEGINS_MS });
  if (!arc || isCalm()) return;
  const drawn = [{ strokeDasharray: "0 1" }, { strokeDasharray: "1 1" }];
  arc.animate(drawn, { duration: THERE_MS, delay: BEGINS_MS, easing: "linear", fill: "backwards" });
  const way = wayOf(arc, sky);
  travel(sky, way, { duration: THERE_MS, delay: BEGINS_MS });
  travel(sky, way.reverse(), { duration: BACK_MS, delay: lands + PAUSE_MS });
}
