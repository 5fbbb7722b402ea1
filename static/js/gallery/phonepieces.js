// What the shelves of the phone are made of: lanes, the head and the dock, drawn from a state.
// @ts-check
import { dockView, headerView, laneView } from "../phone/lanes.js";
import { meView } from "../phone/me.js";
import { html } from "../shared/html.js";
import { REACTED, card, question, sessions, themes } from "./posts.js";
import { idle } from "./shelves.js";

/** All that a phone shows, see paint() in phone.js. @param {Record<string, any>} [changes] */
export const page = (changes) => ({
  ready: true,
  title: "Innovation Lab",
  status: "live",
  online: 214,
  lane: "celebrate",
  sort: "top",
  session: "",
  themes,
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
  votable: (post) => !post.answered,
  open: true,
  note: "",
  noteKind: "calm",
  news: 0,
  badge: 0,
  act: idle,
  me: meView,
  ...changes,
});

export const lane = (changes) => html`<div class="lane">${laneView(page(changes))}</div>`;
export const ask = (changes) => lane({ lane: "ask", session: "heat", ...changes });
export const inLane = ([name, post]) => ({ name, view: lane({ posts: [post] }) });
export const header = (name, changes) => ({ name, view: headerView(page(changes)) });
export const dock = (name, changes) => ({ name, view: dockView(page(changes)) });

export const KINDER = "Please say it a little more kindly.";
const own = (fields) => (fields.kind === "question" ? question(fields) : card(fields));
export const mine = (name, fields, { sure = false, editable = true } = {}) => {
  const post = own(fields);
  return {
    name,
    className: "is-me",
    view: lane({ lane: "me", mine: [post], sure: sure ? post.id : "", editable: () => editable }),
  };
};
export const waiting = (name, fields) =>
  fields.kind === "question"
    ? { name, className: "is-question", view: ask({ waiting: [question(fields)] }) }
    : { name, view: lane({ waiting: [card(fields)] }) };
export const asked = (name, fields, changes = {}) => {
  const post = question(fields);
  return { name, className: "is-question", view: ask({ posts: [post], ...changes, now: changes.now ? post : null }) };
};
export const onScreen = card({ reactions: REACTED });
export const behind = card({ theme: "tools" });
