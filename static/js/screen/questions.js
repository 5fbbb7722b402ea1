// The questions on the large screen: the first one large, the next ones beside it, the newest below.
// @ts-check
import { nothing, render, repeat } from "../../vendor/lit-html.js";
import { questionFace, votes } from "./face.js";
import { fit } from "./fit.js";
import { html } from "../shared/html.js";
import { direction, tall } from "../shared/text.js";
import { who } from "../shared/view.js";
import { say } from "../shared/words.js";
import { CALM_MS, EASE, isCalm } from "./motion.js";

/** @import { Post, Session } from "../shared/wire" */
/** @import { Picture } from "./scene.js" */

/** @type {Record<string, string>} */
const STATUS = { paused: say("screen-asking-paused"), closed: say("screen-asking-closed") };
const NEXT = 5;
const LETTERS_WORTH_A_ROW = 160; // of all the next questions together, per row given up

/** @param {{place: HTMLElement}} parts */
export function openQuestions({ place }) {
  let drawn = "";
  let standing = /** @type {Map<string, number>} */ (new Map()); // id → votes as drawn

  /**
   * @param {Picture} picture @param {{min: number, comfort: number, large: number}} look
   */
  function show({ questions, newest, session }, look) {
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
    draw(questions[0], next, strip, session);
    size(questions[0], next, strip, session, look);
    glide(before);
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
      html`<div class="top" data-glide=${`top ${top.id}`}>${questionFace(top, { rank: 1 })}</div>
        <div class="next" role="group" aria-label=${say("screen-next-questions")}>
          <ol class="fit">
            ${repeat(
              next,
              ({ id }) => id,
              (post, index) => row(post, index + 2, Math.max(1, top.votes ?? 0)),
            )}
          </ol>
        </div>
        ${
          strip
            ? html`<div class="strip" data-id=${strip.id}>
              <div class="fit" dir=${direction(strip.text)}>
                <p class="strip-label">${status ?? say("screen-just-asked")}</p>
                <p class="strip-text ${tall(strip.text)}">${strip.text}</p>
              </div>
            </div>`
            : nothing
        }`,
      place,
    );
  }

  /** @param {Post} post @param {number} rank @param {number} most */
  function row(post, rank, most) {
    return html`<li class="row" data-id=${post.id} data-glide=${post.id} data-share=${(post.votes ?? 0) / most} dir=${direction(post.text)}>
      <span class="rank" dir="ltr">${rank}</span>
      <p class="row-text ${tall(post.text)}">${post.text}</p>
      <p class="row-foot"><span class="card-who">${who(post.author)}</span></p>
      <span class="votes" dir="ltr">${votes(post)}</span>
      <span class="bar" aria-hidden="true"><i></i></span>
    </li>`;
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
      if (fit([{ box: list, min: look.min, max: look.comfort * (rows.length > 2 ? 1.5 : 2) }])[0]) break;
      rows = rows.slice(0, -1);
    }
    for (const bar of place.querySelectorAll(".row i")) {
      const row = /** @type {HTMLElement} */ (bar.closest(".row"));
      /** @type {HTMLElement} */ (bar).style.setProperty("transform", `scaleX(${row.dataset.share})`);
    }
  }

  const gliding = () => [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-glide]"))];

  function places() {
    return new Map(gliding().map((element) => [element.dataset.glide, element.getBoundingClientRect()]));
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
      number?.animate(
        [
          { transform: `translateY(${count > was ? "" : "-"}0.35em)`, opacity: 0.2 },
          { transform: "none", opacity: 1 },
        ],
        { duration: CALM_MS, easing: EASE },
      );
    }
    standing = counts;
  }

  function clear() {
    render(nothing, place);
    drawn = "";
    standing = new Map();
  }

  return { show, clear };
}
