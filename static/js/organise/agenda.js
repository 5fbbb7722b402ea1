// The agenda under the organiser's hands: written, moved, removed; each with its way back.
// @ts-check
import { problemOf } from "../shared/api.js";
import { say } from "../shared/words.js";
import { neighbours, planned, proposed, stoodAt, wanted } from "./agendaplan.js";
import { createEditor } from "./editor.js";
import { same } from "./editing.js";

/** @import { State } from "../shared/board.js" */
/** @import { Session } from "../shared/wire" */
/** @import { Planned } from "./agendaplan.js" */
/** @import { Calls, Drafts, Editor, SessionAnswer, SessionForm, Sheet, Telling } from "./types" */

const NEW = "new-session";

/**
 * @param {{known: {base: State}, zone: () => string, first: () => string|null, calls: Calls,
 *   drafts: Drafts, telling: Telling, sheet: Sheet, draw: () => void}} page
 */
export function createAgenda({ known, zone, first, calls, drafts, telling, sheet, draw }) {
  let editor = /** @type {Editor<SessionForm>|null} */ (null);
  const all = () => known.base.sessions.map((session) => planned(session, zone()));
  const find = (/** @type {string} */ id) => all().find((one) => one.id === id);

  /** The feed brings it too, a moment later. @param {{session?: Session, present?: Session}} answer */
  function learn({ session, present }) {
    const news = session ?? present;
    if (!news?.id) return;
    const there = known.base.sessions.some(({ id }) => id === news.id);
    const sessions = there
      ? known.base.sessions.map((one) => (one.id === news.id ? news : one))
      : [...known.base.sessions, news];
    known.base = { ...known.base, sessions };
    draw();
  }

  function add() {
    const proposal = proposed(all(), first());
    const send = createAdding({ known, zone, calls });
    /** @type {Editor<SessionForm>} */
    const mine = createEditor({
      drafts,
      id: NEW,
      read: /** @returns {SessionForm} */ () => proposal,
      send: ({ expect: _, ...typed }) => send(wanted({ ...proposal, ...typed })),
      learn,
      saved: ({ session, warnings }) =>
        outcome(say("agenda-added", { title: session.title }), warnings, () => calls.removeSession(session.id)),
      draw,
      resent: () => done(mine),
    });
    editor = mine;
    sheet.open({ kind: "session", id: "" });
  }

  /** @param {string} id */
  function edit(id) {
    const seen = find(id);
    if (!seen) return; // somebody else has removed it meanwhile
    const { behind } = neighbours(all(), id);
    /** @type {Editor<SessionForm>} */
    const mine = createEditor({
      drafts,
      id: `session-${id}`,
      read: /** @returns {SessionForm} */ () => find(id) ?? seen, // removed meanwhile: the refusal says so
      send: (typed) => calls.editSession(id, request({ ...(find(id) ?? seen) }, typed)),
      learn,
      saved: ({ session, warnings }) =>
        outcome(say("agenda-saved", { title: session.title }), warnings, backTo(seen, behind)),
      draw,
      resent: () => done(mine),
    });
    editor = mine;
    sheet.open({ kind: "session", id });
  }

  const backTo = (/** @type {Planned} */ seen, /** @type {string|null} */ behind) => async () => {
    learn(await calls.editSession(seen.id, { ...wanted(seen), ...stoodAt(all(), seen, behind) }));
    telling.say(say("organise-undone"));
  };

  /**
   * @param {string} words @param {SessionAnswer["warnings"]} warnings
   * @param {() => Promise<unknown>} back
   */
  function outcome(words, warnings, back) {
    telling.say([words, ...(warnings ?? []).map(({ detail }) => detail)].join(" "), back);
  }

  async function save() {
    if (await editor?.save()) sheet.close();
  }

  /** Unless another sheet is open by now. @param {Editor<SessionForm>} mine */
  const done = (mine) => void (mine === editor && sheet.what?.kind === "session" ? sheet.close() : null);

  /** Opened, paused or closed by hand. @param {string} id @param {string} state */
  async function questions(id, state) {
    const before = find(id)?.questions;
    try {
      learn(await calls.editSession(id, { questions: state }));
      telling.say(say("agenda-questions-set", { title: find(id)?.title ?? "" }), async () => {
        learn(await calls.editSession(id, { questions: before }));
        telling.say(say("organise-undone"));
      });
    } catch (problem) {
      telling.complain(problemOf(problem).detail);
    }
  }

  /** @param {string} id @param {number} minutes */
  async function shift(id, minutes) {
    try {
      const { sessions } = await calls.shift(id, minutes);
      for (const session of sessions) learn({ session });
      const only = sessions.map((one) => one.id);
      sheet.close();
      telling.say(
        say(minutes > 0 ? "agenda-later" : "agenda-earlier", { n: sessions.length, minutes: Math.abs(minutes) }),
        async () => {
          const back = await calls.shift(id, -minutes, only);
          for (const session of back.sessions) learn({ session });
          telling.say(say("organise-undone"));
        },
      );
    } catch (problem) {
      fail(problem);
    }
  }

  /** @param {unknown} error */
  function fail(error) {
    const problem = problemOf(error);
    if (sheet.what) sheet.what.problem = problem;
    else telling.complain(problem.detail);
    draw();
  }

  const { askRemoval, remove } = createRemoval({ known, all, find, calls, drafts, telling, sheet, learn, fail });

  return {
    all,
    find,
    add,
    edit,
    save,
    questions,
    shift,
    askShift: (/** @type {string} */ id) => sheet.open({ kind: "shift", id, minutes: "15" }),
    askRemoval,
    remove,
    retry: () => editor?.retry(),
    rooms: () => roomsOf(all()),
    get editor() {
      return editor;
    },
  };
}

