// The map on the large screen, a night sky: teams along a horizon, and cards that fly over it, dim where they come from and bright where
// they go. Nobody is ranked: a light is as bright as it is new. The card whose bridge is lit opens below it, under the horizon.
// @ts-check
import { nothing, render } from "../../vendor/lit-html.js";
import { cardFace } from "./face.js";
import { fit } from "./fit.js";
import { lights } from "./lights.js";
import { html } from "../shared/html.js";
import { move } from "./motion.js";
import { say } from "../shared/words.js";
import { arc, cardAt, named, spots } from "./sky.js";

/** @import { Theme } from "../shared/wire" */
/** @import { Picture } from "./scene.js" */
/** @import { Sky, Spot } from "./sky.js" */

const EACH_MS = 8000; // for one card, when it is quiet
const FLIGHT_MS = 900;
const STEPS = 24; // of the flight
const SENTENCE = { wide: 1.5, upright: 1.2 }; // of the smallest text
const BAND = 0.36; // of the map's height, below the horizon, for the card: it covers none of the sky, and the horizon stays where it is
const WIDTHS = [0.7, 1, 1.3]; // of the card, in shares of the window's height: a long text takes a wide one
const LARGER = 1.5; // than the sentence has to be: a short text fills its card

/** @param {{place: HTMLElement}} parts */
export function openMap({ place }) {
  const id = `sky-${Math.random().toString(36).slice(2)}`; // of the colours: more than one map may stand on a page
  let drawn = "";
  let newest = "";
  let flown = "";
  let since = 0; // when the newest came

  /**
   * @param {Picture} picture @param {Theme[]} themes @param {{min: number, comfort: number}} look
   * @param {number} now ms
   */
  function show(picture, themes, look, now) {
    const { teams, crossings, bridges, rings } = picture;
    if (crossings[0].post.id !== newest) {
      newest = crossings[0].post.id;
      since = now;
    }
    const lit = crossings[Math.floor((now - since) / EACH_MS) % crossings.length];
    const { clientWidth: width, clientHeight: height } = place;
    const signature = JSON.stringify([teams, bridges, rings, lit.post.id, lit.post.seq, look, width, height]);
    if (signature === drawn) return;
    drawn = signature;
    draw(picture, lit, themes, look.min);
    if (flown === lit.post.id) return;
    flown = lit.post.id;
    fly();
  }

  const all = (/** @type {string} */ what) => /** @type {HTMLElement[]} */ ([...place.querySelectorAll(what)]);

  /** @param {Picture} picture @param {Picture["crossings"][number]} lit @param {Theme[]} themes @param {number} min px */
  function draw(picture, lit, themes, min) {
    const { teams } = picture;
    const isLit = (/** @type {string} */ team) => team === lit.from || team === lit.to;
    const painted = (/** @type {unknown} */ shining) =>
      render(
        html`<div class="map-sky" role="group" aria-label=${say("screen-map-label")}>
          <svg aria-hidden="true">${shining}</svg>
          ${teams.map((team) => html`<p class="map-team ${isLit(team) ? "is-lit" : ""}"><bdi>${team}</bdi></p>`)}
        </div>
        <div class="beside">
          <div class="map-title">
            <h2>${say("screen-map")}</h2>
            <p class="beside-head"><bdi>${lit.from}</bdi> <span class="arrow" aria-hidden="true">→</span> <bdi>${lit.to}</bdi></p>
          </div>
          <div class="map-card">${cardFace(lit.post, themes)}</div>
        </div>`,
        place,
      );
    painted(nothing); // names are measured first
    const which = /** @type {[number, number]} */ ([teams.indexOf(lit.from), teams.indexOf(lit.to)]);
    const sky = settle(which, min / 2);
    const at = spots(sky, teams.length);
    const highest = arc(at[0], at[at.length - 1], sky).high;
    open(at[which[0]], at[which[1]], highest, sky, min);
    painted(lights(picture, which, at, sky, id));
  }

  /** Puts names in their places. @param {number[]} lit @param {number} gap px @returns {Sky} */
  function settle(lit, gap) {
    const names = all(".map-team");
    const sizes = names.map((name) => ({ w: name.offsetWidth, h: name.offsetHeight }));
    const { clientWidth: width, clientHeight: height } = place;
    const upright = height > width;
    const top = all(".map-title")[0].offsetHeight + gap;
    const row = Math.max(...sizes.map(({ h }) => h)) + gap / 2;
    const sky = { width, height, top, foot: Math.max(...sizes.map(({ w }) => w)) + gap * 2, upright };
    const middles = spots(sky, names.length).map(({ x, y }) => (upright ? y : x));
    const room = upright ? { from: top, until: height, gap: 0, rows: 1 } : { from: 0, until: width, gap: gap * 1.5 };
    const lengths = sizes.map(({ w, h }) => (upright ? h : w));
    const places = named(middles, lengths, room, lit);
    if (!upright) sky.foot = gap * 3 + row * (1 + Math.max(0, ...places.map((one) => one?.row ?? 0))) + height * BAND;
    names.forEach((name, index) => {
      const { row: line = 0, start = 0 } = places[index] ?? {};
      name.classList.toggle("is-away", !places[index]);
      put(
        name,
        upright
          ? { x: sky.foot - gap * 2 - sizes[index].w, y: start }
          : { x: start, y: height - sky.foot + gap * 2 + row * line },
      );
    });
    return sky;
  }

  /**
   * The card takes the least width in which its sentence can be read from the last row; upright, all that bridges leave.
   * @param {Spot} from @param {Spot} to @param {number} high of the highest bridge @param {Sky} sky @param {number} min px
   */
  function open(from, to, high, sky, min) {
    const [[holder], [box]] = [all(".map-card"), all(".map-card .card")];
    const gap = min / 2;
    const deepest = sky.upright ? sky.height - sky.top : sky.height * BAND;
    const widths = sky.upright
      ? [sky.width - sky.foot - high - gap * 2]
      : WIDTHS.map((share) => Math.min(sky.width, share * innerHeight));
    const sentence = min * SENTENCE[sky.upright ? "upright" : "wide"];
    const isRead = (/** @type {number} */ width) => {
      holder.style.cssText = `width: ${width}px`;
      box.style.fontSize = `${sentence}px`;
      return holder.offsetHeight <= deepest;
    };
    const isOpen = widths.some(isRead);
    if (!sky.upright || !isOpen) {
      holder.style.height = `${deepest}px`;
      fit([{ box, min, max: isOpen ? sentence * LARGER : sentence }]);
    }
    put(holder, cardAt(from, to, high, { w: holder.offsetWidth, h: holder.offsetHeight }, sky, gap));
  }

  /** The light flies to its end, then the names grow and the card opens. */
  function fly() {
    const [path] = /** @type {SVGPathElement[]} */ (/** @type {unknown} */ (all(".map-arc.is-lit")));
    const whole = path.getTotalLength();
    const end = path.getPointAtLength(whole);
    const frames = Array.from({ length: STEPS + 1 }, (_, step) => {
      const { x, y } = path.getPointAtLength((whole * step) / STEPS);
      return { transform: `translate(${x - end.x}px, ${y - end.y}px)`, easing: "linear" };
    });
    move(all(".map-head")[0], frames, FLIGHT_MS);
    move(/** @type {any} */ (path), [{ opacity: 0.3 }, { opacity: 1 }], FLIGHT_MS);
    for (const name of all(".map-team.is-lit")) move(name, [{ transform: "scale(0.67)" }, {}], 200);
    move(all(".map-card")[0], [{ opacity: 0, transform: "scale(0.9)" }, {}], 300, FLIGHT_MS);
  }

  function clear() {
    if (!drawn) return;
    render(nothing, place);
    drawn = flown = "";
  }

  return { show, clear };
}

/** @param {HTMLElement} element @param {Spot} spot px */
function put({ style }, { x, y }) {
  style.setProperty("inset-inline-start", `${x}px`);
  style.setProperty("top", `${y}px`);
}
