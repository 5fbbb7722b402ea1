// What shines on the map: bridges, rings, the horizon and the light that flies. Templates only, as an svg in px of its box.
// @ts-check
import { svg } from "../../vendor/lit-html.js";
import { AGES, arc } from "./sky.js";

/** @import { Picture } from "./scene.js" */
/** @import { Sky, Spot } from "./sky.js" */

/**
 * @param {Picture} picture @param {[number, number]} lit from which team to which, by their places @param {Spot[]} at of teams
 * @param {Sky} sky @param {string} id of the colours
 */
export function lights({ teams, bridges, rings }, lit, at, sky, id) {
  const spot = (/** @type {string} */ team) => at[teams.indexOf(team)];
  const known = bridges.filter(({ from, to }) => spot(from) && spot(to));
  const [from, to] = lit.map((index) => at[index]);
  return svg`<defs>${[...AGES, "lit"].map((age) => [colour(age, true, sky, id), colour(age, false, sky, id)])}</defs>
    <path class="map-horizon" d=${sky.upright ? `M${to.x} ${sky.top}V${sky.height}` : `M0 ${to.y}H${sky.width}`} />
    ${AGES.map((age) => known.filter((one) => one.age === age).map((one) => bridge(spot(one.from), spot(one.to), age, sky, id)))}
    ${rings.map(({ team, age }) => ring(spot(team), age, sky))}
    ${at.map(({ x, y }, index) => svg`<circle class="map-spot ${lit.includes(index) ? "is-lit" : ""}" cx=${x} cy=${y} />`)}
    ${bridge(from, to, "lit", sky, id)}
    <g transform="translate(${to.x} ${to.y})"><g class="map-head"><circle class="map-glow" /><circle /></g></g>`;
}

/** The way of the light, dim first. @param {string} age @param {boolean} ahead @param {Sky} sky @param {string} id */
function colour(age, ahead, { upright }, id) {
  const [begin, end] = ahead ? [0, 1] : [1, 0];
  return svg`<linearGradient id="${id}-${age}-${ahead}" class="light-${age}" x1=${upright ? 0 : begin} x2=${upright ? 0 : end}
    y1=${upright ? begin : 0} y2=${upright ? end : 0}><stop class="dim"/><stop offset="1"/></linearGradient>`;
}

/** @param {Spot} from @param {Spot} to @param {string} age @param {Sky} sky @param {string} id */
function bridge(from, to, age, sky, id) {
  const { path, ahead } = arc(from, to, sky);
  return svg`<path class="map-arc is-${age}" d=${path} stroke="url(#${id}-${age}-${ahead})" />`;
}

/** Cards within one team. @param {Spot} at @param {string} age @param {Sky} sky */
function ring({ x, y }, age, { width, height, upright }) {
  const wide = Math.min(width, height) / 60;
  return svg`<circle class="map-ring light-${age}" cx=${upright ? x + wide : x} cy=${upright ? y : y - wide} r=${wide} />`;
}
