// What the shelves of the phone are made of: lanes, the head and the dock, drawn from a state.
// @ts-check
import { dockView, headerView, laneView } from "../phone/lanes.js";
import { meView } from "../phone/me.js";
import { html } from "../shared/html.js";
import { REACTED, card, question, sessions, themes } from "./posts.js";
import { idle } from "./shelves.js";

/**
 * @import {Post} from "../shared/wire"
 * @import {OwnPost, Page} from "../phone/types"
 * @import {Named} from "./posts.js"
 */

/** All that a phone shows, see paint() in phone.js. @param {Partial<Page>} [changes] @returns {Page} */
export const page = (changes) => ({
  ready: true,
  title: "Innovation Lab",
  status: "live",
  online: 214,
  lane: "celebrate",
  sort: "top",
  session: "",
  themes,
  zone: undefined,
  sessions: sessions.map((one, index) => ({ ...one, running: index === 0 })),
  posts: [],
  more: false,
  loading: false,
  waiting: [],
  now: null,
  reacted: () => undefined,
  voted: () => false,
  who: { name: "Sokha Chan", team: "Cambodia" },
  time: Date.now(),
  mine: [],
  received: [],
  sure: "",
  editable: () => true,
  begun: () => false,
  votable: (/** @type {Post} */ post) => !post.answered,
  open: true,
  note: "",
  noteKind: "calm",
  news: 0,
  badge: 0,
  act: idle,
  me: (/** @type {Page} */ shown) => meView({ ...shown, find: () => null }),
  ...changes,
});

export const lane = (/** @type {Partial<Page>} */ changes) => html`<div class="lane">${laneView(page(changes))}</div>`;
export const ask = (/** @type {Partial<Page>} */ changes) => lane({ lane: "ask", session: "heat", ...changes });
export const inLane = (/** @type {Named} */ [name, post]) => ({ name, view: lane({ posts: [post] }) });
export const header = (/** @type {string} */ name, /** @type {Partial<Page>} */ changes) => ({
  name,
  view: headerView(page(changes)),
});
export const dock = (/** @type {string} */ name, /** @type {Partial<Page>} */ changes) => ({
  name,
  view: dockView(page(changes)),
});

export const KINDER = "Please say it a little more kindly.";
/** An own post has states that a post of the board does not have. @param {Partial<OwnPost>} fields @returns {OwnPost} */
const own = (fields) => {
  const of = /** @type {Partial<Post>} */ (fields);
  return fields.kind === "question" ? question(of) : card(of);
};
/** @param {string} name @param {Partial<OwnPost>} fields @param {{sure?: boolean, editable?: boolean}} [how] */
export const mine = (name, fields, { sure = false, editable = true } = {}) => {
  const post = own(fields);
  return {
    name,
    className: "is-me",
    view: lane({ lane: "me", mine: [post], sure: sure ? post.id : "", editable: () => editable }),
  };
};
/** @param {string} name @param {Partial<OwnPost>} fields */
export const waiting = (name, fields) =>
  fields.kind === "question"
    ? { name, className: "is-question", view: ask({ waiting: [own(fields)] }) }
    : { name, view: lane({ waiting: [own(fields)] }) };
/** @param {string} name @param {Partial<Post>} fields @param {Omit<Partial<Page>, "now"> & {now?: boolean}} [changes] now: it is being answered */
export const asked = (name, fields, changes = {}) => {
  const post = question(fields);
  return { name, className: "is-question", view: ask({ posts: [post], ...changes, now: changes.now ? post : null }) };
};
export const onScreen = card({ reactions: REACTED });
export const behind = card({ theme: "tools" });
