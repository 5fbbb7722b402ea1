// The agenda under the organiser's hands: written, moved, removed; each with its way back.
// @ts-check
import { say } from "../shared/words.js";
import { planned, proposed, wanted } from "./agendaplan.js";
import { createEditor } from "./editor.js";
import { same } from "./editing.js";

const NEW = "new-session";

/**
 * @param {{known: {base: any}, zone: () => string, first: () => string|null, calls: typeof import("./calls.js").calls, drafts: any,
 *   telling: ReturnType<typeof import("./telling.js").createTelling>, sheet: ReturnType<typeof import("./sheet.js").createSheet>, draw: () => void}} page
 */
export function createAgenda({ known, zone, first, calls, drafts, telling, sheet, draw }) {
  let editor = /** @type {any} */ (null);
  const all = () => known.base.sessions.map((session) => planned(session, zone()));
  const find = (id) => all().find((one) => one.id === id);

  /** The feed brings it too, a moment later. @param {{session?: any, present?: any}} answer */
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
    const mine = createEditor({
      drafts,
      id: NEW,
      read: () => proposal,
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

  function edit(id) {
    const seen = find(id);
    const mine = createEditor({
      drafts,
      id: `session-${id}`,
      read: () => find(id) ?? seen, // removed meanwhile: the refusal says so
      send: (typed) => calls.editSession(id, request({ ...(find(id) ?? seen) }, typed)),
      learn,
      saved: ({ session, warnings }) => outcome(say("agenda-saved", { title: session.title }), warnings, backTo(seen)),
      draw,
      resent: () => done(mine),
    });
    editor = mine;
    sheet.open({ kind: "session", id });
  }

  const backTo = (seen) => async () => {
    learn(await calls.editSession(seen.id, wanted(seen)));
    telling.say(say("organise-undone"));
  };

  function outcome(words, warnings, back) {
    telling.say([words, ...(warnings ?? []).map(({ detail }) => detail)].join(" "), back);
  }

  async function save() {
    if (await editor.save()) sheet.close();
  }

  /** Unless another sheet is open by now. */
  const done = (mine) => mine === editor && sheet.what?.kind === "session" && sheet.close();

  /** Opened, paused or closed by hand. */
  async function questions(id, state) {
    const before = find(id)?.questions;
    try {
      learn(await calls.editSession(id, { questions: state }));
      telling.say(say("agenda-questions-set", { title: find(id)?.title ?? "" }), async () => {
        learn(await calls.editSession(id, { questions: before }));
        telling.say(say("organise-undone"));
      });
    } catch (problem) {
      telling.complain(problem.detail);
    }
  }

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

  function fail(problem) {
    if (sheet.what) sheet.what.problem = problem;
    else telling.complain(problem.detail);
    draw();
  }

  const asked = (id) => [...known.base.posts.values()].filter(({ session }) => session === id).map((post) => post.id);

  function askRemoval(id) {
    sheet.open({ kind: "remove-session", id, to: "", questions: asked(id).length });
  }

  /** @param {string} id @param {string} to a session, or "" for none */
  async function remove(id, to) {
    const seen = find(id);
    const posts = asked(id);
    const has = sheet.what?.questions > 0;
    try {
      await calls.removeSession(id, has ? to || null : undefined);
      known.base = { ...known.base, sessions: known.base.sessions.filter((one) => one.id !== id) };
      drafts.drop(`session-${id}`);
      sheet.close();
      telling.say(say("agenda-removed", { title: seen?.title ?? "" }), seen ? putBack(seen, posts) : null);
    } catch (problem) {
      if (problem.answer.questions && sheet.what) sheet.what.questions = problem.answer.questions;
      fail(problem);
    }
  }

  /** The session again, and its questions with it. */
  const putBack = (seen, posts) => async () => {
    const { session } = await calls.addSession(wanted(seen));
    learn({ session });
    for (const id of posts) await calls.moveQuestion(id, session.id);
    telling.say(say("organise-undone"));
  };

  return {
    all,
    find,
    add,
    edit,
    save,
    questions,
    shift,
    askShift: (id) => sheet.open({ kind: "shift", id, minutes: "15" }),
    askRemoval,
    remove,
    retry: () => editor?.retry(),
    rooms: () => roomsOf(all()),
    get editor() {
      return editor;
    },
  };
}

/** A new session is sent, and again where the answer was lost: what the feed has brought meanwhile is not made twice. */
function createAdding({ known, zone, calls }) {
  const there = new Set(known.base.sessions.map(({ id }) => id));
  let tried = false;
  return async (form) => {
    const isIt = (one) => !there.has(one.id) && same(wanted(planned(one, zone())), form);
    const made = tried && known.base.sessions.find(isIt);
    tried = true;
    return made ? { session: made } : calls.addSession(form);
  };
}

/** Only what differs, with what stood there before. */
function request(present, { expect, ...typed }) {
  const [before, after] = [wanted({ ...present, ...expect }), wanted({ ...present, ...typed })];
  const fields = Object.keys(after).filter((field) => !same(before[field], after[field]));
  const of = (all) => Object.fromEntries(fields.map((field) => [field, all[field]]));
  return { ...of(after), expect: of(before) };
}

/** Each once. @param {{room: string}[]} sessions */
const roomsOf = (sessions) => [...new Set(sessions.map(({ room }) => room).filter(Boolean))];
