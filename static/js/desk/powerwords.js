// Words for joined questions and trusted people, and the names of the panels that are opened by hand (laterwords.js has the rest).
// @ts-check
import { say } from "../shared/words.js";

export const POWERS = {
  join: say("desk-join"),
  joinedTag: (/** @type {number} */ n) => say("desk-joined-tag", { n }),
  joinedWith: say("desk-joined-with"),
  part: say("desk-part"),
  trust: say("desk-trust"),
  approveTrust: say("desk-approve-trust"),
  approvedTrusted: say("desk-did-approve-trust"),
  untrust: say("desk-untrust"),
  trustedTag: say("desk-trusted-tag"),
  trusted: [say("desk-did-untrust"), say("desk-did-trust")],
  anonymous: say("author-anonymous"),
  blockedTag: say("desk-blocked-tag"),
  behalf: say("desk-behalf"),
  prepared: say("desk-prepared"),
  kiosk: say("desk-kiosk"),
  not: (/** @type {string} */ what, /** @type {string} */ why) =>
    say("desk-not-done", { act: what.replace(/\.$/, ""), detail: why }),
};