/**
 * A session is removed. One with questions asks first where they go.
 * @param {{known: {base: State}, all: () => Planned[], find: (id: string) => Planned|undefined, calls: Calls, drafts: Drafts,
 *   telling: Telling, sheet: Sheet, learn: (answer: {session?: Session}) => void, fail: (error: unknown) => void}} page
 */
function createRemoval({ known, all, find, calls, drafts, telling, sheet, learn, fail }) {
  const asked = (/** @type {string} */ id) =>
    [...known.base.posts.values()].filter(({ session }) => session === id).map((post) => post.id);

  /** @param {string} id */
  function askRemoval(id) {
    sheet.open({ kind: "remove-session", id, to: "", questions: asked(id).length });
  }

  /** @param {string} id @param {string} to a session, or "" for none */
  async function remove(id, to) {
    const seen = find(id);
    const { behind } = neighbours(all(), id);
    const posts = asked(id);
    const what = sheet.what?.kind === "remove-session" ? sheet.what : null;
    const has = (what?.questions ?? 0) > 0;
    try {
      await calls.removeSession(id, has ? to || null : undefined);
      known.base = { ...known.base, sessions: known.base.sessions.filter((one) => one.id !== id) };
      drafts.drop(`session-${id}`);
      sheet.close();
      telling.say(say("agenda-removed", { title: seen?.title ?? "" }), seen ? putBack(seen, behind, posts) : null);
    } catch (problem) {
      const { questions } = problemOf(problem).answer;
      if (what && typeof questions === "number") what.questions = questions;
      fail(problem);
    }
  }

  /** The session again, and its questions with it. */
  const putBack =
    (/** @type {Planned} */ seen, /** @type {string|null} */ behind, /** @type {string[]} */ posts) => async () => {
      const { session } = await calls.addSession({ ...wanted(seen), ...stoodAt(all(), seen, behind) });
      learn({ session });
      for (const id of posts) await calls.moveQuestion(id, session.id);
      telling.say(say("organise-undone"));
    };

  return { askRemoval, remove };
}

/**
 * A new session is sent, and again where the answer was lost: what the feed has brought meanwhile is not made twice.
 * @typedef {ReturnType<typeof wanted>} Wanted
 * @param {{known: {base: State}, zone: () => string, calls: Calls}} page @returns {(form: Wanted) => Promise<SessionAnswer>}
 */
function createAdding({ known, zone, calls }) {
  const there = new Set(known.base.sessions.map(({ id }) => id));
  let tried = false;
  return async (form) => {
    const isIt = (/** @type {Session} */ one) => !there.has(one.id) && same(wanted(planned(one, zone())), form);
    const made = tried && known.base.sessions.find(isIt);
    tried = true;
    return made ? { session: made } : calls.addSession(form);
  };
}

/**
 * Only what differs, with what stood there before.
 * @param {SessionForm} present @param {Partial<SessionForm> & {expect: Partial<SessionForm>}} changes
 */
function request(present, { expect, ...typed }) {
  /** @type {Record<string, unknown>[]} */
  const [before, after] = [wanted({ ...present, ...expect }), wanted({ ...present, ...typed })];
  const fields = Object.keys(after).filter((field) => !same(before[field], after[field]));
  const of = (/** @type {Record<string, unknown>} */ all) =>
    Object.fromEntries(fields.map((field) => [field, all[field]]));
  return { ...of(after), expect: of(before) };
}

/** Each once. @param {{room: string}[]} sessions */
const roomsOf = (sessions) => [...new Set(sessions.map(({ room }) => room).filter(Boolean))];
