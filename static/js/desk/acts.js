// What moderators do: shown at once, sent, taken back where the server refuses, and undone within ten seconds.
// @ts-check
import { api } from "../shared/staff.js";
import { say as tell } from "../shared/words.js";
import { byDestination, waysBack } from "./queue.js";
import { createRunning } from "./running.js";
import { createSending } from "./sending.js";
import { formerOf, shownWith } from "./translating.js";

/** For one post, and for many. @type {Record<"approve"|"restore"|"hold"|"stays", [string, (n: number) => string]>} */
const MOVED = {
  approve: [tell("desk-did-approve"), (n) => tell("desk-did-approve-many", { n })],
  restore: [tell("desk-did-restore"), (n) => tell("desk-did-restore-many", { n })],
  hold: [tell("desk-did-hold"), (n) => tell("desk-did-hold-many", { n })],
  stays: [tell("desk-did-stay"), (n) => tell("desk-did-stay-many", { n })],
};
const WORDS = { undone: tell("desk-undone"), again: tell("desk-undone-again") };

/**
 * @import {Problem} from "../shared/api.js"
 * @import {State} from "../shared/board.js"
 * @import {Post, PostState} from "../shared/wire"
 * @typedef {{keys: string[], words: string, about?: string, ids?: string[], apply: (state: State) => State, send: () => Promise<number|void>,
 *   back?: () => Act, failed?: () => void, linger?: boolean, quiet?: boolean, offBoard?: boolean, inTheirWords?: boolean}} Act
 *   send: gives the seq of the change, where it is known; inTheirWords: the toast shows the refusal of the server as it is
 * @typedef {Partial<Pick<Post, "pinned"|"answered"|"answer"|"session"|"owner"|"due"|"set_aside">
 *   & {answer_translations: Record<string, string|null>}>} Changed answer_translations: by language; null: this one no longer
 * @typedef {ReturnType<typeof openActs>} Acts
 */

/**
 * @template T
 * @typedef {{key: string, value: T, former: T, words: string, about?: string, show: (state: State, value: T) => State,
 *   send: (value: T) => Promise<unknown>, ids?: string[]}} Turned
 */

/**
 * @param {{me: string, again: Set<string>, label: (post: Post) => string, teach: (posts: Post[]) => void,
 *   changed: (act: Act|null) => void, refused: (problem: Problem, act: Act) => void, remember: (ids: string[]) => () => Promise<void>, say: (words: string) => void}} desk
 *   teach: the server has these posts; remember: what screens show these posts alone, for its answer to give it back
 */
