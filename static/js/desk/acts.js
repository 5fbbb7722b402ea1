// What moderators do: shown at once, sent, taken back where the server refuses, and undone within ten seconds.
// @ts-check
import { limits } from "../shared/limits.js";
import { api } from "../shared/staff.js";
import { say as tell } from "../shared/words.js";
import { byDestination, wayBack } from "./queue.js";
import { createSending } from "./sending.js";

const WORDS = {
  approve: [tell("desk-did-approve"), (n) => tell("desk-did-approve-many", { n })],
  restore: [tell("desk-did-restore"), (n) => tell("desk-did-restore-many", { n })],
  hold: [tell("desk-did-hold"), (n) => tell("desk-did-hold-many", { n })],
  stays: [tell("desk-did-stay"), (n) => tell("desk-did-stay-many", { n })],
  undone: tell("desk-undone"),
  again: tell("desk-undone-again"),
};
// The answer to a switch carries no number, so the feed has the last word; until it speaks, what was asked for is shown.
const LINGER_MS = 400;

/**
 * @typedef {import("../shared/board.js").State} State
 * @typedef {import("../shared/wire").Post} Post
 * @typedef {{words: string, about?: string, back: () => Act, until: number, seq: number, offBoard: boolean}} Undo
 * @typedef {{keys: string[], words: string, about?: string, ids?: string[], apply: (state: State) => State, send: () => Promise<any>,
 *   back?: () => Act, failed?: () => void, linger?: boolean, quiet?: boolean, offBoard?: boolean, inTheirWords?: boolean}} Act
 *   inTheirWords: why it was refused is told as the server tells it
 */

/**
 * @param {{me: string, again: Set<string>, label: (post: Post) => string, teach: (posts: any[]) => void,
 *   changed: (act: Act|null) => void, refused: (problem: any, act: Act) => void, say: (words: string) => void}} desk
 *   teach: the server has these posts
 */
