// Webhooks: other programs that are sent messages about the board. Made, their secret shown once, removed.
// @ts-check
import { say } from "../shared/words.js";
import { copyText, createDoing } from "./doing.js";
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
  const doing = createDoing({ sheet, draw, after: hooks.load });

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
  const copy = (secret) =>
    copyText({
      text: secret,
      field: "fresh-secret",
      telling,
      copied: () => {
        if (sheet.what?.kind === "fresh-hook") sheet.what.copied = true;
        draw();
      },
    });

  return { hooks, add, type, make, remove, ask, copy };
}

/** The path may be a secret of the receiver: lists show the computer alone. @param {Webhook} hook */
export const hostOf = ({ url }) => new URL(url).host;
