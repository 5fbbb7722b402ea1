// Shelves of the phone: questions, lanes without posts, and the lane of the own posts.
// @ts-check
import { say } from "../shared/words.js";
import { KINDER, ask, asked, behind, lane, mine } from "./phonepieces.js";
import { REACTED, WORD, card, inScript } from "./posts.js";

export const laneShelves = () => [
  {
    id: "questions",
    title: "Questions",
    pieces: [
      asked("No vote yet", { votes: 0 }),
      asked("One vote, own", { votes: 1 }, { voted: () => true }),
      asked("Many votes", { votes: 1234 }),
      asked("Pinned", { pinned: true }),
      asked("Being answered now", {}, { now: true }),
      asked("Being answered now, own vote", {}, { now: true, voted: () => true }),
      asked(
        "Answered, in words",
        { answered: true, answer: "The employer does, from the first of July. The form is on the table at the door." },
        { sort: "answered" },
      ),
      asked("Of all sessions", { author: null }, { session: "" }),
      asked("One very long word", { text: `${WORD}?` }),
      asked("Right to left", { text: "من يدفع تكاليف تدريب المندوبين؟", author: { name: "ثنا ملک" } }),
      asked("Khmer", { text: inScript("Khmer").text }),
    ],
  },
  {
    id: "empty",
    title: "Empty places invite",
    pieces: [
      { name: "Opening", view: lane({ ready: false }) },
      {
        name: "Refused",
        view: lane({
          ready: false,
          status: "refused",
          note: say("board-moved"),
        }),
      },
      { name: "No cards", view: lane({}) },
      { name: "No questions", view: lane({ lane: "ask" }) },
      { name: "None to this session", view: ask({}) },
      { name: "None answered", view: ask({ sort: "answered" }) },
      { name: "Nothing of mine, no name", view: lane({ lane: "me", who: {} }) },
      { name: "More to come", view: lane({ posts: [behind], more: true }) },
      { name: "Loading more", view: lane({ posts: [behind], more: true, loading: true }) },
    ],
  },
  {
    id: "me",
    title: "Me",
    pieces: [
      mine("On the board", { state: "visible" }),
      mine("Really take it back?", { state: "visible" }, { sure: true }),
      mine("Waiting for a moderator", { state: "pending" }),
      mine("Held, and why", { state: "hidden", reason: KINDER }, { editable: false }),
      mine("Taken back", { state: "withdrawn" }),
      mine(
        "Answered",
        { kind: "question", answered: true, answer: "Yes, tonight.", created_at: "2026-06-15T08:00:00Z" },
        { editable: false },
      ),
      mine("No connection", { state: "waiting" }),
      mine("Not sent", { state: "refused", reason: say("cards-closed") }),
      mine("Right to left", { ...inScript("Arabic"), state: "visible" }),
      {
        name: "Cards for me",
        className: "is-me",
        view: lane({ lane: "me", received: [card({ reactions: REACTED }), { ...inScript("Bengali") }] }),
      },
    ],
  },
];
