// Shelves of the phone: cards in all scripts and states, and own posts.
// @ts-check
import { say } from "../shared/words.js";
import { KINDER, behind, inLane, lane, onScreen, waiting } from "./phonepieces.js";
import { REACTED, card, inScript, mixed, scripts } from "./posts.js";

/** @import {Named} from "./posts.js" */

export const cardShelves = () => [
  {
    id: "card-scripts",
    title: "Cards in every script",
    pieces: [...scripts, /** @type {Named} */ (["Two scripts in one", mixed])].map(inLane),
  },
  {
    id: "card-states",
    title: "Cards in their states",
    pieces: [
      inLane(["With reactions", card({ reactions: REACTED })]),
      inLane(["Reactions of hundreds", card({ reactions: { clap: 128, heart: 999, bulb: 340, "me-too": 712 } })]),
      {
        name: "Own reactions pressed",
        view: lane({ posts: [card({ reactions: REACTED })], reacted: () => new Set(["heart", "me-too"]) }),
      },
      inLane(["Pinned", card({ pinned: true })]),
      { name: "On the screen now, first in the list", view: lane({ posts: [onScreen], now: onScreen }) },
      { name: "On the screen now, further down", view: lane({ posts: [behind, onScreen], now: onScreen }) },
      inLane(["Reactions, right to left", { ...inScript("Arabic"), reactions: REACTED }]),
    ],
  },
  {
    id: "own",
    title: "Own posts on their way",
    note: "Send always works: a post says itself where it is.",
    pieces: [
      waiting("Sending", { state: "sending" }),
      waiting("No connection", { state: "waiting" }),
      waiting("Trying again", { state: "again" }),
      waiting("Refused, and why", { state: "refused", reason: say("cards-closed") }),
      waiting("Waiting for a moderator", { state: "pending" }),
      waiting("Held, and why", { state: "rejected", reason: KINDER }),
      waiting("A question with a moderator", { kind: "question", state: "pending" }),
      waiting("A question refused", {
        kind: "question",
        state: "refused",
        reason: say("questions-closed"),
      }),
    ],
  },
];
