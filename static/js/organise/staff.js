// Staff links: made, shown once with a QR code, renewed for the next shift, taken back.
// @ts-check
import { say } from "../shared/words.js";
import { copyText, createDoing } from "./doing.js";
import { createFetched } from "./fetched.js";

/** @import { Link } from "../shared/wire" */
/** @import { Calls, Drafts, FreshLink, FreshLinkSheet, LinkAct, NewLinkSheet, Sheet, Telling } from "./types" */

/**
 * @param {{calls: Calls, drafts: Drafts, telling: Telling,
 *   sheet: Sheet, draw: () => void}} page
 */
export function createStaff({ calls, drafts, telling, sheet, draw }) {
  const links = createFetched(calls.links, draw);
  const doing = createDoing({ sheet, draw, after: links.load });

  function add() {
    sheet.open({ kind: "new-link", role: "moderator", ...drafts.get("new-link"), problem: null, busy: false });
  }

  /** @param {Partial<Pick<NewLinkSheet, "role"|"name"|"screen">>} changes */
  function type(changes) {
    const { what } = sheet;
    if (what?.kind !== "new-link") return;
    Object.assign(what, changes);
    drafts.set("new-link", { role: what.role, name: what.name ?? "", screen: what.screen ?? "" });
    draw();
  }

  /**
   * The address is in this answer alone: the sheet stays until it is closed by hand.
   * @param {FreshLink} made
   */
  async function show({ link, url }) {
    /** @type {FreshLinkSheet} */
    const shown = { kind: "fresh-link", link, url, qr: null, copied: false };
    sheet.open(shown);
    try {
      shown.qr = (await calls.qr(url)).qr;
    } catch {
      // the address can be copied all the same
    }
    draw();
  }

  /** What the answer says stands in the list at once: a row that is gone would be acted on. @param {(links: Link[]) => Link[]} changed */
  const learn = (changed) => links.value && links.learn({ links: changed(links.value.links) });

  const make = () =>
    doing(async () => {
      const { what } = sheet;
      if (what?.kind !== "new-link") return;
      const { role, name, screen } = what;
      const made = await calls.addLink(role, (name ?? "").trim(), role === "screen" ? screen : "");
      drafts.drop("new-link");
      learn((all) => [...all, made.link]);
      await show(made);
    });

  const renew = (/** @type {Link} */ link) =>
    doing(async () => {
      const made = await calls.renewLink(link.id);
      learn((all) => all.map((one) => (one.id === link.id ? made.link : one)));
      await show(made);
    });

  const revoke = (/** @type {Link} */ link) =>
    doing(async () => {
      const { undo } = await calls.removeLink(link.id);
      learn((all) => all.filter(({ id }) => id !== link.id));
      sheet.close();
      telling.say(say("links-revoked", { name: link.name }), undo ? giveBack(undo) : null);
    });

  /** The link opens again what it opened. @param {string} undo */
  const giveBack = (undo) => async () => {
    await calls.takeBack(undo);
    telling.say(say("organise-undone"));
    await links.load();
  };

  /** @param {string} url */
  const copy = (url) =>
    copyText({
      text: url,
      field: "fresh-url",
      telling,
      copied: () => {
        if (sheet.what?.kind === "fresh-link") sheet.what.copied = true;
        draw();
      },
    });

  const ask = (/** @type {LinkAct} */ kind, /** @type {Link} */ link) =>
    sheet.open({ kind, link, problem: null, busy: false });

  return { links, add, type, make, show, renew, revoke, copy, ask };
}
