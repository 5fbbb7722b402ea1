// The map on the large screen: teams in a circle, an arc between two for cards that went from one to the other. Nobody is ranked:
// all arcs look alike, but the one of the card that stands beside them.
// @ts-check
import { nothing, render, svg } from "../../vendor/lit-html.js";
import { cardFace } from "./face.js";
import { fit } from "./fit.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";

/** @import { Theme } from "../shared/wire" */
/** @import { Picture } from "./scene.js" */

const EACH_MS = 8000; // for the card beside the map, when it is quiet
const BEND = 0.6; // 0: a straight line; 1: through the middle
const RADIUS = { x: 33, y: 42 }; // in hundredths of the box: the rest is for names
const LEAST = 14; // across, however long they are

/** @param {{place: HTMLElement}} parts */
export function openMap({ place }) {
  let drawn = "";
  let newest = "";
  let since = 0; // when the newest came

  /**
   * @param {Picture} picture @param {Theme[]} themes @param {{min: number, comfort: number}} look
   * @param {number} now ms
   */
  function show({ teams, crossings, bridges }, themes, look, now) {
    if (crossings[0].post.id !== newest) {
      newest = crossings[0].post.id;
      since = now;
    }
    const lit = crossings[Math.floor((now - since) / EACH_MS) % crossings.length];
    const signature = JSON.stringify([
      teams,
      bridges,
      lit.post.id,
      lit.post.seq,
      look,
      place.clientWidth,
      place.clientHeight,
    ]);
    if (signature === drawn) return;
    drawn = signature;
    draw(teams, bridges, lit, themes, RADIUS);
    const beyond = overhang();
    if (beyond > 0) draw(teams, bridges, lit, themes, { ...RADIUS, x: Math.max(LEAST, RADIUS.x - beyond) });
    fit([
      {
        box: /** @type {HTMLElement} */ (place.querySelector(".beside .card")),
        min: look.min,
        max: look.comfort * 1.8,
      },
    ]);
  }

  /** How far names reach out of the box, in hundredths of it. */
  function overhang() {
    const box = /** @type {HTMLElement} */ (place.querySelector(".map-circle")).getBoundingClientRect();
    const beyond = names()
      .map((name) => name.getBoundingClientRect())
      .map(({ left, right }) => Math.max(box.left - left, right - box.right));
    return (Math.max(...beyond) / box.width) * 100;
  }

  const names = () => /** @type {HTMLElement[]} */ ([...place.querySelectorAll(".map-team")]);

  /**
   * @param {string[]} teams @param {Picture["bridges"]} bridges
   * @param {Picture["crossings"][number]} lit @param {Theme[]} themes
   * @param {{x: number, y: number}} radius
   */
  function draw(teams, bridges, lit, themes, radius) {
    const spots = new Map(teams.map((team, index) => [team, spot(index, teams.length, radius)]));
    const spotOf = (/** @type {string} */ team) => /** @type {ReturnType<typeof spot>} */ (spots.get(team));
    const path = (/** @type {string} */ from, /** @type {string} */ to) => arc(spotOf(from), spotOf(to));
    const isLit = (/** @type {string} */ team) => team === lit.from || team === lit.to;
    render(
      html`<div class="map-circle" role="group" aria-label=${say("screen-map-label")}>
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            ${bridges.map(([from, to]) => svg`<path class="map-arc" d=${path(from, to)} />`)}
            <path class="map-arc is-lit" d=${path(lit.from, lit.to)} />
          </svg>
          ${teams.map((team) => {
            const { x, y, side } = spotOf(team);
            return html`<p class="map-team ${side} ${isLit(team) ? "is-lit" : ""}" data-x=${x} data-y=${y}><i></i><bdi>${team}</bdi></p>`;
          })}
        </div>
        <div class="beside">
          <p class="beside-head"><bdi>${lit.from}</bdi> <span class="arrow" aria-hidden="true">→</span> <bdi>${lit.to}</bdi></p>
          ${cardFace(lit.post, themes)}
        </div>`,
      place,
    );
    for (const name of names()) {
      name.style.left = `${name.dataset.x}%`;
      name.style.top = `${name.dataset.y}%`;
    }
  }

  function clear() {
    if (!drawn) return;
    render(nothing, place);
    drawn = "";
  }

  return { show, clear };
}

/**
 * Where a team stands: from the top, with the clock, in hundredths of the box.
 * @param {number} index @param {number} count @param {{x: number, y: number}} radius
 */
function spot(index, count, radius) {
  const angle = (index / count) * 2 * Math.PI;
  const [across, down] = [Math.sin(angle), -Math.cos(angle)];
  const side = Math.abs(across) < 0.2 ? (down < 0 ? "is-above" : "is-below") : across < 0 ? "is-left" : "is-right";
  return { x: round(50 + radius.x * across), y: round(50 + radius.y * down), side };
}

/**
 * Bent towards the middle, so that arcs of neighbours and of opposites can be distinguished.
 * @param {{x: number, y: number}} from @param {{x: number, y: number}} to
 */
function arc(from, to) {
  const bent = (/** @type {number} */ a, /** @type {number} */ b) => round((a + b) / 2 + (50 - (a + b) / 2) * BEND);
  return `M${from.x} ${from.y}Q${bent(from.x, to.x)} ${bent(from.y, to.y)} ${to.x} ${to.y}`;
}

const round = (/** @type {number} */ number) => Math.round(number * 100) / 100;
