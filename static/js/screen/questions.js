// The questions on the large screen: the first one on a white field that stays, the next ones beside it, the newest below. What overtakes
// is seen to do so: the winner rises from its row into the field, the other one moves to the second place.
// @ts-check
import { nothing, render, repeat } from "../../vendor/lit-html.js";
import { asker, questionFace, votes } from "./face.js";
import { createGhosts } from "./ghosts.js";
import { fit } from "./fit.js";
import { html } from "../shared/html.js";
import { direction, languageOf, tall } from "../shared/text.js";
import { say } from "../shared/words.js";
import { CALM_MS, EASE, isCalm } from "./motion.js";
import { rise, risingRow } from "./rising.js";
import { whole } from "./whole.js";

/** @import { Post, Session } from "../shared/wire" */
/** @import { Picture } from "./scene.js" */

/** @type {Record<string, string>} */
const STATUS = { paused: say("screen-asking-paused"), closed: say("screen-asking-closed") };
const NEXT = 4;
const TOP_LARGER = 1.3; // than the rows
const LETTERS_WORTH_A_ROW = 160; // of all the next questions together, per row given up

/** @param {{place: HTMLElement, own?: (act: () => void) => void}} parts own: within it the page is changed later than in a call */
export function openQuestions({ place, own = (act) => act() }) {
  const ghosts = createGhosts({ stage: place, own });
  let drawn = "";
  let standing = /** @type {Map<string, number>} */ (new Map()); // id → votes as drawn

  /**
   * @param {Picture} picture @param {{min: number, comfort: number, large: number}} look
   */
  function show({ questions, newest, session }, look) {
    ghosts.keep((id) => questions.some((one) => one.id === id));
    const next = questions.slice(1, 1 + NEXT);
    const strip = newest && ![questions[0], ...next].includes(newest) ? newest : null;
    const signature = JSON.stringify([
      questions.slice(0, 1 + NEXT).map((one) => [one.id, one.text, one.votes]),
      strip?.id,
      session?.id,
      session?.questions,
      look,
    ]);
    if (signature === drawn) return;
    drawn = signature;
    const before = places();
    const winner = isCalm() ? null : risingRow(place, questions[0].id);
    draw(questions[0], next, strip, session);
    size(questions[0], next, strip, session, look);
    glide(before);
    if (winner) rise(place, ghosts, winner, questions[0].id);
    tickUp([questions[0], ...next]);
  }

  /**
   * @param {Post} top @param {Post[]} next
   * @param {Post|null} strip @param {Session|null} session
   */
  function draw(top, next, strip, session) {
    const status = session && STATUS[session.questions];
    place.classList.toggle("has-strip", Boolean(strip));
    place.classList.toggle("is-alone", !next.length);
    render(
      html`<div class="top">${questionFace(top, { isFirst: true })}</div>
        <div class="next" role="group" aria-label=${say("screen-next-questions")}>
          <ol class="fit">
            ${repeat(
              next,
              ({ id }) => id,
              (post, index) => row(post, index + 2),
            )}
          </ol>
        </div>
        ${
          strip
            ? html`<div class="strip" data-id=${strip.id}>
              <div class="fit" dir=${direction(strip.text)}>
                <p class="strip-label"><bdi>${status ?? say("screen-just-asked")}</bdi></p>
                <p class="strip-text ${tall(strip.text)}" lang=${languageOf(strip.text)}>${whole(strip.text)}</p>
              </div>
            </div>`
            : nothing
        }`,
      place,
    );
  }

  /** One of our own elements: it stands in what was drawn before. @returns {HTMLElement} */
  const drawnAt = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (place.querySelector(selector));

  /**
   * Fewer rows rather than text too small to read.
   * @param {Post} top @param {Post[]} next
   * @param {Post|null} strip @param {Session|null} session
   * @param {{min: number, comfort: number, large: number}} look
   */
  function size(top, next, strip, session, look) {
    const jobs = [{ box: drawnAt(".top .card"), min: look.min, max: look.large * 1.5 }];
    if (strip) jobs.push({ box: drawnAt(".strip"), min: look.min, max: look.comfort * 1.25 });
    fit(jobs);
    const list = drawnAt(".next");
    let rows = next;
    const letters = rows.reduce((sum, one) => sum + one.text.length, 0);
    rows = rows.slice(0, Math.max(1, NEXT - Math.floor(letters / (NEXT * LETTERS_WORTH_A_ROW))));
    while (rows.length) {
      if (rows.length < list.querySelectorAll(".row").length) draw(top, rows, strip, session);
      if (
        fit([
          {
            box: list,
            min: look.min,
            max: Math.min(look.comfort * (rows.length > 2 ? 1.5 : 2), topSize() / TOP_LARGER),
          },
        ])[0]
      )
        break;
      rows = rows.slice(0, -1);
    }
  }

  /** The first question is always the largest. */
  const topSize = () => parseFloat(drawnAt(".top .card").style.fontSize) || Infinity;

  const gliding = () => [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-glide]"))];

  function places() {
    const found = new Map(gliding().map((element) => [element.dataset.glide, element.getBoundingClientRect()]));
    const first = /** @type {HTMLElement|null} */ (place.querySelector(".top .card"));
    if (first) found.set(first.dataset.id, first.getBoundingClientRect());
    return found;
  }

  /**
   * One that overtakes moves past the other; what comes fades in; what is answered is gone.
   * @param {Map<string|undefined, DOMRect>} before
   */
  function glide(before) {
    if (isCalm() || !before.size) return;
    const now = gliding().map((element) => ({ element, to: element.getBoundingClientRect() }));
    for (const { element, to } of now) {
      const from = before.get(element.dataset.glide);
      if (!from) element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: CALM_MS, easing: EASE });
      else if (Math.abs(from.top - to.top) + Math.abs(from.left - to.left) > 1) {
        element.animate(
          [{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: "none" }],
          { duration: CALM_MS, easing: EASE },
        );
      }
    }
  }

  /** A number that grew is lifted for a moment. @param {Post[]} shown */
  function tickUp(shown) {
    const counts = new Map(shown.map((post) => [post.id, post.votes ?? 0]));
    for (const [id, count] of counts) {
      const was = standing.get(id);
      if (was === undefined || was === count || isCalm()) continue;
      const number = place.querySelector(`[data-id="${CSS.escape(id)}"] .count`);
      if (number) lift(number, count > was);
    }
    standing = counts;
  }

  function clear() {
    ghosts.clear();
    render(nothing, place);
    drawn = "";
    standing = new Map();
  }

  return { show, clear };
}

/** Number and votes stand in columns of their own: only the text takes its direction. @param {Post} post @param {number} rank */
function row(post, rank) {
  return html`<li class="row" data-id=${post.id} data-glide=${post.id}>
    <span class="rank" dir="ltr">${rank}</span>
    <p class="row-text ${tall(post.text)}" dir=${direction(post.text)} lang=${languageOf(post.text)}>${whole(post.text)}</p>
    <p class="row-foot"><span class="card-who">${asker(post)}</span></p>
    <span class="votes" dir="ltr">${votes(post)}</span>
  </li>`;
}

/** A number that changed comes to its place from below, or from above. @param {Element} number @param {boolean} isMore */
const lift = (number, isMore) =>
  number.animate(
    [
      { transform: `translateY(${isMore ? "" : "-"}0.35em)`, opacity: 0.2 },
      { transform: "none", opacity: 1 },
    ],
    {
      duration: CALM_MS,
      easing: EASE,
    },
  );
