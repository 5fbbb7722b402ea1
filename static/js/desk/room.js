// The room's switches: posting, approval, questions of each session. Each is shown at once and can be undone (acts.js).
// @ts-check
import { WORDS } from "./outcomes.js";

/**
 * @import {Taking} from "../shared/wire"
 * @typedef {{frozen?: boolean, cards_open?: boolean, premoderate?: {card?: boolean, question?: boolean}}} Switches
 * @param {{known: {view: import("../shared/board.js").State}, acts: import("./acts.js").Acts,
 *   api: typeof import("../shared/staff.js").api}} desk
 */
export function createRoom({ known, acts, api }) {
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

  function premoderate(/** @type {"card"|"question"} */ kind) {
    const on = !known.view.board?.premoderate[kind];
    changeBoard({ premoderate: { [kind]: on } }, { premoderate: { [kind]: !on } }, WORDS.premoderate[kind][Number(on)]);
  }

  function cardsOpen() {
    const on = !known.view.board?.cards_open;
    changeBoard({ cards_open: on }, { cards_open: !on }, WORDS.cardsOpen[Number(on)]);
  }

  function session(/** @type {string} */ id, /** @type {Taking} */ questions) {
    const one = known.view.sessions.find((each) => each.id === id);
    if (!one) return; // it was taken out of the agenda meanwhile
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

  return { freeze, premoderate, cardsOpen, session };
}
