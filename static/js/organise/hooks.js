// Webhooks: other programs that are sent messages about the board. Made, their secret shown once, removed.
// @ts-check
import { problemOf } from "../shared/api.js";
import { say } from "../shared/words.js";
import { createFetched } from "./fetched.js";

/** @import { Webhook } from "../shared/wire" */
/** @import { Calls, Drafts, NewHookSheet, Sheet, Telling } from "./types" */

/** In the order in which they are offered. */
export const EVENTS = /** @type {const} */ ([
  "card.visible",
  "question.visible",
  "question.answered",
  "post.hidden",
  "board.archived",
  "board.expires",
]);

/** @param {{calls: Calls, drafts: Drafts, telling: Telling, sheet: Sheet, draw: () => void}} page */
export function createHooks({ calls, drafts, telling, sheet, draw }) {
  const hooks = createFetched(calls.webhooks, draw);

  function add() {
    const typed = { url: "", events: [...EVENTS], ...drafts.get("new-hook") };
    sheet.open({ kind: "new-hook", ...typed, problem: null, busy: false });
  }

  /** @param {Partial<Pick<NewHookSheet, "url"|"events">>} changes */
  function type(changes) {
    const { what } = sheet;
    if (what?.kind !== "new-hook") return;
    Object.assign(what, changes);
    drafts.set("new-hook", { url: what.url, events: what.events });
    draw();
  }

  /** Does it from the sheet. @param {() => Promise<void>} act */
  async function doing(act) {
    const { what } = sheet;
    if (!what || what.busy) return;
    Object.assign(what, { busy: true, problem: null });
    draw();
    try {
      await act();
    } catch (problem) {
      what.problem = problemOf(problem);
    } finally {
      what.busy = false;
      hooks.load();
      draw();
    }
  }

  /** The secret is in this answer alone: the sheet stays until it is closed by hand. */
  const make = () =>
    doing(async () => {
      const { what } = sheet;
      if (what?.kind !== "new-hook") return;
      const { webhook } = await calls.addWebhook(what.url.trim(), what.events);
      drafts.drop("new-hook");
      sheet.open({ kind: "fresh-hook", hook: webhook, secret: webhook.secret, copied: false });
    });

  const remove = (/** @type {Webhook} */ hook) =>
    doing(async () => {
      await calls.removeWebhook(hook.id);
      hooks.learn({ webhooks: (hooks.value?.webhooks ?? []).filter(({ id }) => id !== hook.id) });
      sheet.close();
      telling.say(say("hooks-removed", { host: hostOf(hook) }));
    });

  const ask = (/** @type {Webhook} */ hook) => sheet.open({ kind: "remove-hook", hook, problem: null, busy: false });

  /** @param {string} secret */
  async function copy(secret) {
    try {
      await navigator.clipboard.writeText(secret);
      if (sheet.what?.kind === "fresh-hook") sheet.what.copied = true;
      draw();
    } catch {
      /** @type {HTMLInputElement|null} */ (document.getElementById("fresh-secret"))?.select();
      telling.complain(say("links-copy-by-hand"));
    }
  }

  return { hooks, add, type, make, remove, ask, copy };
}

/** The path may be a secret of the receiver: lists show the computer alone. @param {Webhook} hook */
export const hostOf = ({ url }) => new URL(url).host;
