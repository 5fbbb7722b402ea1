// What somebody has written goes out: new posts and changes, what becomes of them, and taking back.
// @ts-check
import { api, problemOf } from "../shared/api.js";
import { newId } from "../shared/ids.js";
import { say as tell } from "../shared/words.js";
import { changeOf } from "./fates.js";
import { openOutbox } from "./outbox.js";
import { buzz } from "./saying.js";

/** @import { Problem } from "../shared/api.js" */
/** @import { Keep } from "../shared/keep.js" */
/** @import { Kind, Post } from "../shared/wire" */
/** @import { Draft } from "./draft.js" */
/** @import { Body, Entry } from "./outbox.js" */
/** @import { Composer, Fault, Looks, Own, Say } from "./types" */

/**
 * @param {{keep: Pick<Keep, "get"|"set">, own: Own, who: ReturnType<typeof import("./who.js").createWho>, composer: Composer, say: Say,
 *   onSend: (kind: string) => void, onChange: () => void}} page onSend: a new post goes out
 */
export function createSending({ keep, own, who, composer, say, onSend, onChange }) {
  let sure = ""; // the own post whose taking back is being confirmed

  const outbox = openOutbox({
    keep,
    before: who.deliver,
    owes: who.isOwed,
    deliver: async ({ body, edits }) => (await (edits ? api.edit(edits, body) : api.post(body))).post,
    onChange,
    onSent: sent,
    onRefused: refused,
    onOwedRefused: nameRefused,
  });

  /** @param {Body} body @param {Looks} shown */
  function send(body, shown) {
    const id = newId();
    outbox.add({ id, body: { ...body, id }, shown });
    onSend(/** @type {Kind} */ (body.kind));
  }

  /** @param {Post} post @param {Entry} entry */
  function sent(post, entry) {
    if (entry.edits) return own.take(post);
    buzz();
    own.posted(post);
    say(tell(post.state === "pending" ? "sent-to-moderator" : "sent-to-board"), "ok");
  }

  /** The board will not take it as it is: back into the sheet, unless something else is being written there. @param {Entry} entry */
  function refused(entry) {
    own.load(); // what this phone may do has changed, perhaps
    if (composer.isFree(entry.edits ? "" : /** @type {Kind} */ (entry.body.kind))) rewrite(entry);
    onChange();
  }

  /** @param {Entry} entry */
  function rewrite(entry) {
    const { id, body, shown, detail, field } = entry;
    const problem = /** @type {Fault} */ ({ field, detail });
    const post = entry.edits ? own.posts.get(entry.edits) : null;
    if (entry.edits && !post) return;
    outbox.remove(id);
    if (post)
      return composer.open(post.kind, { post, body: /** @type {Partial<Draft>} */ ({ ...body, ...shown }), problem });
    if (field === "name" || field === "team") who.forget();
    const { id: _, ...draft } = body;
    composer.open(/** @type {Kind} */ (body.kind), {
      body: /** @type {Partial<Draft>} */ ({ ...draft, ...shown }),
      problem,
    });
  }

  /** @param {Problem} problem */
  function nameRefused(problem) {
    who.forget();
    say(problem.detail, "bad");
  }

  /**
   * What waits already is part of it. Without an answer it is kept, and goes out by itself.
   * @param {string} id @param {Body} changes @param {Looks} shown
   */
  async function edit(id, changes, shown) {
    const waits = changeOf(outbox.entries(), id);
    const body = { ...waits?.body, ...changes };
    if (!Object.keys(body).length) return;
    try {
      own.take((await api.edit(id, body)).post);
      if (waits) outbox.remove(waits.id);
    } catch (problem) {
      if (!problemOf(problem).passes) throw problem;
      outbox.add({ id: newId(), body, edits: id, shown: { ...waits?.shown, ...shown } });
      say(tell("waits-change"), "warn");
    }
  }

  /** @param {{id: string}} post */
  async function withdraw({ id }) {
    sure = "";
    try {
      own.take((await api.withdraw(id)).post);
      say(tell("post-taken-back"), "ok");
    } catch (problem) {
      say(problemOf(problem).detail, "bad");
    }
  }

  /** @param {{id: string}|null} post */
  function askSure(post) {
    sure = post?.id ?? "";
    onChange();
  }

  const discard = (/** @type {Entry} */ entry) => outbox.remove(entry.id);
  const { entries, flush } = outbox;
  return { send, edit, rewrite, discard, withdraw, askSure, sure: () => sure, entries, flush };
}
