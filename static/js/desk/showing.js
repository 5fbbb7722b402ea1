// What the large screens show, by the moderator's hand: a scene, turns, blank, a post alone; on one screen, on several or on all.
// Each is shown at once and can be undone: then each screen shows again what it showed.
// @ts-check
import { largeScreens, nameOf, readableUntil } from "../shared/screens.js";
import { WORDS } from "./outcomes.js";
import { resumed } from "./queue.js";
import { blanked, litOn, placesOf, requestsFor, scenesOf, shownOn, toGiveBack } from "./screens.js";
import { TURN_SECONDS, bounded, enough, secondsOf, takingTurns, turnsOf } from "./turns.js";
import { WORDS as LABELS, label } from "./words.js";

/**
 * @import {Post, Scene, SceneName} from "../shared/wire"
 * @import {Scenes} from "./screens.js"
 * @typedef {ReturnType<typeof createShowing>} Showing
 * @param {{known: {base: import("../shared/board.js").State, view: import("../shared/board.js").State}, acts: import("./acts.js").Acts, meaning: import("./meaning.js").Meaning,
 *   clock: {now: () => number}, api: typeof import("../shared/staff.js").api, complain: (words: string) => void}} desk
 */
export function createShowing({ known, acts, meaning, clock, api, complain }) {
  const showing = {
    seconds: /** @type {import("./turns.js").Seconds} */ ({ ...TURN_SECONDS }),
    until: /** @type {Map<string, number>} */ (new Map()), // by screen: ms since 1970, see readableUntil
  };
  const all = () => largeScreens(known.view);
  const { meant } = meaning;
  const now = (/** @type {string[]} */ ids) => scenesOf(known.view, ids);
  const first = (/** @type {string[]} */ ids) => /** @type {Scene} */ ([...now(ids).values()][0]);

  /** @param {Scenes} value @param {string} words @param {string} [about] */
  function show(value, words, about = "") {
    const names = all().filter(({ id }) => value.has(id));
    const where = all().length > 1 ? names.map((one) => nameOf(one, true)).join(", ") : "";
    acts.turn({
      key: "screen",
      value,
      former: now([...value.keys()]),
      words,
      about: [about, names.length > 1 && names.length === all().length ? LABELS.allScreens : where]
        .filter(Boolean)
        .join(" · "),
      show: shownOn,
      send,
    });
  }

  /** @param {Scenes} scenes */
  async function send(scenes) {
    const [{ id }, ...others] = all();
    for (const { ids, scene } of requestsFor(scenes)) {
      if (!others.length && ids[0] === id) await api.screen(scene);
      else await api.screens(ids, scene);
    }
  }

  /** @param {string[]} ids @param {(shown: Scene) => Scene} change @returns {Scenes} */
  const changed = (ids, change) => new Map([...now(ids)].map(([id, shown]) => [id, change(shown)]));

  /** @param {SceneName} name @param {string[]} [ids] */
  function scene(name, ids = meant()) {
    if (name === "blank") return blank(ids);
    const wanted = (/** @type {Scene} */ { session }) => /** @type {Scene} */ ({ scene: name, session, post: null });
    show(changed(ids, wanted), WORDS.scene(LABELS.scenes[name]));
  }

  /** Questions of this session, or of the one that is on. @param {string|null} session @param {string[]} [ids] */
  function questionsOf(session, ids = meant()) {
    const wanted = (/** @type {Scene} */ shown) =>
      shown.turns ? { ...shown, session } : /** @type {Scene} */ ({ scene: "questions", session, post: null });
    show(changed(ids, wanted), WORDS.scene(LABELS.scenes.questions));
  }

  function turns(ids = meant()) {
    if ([...now(ids).values()].every(takingTurns)) return scene("cards", ids);
    takeTurns(showing.seconds, ids);
  }

  /** @param {string} name of a scene @param {HTMLInputElement} field */
  function turnSeconds(name, field) {
    const value = bounded(field.value);
    const next = { ...showing.seconds, [name]: value };
    field.value = String(enough(next) ? value : showing.seconds[name]);
    if (enough(next)) takeTurns(next, meant());
    else complain(WORDS.twoTurns);
  }

  /** @param {import("./turns.js").Seconds} seconds @param {string[]} ids */
  function takeTurns(seconds, ids) {
    const list = /** @type {any[]} */ (turnsOf(seconds));
    show(
      changed(ids, ({ session }) => ({ scene: list[0].scene, session, post: null, turns: list })),
      WORDS.turns,
    );
  }

  function blank(ids = meant()) {
    const { on, scenes } = blanked(now(ids));
    show(scenes, WORDS.blank[Number(on)]);
  }

  /** Blank for the whole house, whatever is chosen. */
  const blankAll = () => blank(all().map(({ id }) => id));

  /** Each screen that is blank shows again what it showed. */
  function unblank() {
    const ids = all().filter(({ scene }) => scene === "blank");
    blank(ids.map(({ id }) => id));
  }

  /** @param {Post} post */
  function spotlight(post) {
    const lit = litOn(all(), post.id);
    const on = !lit.length;
    const alone = (/** @type {Scene} */ { session }) =>
      /** @type {Scene} */ ({ scene: "spotlight", session, post: post.id });
    const ids = on ? placesOf(known.view, post, meaning.choice) : lit;
    show(changed(ids, on ? alone : resumed), WORDS.spotlight[Number(on)], label(post));
  }

  /** These posts leave the screens where they stand alone; the answer puts them back there. @param {string[]} ids of posts */
  function remember(ids) {
    const lit = all().filter(({ scene, post }) => scene === "spotlight" && ids.includes(post ?? ""));
    const former = now(lit.map(({ id }) => id));
    return () => send(toGiveBack(known.base, former));
  }

  /** The server sent the states of the screens. @param {import("../shared/board.js").State} base */
  const heard = (base) => void (showing.until = readableUntil(showing.until, largeScreens(base), clock.now()));

  /** The board as it is now. */
  function follow() {
    meaning.follow();
    const { turns: list } = first(meant());
    if (list) showing.seconds = secondsOf(list);
  }

  return Object.assign(showing, {
    remember,
    heard,
    follow,
    scene,
    questionsOf,
    turns,
    turnSeconds,
    blank,
    blankAll,
    unblank,
    spotlight,
  });
}