export function openActs({ me, again, label, teach, changed, refused, say }) {
  const overlays = new Map(); // what was asked for and not yet confirmed, in this order
  const tails = new Map(); // one post's acts go out one after the other
  let undos = /** @type {Undo[]} */ ([]);

  function run(/** @type {Act} */ act) {
    const token = Symbol(act.words);
    overlays.set(token, act.apply);
    const undo = act.back
      ? {
          words: act.words,
          about: act.about,
          back: act.back,
          until: performance.now() + limits().undo_seconds * 1000,
          seq: 0,
          offBoard: Boolean(act.offBoard),
        }
      : null;
    if (undo) undos.push(undo);
    const before = Promise.all(act.keys.map((key) => tails.get(key)));
    const done = before.then(act.send).then(
      (seq) => undo && (undo.seq = Number(seq) || 0),
      (problem) => {
        undos = undos.filter((one) => one !== undo);
        act.failed?.();
        refused(problem, act);
      },
    );
    for (const key of act.keys) tails.set(key, done);
    done.then(() => settle(token, act, done));
    changed(act);
  }

  function settle(token, act, done) {
    for (const key of act.keys) if (tails.get(key) === done) tails.delete(key);
    const drop = () => {
      overlays.delete(token);
      changed(null);
    };
    if (act.linger) setTimeout(drop, LINGER_MS);
    else drop();
  }

  const { sendMove, sendBack } = createSending({ api, teach, say });

  /** Approve, restore or hold one post or many; `saved` is called once the server has what was to be sent. */
  function move(/** @type {Post[]} */ posts, /** @type {"approve"|"hold"} */ name, reason = "", saved = () => {}) {
    // Their decision was undone, and now it is made for good: nothing is left to send.
    const staying = name === "hold" ? posts.filter((post) => again.has(post.id)) : [];
    const groups = byDestination(posts, name);
    const moving = [...groups.values()].flat();
    const all = [...moving, ...staying];
    if (!all.length) return;
    const ids = all.map((post) => post.id);
    const moved = new Map(); // id → the post as it was, once the server has moved it
    const wereAgain = new Set(ids.filter((id) => again.delete(id)));
    const kind = name === "approve" && moving.every((post) => post.state !== "pending") ? "restore" : name;
    const words = /** @type {[string, (n: number) => string]} */ (moving.length ? WORDS[kind] : WORDS.stays);
    run({
      keys: ids,
      ids,
      words: all.length === 1 ? words[0] : words[1](all.length),
      about: all.length === 1 ? label(all[0]) : "",
      offBoard: groups.has("hidden"), // then it matters whether the screens have heard
      apply: patch(
        [...groups].flatMap(([state, group]) =>
          group.map((post) => [
            post.id,
            { state, moderated_by: me, ...(state === "visible" ? {} : { pinned: false }) },
          ]),
        ),
      ),
      failed: () => wereAgain.forEach((id) => again.add(id)),
      send: async () => {
        let seq = 0;
        for (const [state, group] of groups) seq = Math.max(seq, await sendMove(group, state, reason, moved));
        if (moved.size) saved();
        return seq;
      },
      back: () => unmove(ids, groups, moved, wereAgain),
    });
  }

  function unmove(ids, groups, moved, wereAgain) {
    const ways = [...groups].flatMap(([state, group]) =>
      group.map((post) => ({ post, from: state, ...wayBack(post, state) })),
    );
    const toDecide = new Set([...ways.filter((way) => way.again).map((way) => way.post.id), ...wereAgain]);
    toDecide.forEach((id) => again.add(id));
    return {
      keys: ids,
      ids,
      words: toDecide.size ? WORDS.again : WORDS.undone,
      quiet: true,
      apply: patch(ways.filter((way) => way.changes).map((way) => [way.post.id, { ...way.changes, moderated_by: me }])),
      failed: () => toDecide.forEach((id) => again.delete(id)),
      send: () => sendBack(ways.filter((way) => way.changes && moved.has(way.post.id))),
    };
  }

  /** Anything about a post but its state; `former` is what these fields were; `saved` is called once the server has it. */
  function change(/** @type {Post} */ post, changes, words, saved = () => {}) {
    const former = Object.fromEntries(
      Object.keys(changes).map((key) => [key, post[key] ?? (typeof changes[key] === "boolean" ? false : null)]),
    );
    const make = (values, said, back) => ({
      keys: [post.id],
      ids: [post.id],
      words: said,
      about: label(post),
      quiet: !back,
      apply: patch([[post.id, { ...values, moderated_by: me }]]),
      send: async () => {
        const answer = await api.moderate(post.id, { ...values, expect: post.state });
        teach([answer.post]);
        if (back) saved();
        return answer.post.seq;
      },
      back,
    });
    run(make(changes, words, () => make(former, WORDS.undone, undefined)));
  }

  /** A switch of the room: sent by `send(value)`, shown by `show(state, value)`, undone by its former value. */
  function turn({ key, value, former, words, about = "", show, send, ids = undefined }) {
    const make = (wanted, said, back) => ({
      keys: [key],
      ids,
      words: said,
      about,
      quiet: !back,
      linger: true,
      apply: (state) => show(state, wanted),
      send: async () => void (await send(wanted)),
      back,
    });
    run(make(value, words, () => make(former, WORDS.undone, undefined)));
  }

  /** What the server has done already: shown as other acts are, and undone by `sendBack`, if nobody has changed it since. */
  function done({ id, words, about, sendBack }) {
    const make = (said, send, back) => ({
      keys: [id],
      ids: [id],
      words: said,
      about,
      quiet: !back,
      inTheirWords: true,
      apply: (state) => state,
      send,
      back,
    });
    const undo = async () => teach([(await sendBack()).post]);
    run(
      make(
        words,
        async () => 0,
        () => make(WORDS.undone, undo, undefined),
      ),
    );
  }

  return {
    move,
    change,
    turn,
    done,
    /** @param {State} state what is known @returns {State} with what was asked for */
    over: (state) => [...overlays.values()].reduce((shown, apply) => apply(shown), state),
    /** The act that U would undo now, and how many more there are. */
    latest() {
      undos = undos.filter((undo) => undo.until > performance.now());
      return { undo: undos[undos.length - 1] ?? null, more: Math.max(undos.length - 1, 0) };
    },
    undo() {
      const undo = this.latest().undo;
      if (!undo) return null;
      undos = undos.filter((one) => one !== undo);
      const act = undo.back();
      say(act.words);
      run(act);
      return act;
    },
  };
}

const patch = (changes) => (state) => {
  const posts = new Map(state.posts);
  for (const [id, values] of changes) if (posts.has(id)) posts.set(id, { ...posts.get(id), ...values });
  return { ...state, posts };
};
