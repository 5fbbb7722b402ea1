// The room's switches: what the screen shows, who may post, which questions are open. Each is shown at once and can be undone (acts.js).
// @ts-check
import { resumed } from "./queue.js";
import { WORDS } from "./outcomes.js";
import { TURN_SECONDS, bounded, enough, secondsOf, takingTurns, turnsOf } from "./turns.js";
import { WORDS as LABELS, label } from "./words.js";

/**
 * @typedef {{frozen?: boolean, cards_open?: boolean, premoderate?: {card?: boolean, question?: boolean}}} Switches
 * @param {{known: {view: import("../shared/board.js").State}, acts: ReturnType<typeof import("./acts.js").openActs>,
 *   api: typeof import("../shared/staff.js").api, complain: (words: string) => void}} desk
 */
export function createRoom({ known, acts, api, complain }) {
  const room = { seconds: /** @type {import("./turns.js").Seconds} */ ({ ...TURN_SECONDS }) };

  function show(value, words, about = "") {
    const former = known.view.screen;
    acts.turn({
      key: "screen",
      value,
      former,
      words,
      about,
      show: (state, screen) => ({ ...state, screen }),
      send: (screen) => api.screen(screen),
    });
  }

  function scene(name, session = known.view.screen.session) {
    if (name === "blank") return blank();
    show({ scene: name, session: session ?? null, post: null }, WORDS.scene(LABELS.scenes[name]));
  }

  function questionsOf(session) {
    if (known.view.screen.turns) return show({ ...known.view.screen, session }, WORDS.scene(LABELS.scenes.questions));
    scene("questions", session);
  }

  function turns() {
    if (takingTurns(known.view.screen)) return scene("cards");
    takeTurns(room.seconds);
  }

  function turnSeconds(name, field) {
    const value = bounded(field.value);
    const next = { ...room.seconds, [name]: value };
    field.value = String(enough(next) ? value : room.seconds[name]);
    if (enough(next)) takeTurns(next);
    else complain(WORDS.twoTurns);
  }

  function takeTurns(seconds) {
    const list = turnsOf(seconds);
    show({ scene: list[0].scene, session: known.view.screen.session, post: null, turns: list }, WORDS.turns);
  }

  function blank() {
    const { screen } = known.view;
    const on = screen.scene !== "blank";
    show(on ? { scene: "blank", session: screen.session, post: null } : resumed(screen), WORDS.blank[Number(on)]);
  }

  function spotlight(post) {
    const { screen } = known.view;
    const on = !(screen.scene === "spotlight" && screen.post === post.id);
    const value = on ? { scene: "spotlight", session: screen.session, post: post.id } : resumed(screen);
    show(value, WORDS.spotlight[Number(on)], label(post));
  }

  /** @param {Switches} changes @param {Switches} former @param {string} words */
  function changeBoard(changes, former, words) {
    acts.turn({
      key: "board",
      value: changes,
      former,
      words,
      show: (state, values) => ({
        ...state,
        board: state.board && {
          ...state.board,
          ...values,
          premoderate: { ...state.board.premoderate, ...values.premoderate },
        },
      }),
      send: (values) => api.board(values),
    });
  }

  function freeze() {
    const on = !known.view.board?.frozen;
    changeBoard({ frozen: on }, { frozen: !on }, WORDS.frozen[Number(on)]);
  }

  function premoderate(kind) {
    const on = !known.view.board?.premoderate[kind];
    changeBoard({ premoderate: { [kind]: on } }, { premoderate: { [kind]: !on } }, WORDS.premoderate[kind][Number(on)]);
  }

  function cardsOpen() {
    const on = !known.view.board?.cards_open;
    changeBoard({ cards_open: on }, { cards_open: !on }, WORDS.cardsOpen[Number(on)]);
  }

  function session(id, questions) {
    const one = /** @type {any} */ (known.view.sessions.find((each) => each.id === id));
    acts.turn({
      key: `session ${id}`,
      value: questions,
      former: one.questions,
      words: WORDS.session(one.title, questions),
      show: (state, value) => ({
        ...state,
        sessions: state.sessions.map((each) => (each.id === id ? { ...each, questions: value } : each)),
      }),
      send: (value) => api.session(id, { questions: value }),
    });
  }

  /** The board as it is now. */
  function follow() {
    if (known.view.screen.turns) room.seconds = secondsOf(known.view.screen.turns);
  }

  return Object.assign(room, {
    follow,
    scene,
    questionsOf,
    turns,
    turnSeconds,
    blank,
    spotlight,
    freeze,
    premoderate,
    cardsOpen,
    session,
  });
}
