// Staff links: made, shown once with a QR code, renewed for the next shift, taken back.
// @ts-check
import { say } from "../shared/words.js";
import { createFetched } from "./fetched.js";

/** @param {{calls: typeof import("./calls.js").calls, drafts: any, telling: any, sheet: any, draw: () => void}} page */
export function createStaff({ calls, drafts, telling, sheet, draw }) {
  const links = createFetched(calls.links, draw);

  function add() {
    sheet.open({ kind: "new-link", role: "moderator", ...drafts.get("new-link"), problem: null, busy: false });
  }

  function type(changes) {
    Object.assign(sheet.what, changes);
    drafts.set("new-link", { role: sheet.what.role, name: sheet.what.name ?? "" });
    draw();
  }

  /** Does it from the sheet. @param {() => Promise<any>} act */
  async function doing(act) {
    const { what } = sheet;
    if (what.busy) return;
    Object.assign(what, { busy: true, problem: null });
    draw();
    try {
      await act();
    } catch (problem) {
      what.problem = problem;
    } finally {
      what.busy = false;
      links.load();
      draw();
    }
  }

  /** The address is in this answer alone: the sheet stays until it is closed by hand. */
  async function show({ link, url }) {
    const shown = { kind: "fresh-link", link, url, qr: null, copied: false };
    sheet.open(shown);
    try {
      shown.qr = (await calls.qr(url)).qr;
    } catch {
      // the address can be copied all the same
    }
    draw();
  }

  /** What the answer says stands in the list at once: a row that is gone would be acted on. @param {(links: any[]) => any[]} changed */
  const learn = (changed) => links.value && links.learn({ links: changed(links.value.links) });

  const make = () =>
    doing(async () => {
      const { role, name } = sheet.what;
      const made = await calls.addLink(role, (name ?? "").trim());
      drafts.drop("new-link");
      learn((all) => [...all, made.link]);
      await show(made);
    });

  const renew = (link) =>
    doing(async () => {
      const made = await calls.renewLink(link.id);
      learn((all) => all.map((one) => (one.id === link.id ? made.link : one)));
      await show(made);
    });

  const revoke = (link) =>
    doing(async () => {
      const { undo } = await calls.removeLink(link.id);
      learn((all) => all.filter(({ id }) => id !== link.id));
      sheet.close();
      telling.say(say("links-revoked", { name: link.name }), undo ? giveBack(undo) : null);
    });

  /** The link opens again what it opened. */
  const giveBack = (undo) => async () => {
    await calls.takeBack(undo);
    telling.say(say("organise-undone"));
    await links.load();
  };

  async function copy(url) {
    try {
      await navigator.clipboard.writeText(url);
      if (sheet.what) sheet.what.copied = true;
      draw();
    } catch {
      /** @type {HTMLInputElement|null} */ (document.getElementById("fresh-url"))?.select();
      telling.complain(say("links-copy-by-hand"));
    }
  }

  const ask = (kind, link) => sheet.open({ kind, link, problem: null, busy: false });

  return { links, add, type, make, renew, revoke, copy, ask };
}