export function openActs({ me, again, label, teach, changed, refused, remember, say }) {
  const { run, over, latest, takeUndo } = createRunning({ changed, refused });
  const { sendMove, sendBack } = createSending({ api, teach, say });

  /** Approve, restore or hold one post or many; `saved` is called once the server has what was to be sent. */
  function move(/** @type {Post[]} */ posts, /** @type {"approve"|"hold"} */ name, reason = "", saved = () => {}) {
    // Their decision was undone, and now it is made for good: nothing is left to send.
    const staying = name === "hold" ? posts.filter((post) => again.has(post.id)) : [];
    const groups = byDestination(posts, name);
    const moving = [...groups.values()].flat(),
      all = [...moving, ...staying];
    if (!all.length) return;
    const ids = all.map((post) => post.id);
    const moved = /** @type {Map<string, Post>} */ (new Map()); // id → the post as it was, once the server has moved it
    const wereAgain = new Set(ids.filter((id) => again.delete(id)));
    const light = remember(groups.has("hidden") ? ids : []);
    const kind = name === "approve" && moving.every((post) => post.state !== "pending") ? "restore" : name;
    const [one, many] = MOVED[moving.length ? kind : "stays"];
    run({
      keys: ids,
      ids,
      words: all.length === 1 ? one : many(all.length),
      about: all.length === 1 ? label(all[0]) : "",
      offBoard: groups.has("hidden"), // then it matters whether the screens have heard
      apply: patch(
        [...groups].flatMap(([state, group]) => {
          const values = { state, moderated_by: me, ...(state === "visible" ? {} : { pinned: false }) };
          return group.map(({ id }) => /** @type {const} */ ([id, values]));
        }),
      ),
      failed: () => wereAgain.forEach((id) => again.add(id)),
      send: async () => {
        let seq = 0;
        for (const [state, group] of groups) seq = Math.max(seq, await sendMove(group, state, reason, moved));
        if (moved.size) saved();
        return seq;
      },
      back: () => unmove({ ids, groups, moved, wereAgain, light }),
    });
  }

  /**
   * @param {{ids: string[], groups: Map<PostState, Post[]>, moved: Map<string, Post>, wereAgain: Set<string>,
   *   light: () => Promise<void>}} move @returns {Act}
   */
  function unmove({ ids, groups, moved, wereAgain, light }) {
    const ways = waysBack(groups);
    const toDecide = new Set([...ways.filter((way) => way.again).map((way) => way.post.id), ...wereAgain]);
    toDecide.forEach((id) => again.add(id));
    return {
      keys: ids,
      ids,
      words: toDecide.size ? WORDS.again : WORDS.undone,
      quiet: true,
      apply: patch(
        ways.flatMap(({ post, changes }) =>
          changes ? [/** @type {const} */ ([post.id, { ...changes, moderated_by: me }])] : [],
        ),
      ),
      failed: () => toDecide.forEach((id) => again.delete(id)),
      send: () => sendBack(ways.filter((way) => way.changes && moved.has(way.post.id))).then(light),
    };
  }

  /** Anything about a post but its state; `former` is what these fields were; `saved` is called once the server has it. */
  function change(
    /** @type {Post} */ post,
    /** @type {Changed} */ changes,
    /** @type {string} */ words,
    saved = () => {},
  ) {
    const former = formerOf(post, changes);
    const light = remember([post.id]);
    /** @param {Changed} values @param {string} said @param {() => Act} [back] @returns {Act} */
    const make = (values, said, back) => ({
      keys: [post.id],
      ids: [post.id],
      words: said,
      about: label(post),
      quiet: !back,
      apply: patch([[post.id, { ...shownWith(post, values), moderated_by: me }]]),
      send: async () => {
        const answer = await api.moderate(post.id, { ...values, expect: post.state });
        teach([answer.post]);
        if (back) saved();
        else await light();
        return answer.post.seq;
      },
      back,
    });
    run(make(changes, words, () => make(former, WORDS.undone, undefined)));
  }

  /**
   * A switch of the room: sent by `send(value)`, shown by `show(state, value)`, undone by its former value.
   * @template T @param {Turned<T>} switched
   */
  function turn({ key, value, former, words, about = "", show, send, ids }) {
    /** @param {T} wanted @param {string} said @param {() => Act} [back] @returns {Act} */
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

  /**
   * What the server has done already: shown as other acts are, and undone by `sendBack`, if nobody has changed it since.
   * @param {{id: string, words: string, about: string, sendBack: () => Promise<{post: Post}>}} deed
   */
  function done({ id, words, about, sendBack }) {
    /** @param {string} said @param {Act["send"]} send @param {() => Act} [back] @returns {Act} */
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
    const undo = () => make(WORDS.undone, async () => teach([(await sendBack()).post]));
    run(make(words, async () => 0, undo));
  }

  /** @returns {Act|null} null: there is nothing to undo */
  function undo() {
    const act = takeUndo();
    if (!act) return null;
    say(act.words);
    run(act);
    return act;
  }

  return { move, change, turn, done, over, latest, undo };
}

/** @param {(readonly [string, Partial<Post>])[]} changes by id @returns {(state: State) => State} */
const patch = (changes) => (state) => {
  const posts = new Map(state.posts);
  for (const [id, values] of changes) {
    const known = posts.get(id);
    if (known) posts.set(id, { ...known, ...values });
  }
  return { ...state, posts };
};
