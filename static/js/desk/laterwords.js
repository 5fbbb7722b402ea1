// The words of what is opened by hand: joining, the panels of the room, who answers a question.
// @ts-check
import { say } from "../shared/words.js";
import { FATES as GIVEN } from "./fatewords.js";
import { POWERS as KNOWN } from "./powerwords.js";

export const POWERS = {
  ...KNOWN,
  joinTitle: say("desk-join-title"),
  joinAlike: say("desk-join-alike"),
  joinOthers: say("desk-join-others"),
  joinFind: say("desk-join-find"),
  joinNone: say("desk-join-none"),
  joined: say("desk-did-join"),
  parted: say("desk-did-part"),
  undone: say("desk-undone"),
  behalfHow: say("desk-behalf-how"),
  card: say("desk-behalf-card"),
  question: say("desk-behalf-question"),
  to: say("desk-behalf-to"),
  session: say("desk-behalf-session"),
  noSession: say("desk-no-session"),
  text: say("desk-behalf-text"),
  from: say("desk-behalf-from"),
  write: say("desk-behalf-write"),
  written: (/** @type {string} */ text) => say("desk-behalf-written", { text }),
  writtenWaits: (/** @type {string} */ text) => say("desk-behalf-waits", { text }),
  preparedHow: say("desk-prepared-how"),
  preparedPaste: say("desk-prepared-paste"),
  preparedSave: say("desk-prepared-save"),
  preparedNone: say("desk-prepared-none"),
  preparedCount: (/** @type {number} */ n, /** @type {number} */ most) => say("desk-prepared-count", { n, most }),
  add: say("desk-prepared-add"),
  added: say("desk-prepared-added"),
  remove: say("desk-prepared-remove"),
  kioskHow: say("desk-kiosk-how"),
  kioskName: say("desk-kiosk-name"),
  kioskMake: say("desk-kiosk-make"),
  kioskLink: (/** @type {string} */ name) => say("desk-kiosk-link", { name }),
  copy: say("desk-kiosk-copy"),
  copied: say("desk-kiosk-copied"),
  revoke: (/** @type {string} */ name) => say("desk-kiosk-revoke", { name }),
  revokeIt: say("desk-kiosk-revoke-it"),
};

export const ANSWER = {
  title: say("desk-answer-head"),
  hint: say("desk-answer-hint"),
  add: say("desk-answer-add"),
  othersHint: say("desk-answer-others-hint"),
  mark: say("desk-mark-answered"),
  saved: say("desk-did-answer"),
};

export const FATES = {
  ...GIVEN,
  giveTitle: say("desk-give-head"),
  who: say("desk-give-who"),
  until: say("desk-give-until"),
  untilHint: say("desk-give-until-hint"),
  giveNow: say("desk-give-now"),
  noOwner: say("desk-give-none"),
  asideTitle: say("desk-aside-head"),
  asideHint: say("desk-aside-hint"),
  asideNow: say("desk-aside-now"),
  notAside: say("desk-aside-not"),
  reasons: [
    say("desk-aside-same"),
    say("desk-aside-elsewhere"),
    say("desk-aside-ask-them"),
    say("desk-aside-no-time"),
    say("desk-aside-done"),
  ],
  given: say("desk-did-give"),
  taken: say("desk-did-take"),
  aside: say("desk-did-aside"),
  back: say("desk-did-not-aside"),
};
