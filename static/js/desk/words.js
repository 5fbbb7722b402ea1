// The words on the desk, and what a post is called in them.
// @ts-check
import { graphemes, namesText } from "../shared/text.js";

export const WORDS = {
  tabs: { waiting: "Waiting", board: "On the board", held: "Held", withdrawn: "Withdrawn" },
  tabsShort: { waiting: "Waiting", board: "On board", held: "Held", withdrawn: "Withdrawn" },
  states: { pending: "waiting", visible: "on the board", hidden: "held", rejected: "held", withdrawn: "withdrawn" },
  again: "held, decide again",
  room: "Room",
  queue: "Queue",
  live: "Live",
  opening: "Opening the board …",
  offline: "Reconnecting …",
  slow: "Slow network: news come every few seconds",
  old: "What you see may be old.",
  phones: (n) => (n === 1 ? "1 phone" : `${n} phones`),
  screens: (count) => {
    const some = ["live", "stale", "lost"].filter((state) => count[state]);
    return (
      some
        .map((state, at) =>
          at ? `${count[state]} ${state}` : `${count[state]} ${count[state] === 1 ? "screen" : "screens"} ${state}`,
        )
        .join(", ") || "No screen is open"
    );
  },
  stillShown: (lost) =>
    lost.map(({ name, seconds }) => ` “${name}” is lost and may show it for ${seconds} s.`).join(""),
  screenState: ({ state, seconds }) => (state === "lost" ? `lost, may show what it has for ${seconds} s` : state),
  freeze: "Freeze",
  blank: "Blank",
  frozenNow: "Frozen. New posts wait for you, nothing new goes public.",
  unfreeze: "Unfreeze",
  blankNow: "The screen is blank.",
  unblank: "Show it again",
  approve: "Approve",
  hold: "Hold",
  holdWhy: "Hold with a reason",
  restore: "Restore",
  pin: "Pin",
  spotlight: "Spotlight",
  answered: "Answered",
  more: "More",
  writeAnswer: "Write an answer …",
  changeAnswer: "Change the answer …",
  move: "Move to another session …",
  correct: "Correct the recipient …",
  allOf: "All posts of this author",
  mute: "Mute this author",
  unpin: "Take the pin off",
  unmute: "Let this author post again",
  select: "Select",
  card: "Card for",
  question: "Question",
  noSession: "No session",
  pinnedTag: "Pinned",
  answeredTag: "Answered",
  onScreen: "On the screen now",
  mutedTag: "Muted",
  answer: "Answer:",
  reason: "Reason:",
  heldBy: (name) => `Held by ${name}`,
  votes: (n) => (n === 1 ? "1 vote" : `${n} votes`),
  empty: {
    waiting: ["Nothing waits.", "The room is all yours."],
    board: ["Nothing is on the board yet.", "The first card or question appears here."],
    held: ["Nothing is held.", "What you hold can be found here, and put back."],
    withdrawn: ["Nothing was taken back.", "Posts their authors withdraw appear here."],
  },
  atOnce: "New cards and questions appear at once. You can have them wait for you under Room.",
  nothingFound: ["Nothing here matches.", "Try fewer words, another list, or clear the filters."],
  searching: "Searching all posts …",
  found: (n, more) => (n ? `${n} found${more ? " so far" : ""}` : more ? "Nothing found so far" : "Nothing found"),
  searchOn: "Search older posts",
  notSearched: (detail) => `Older posts were not searched. ${detail}`,
  searchAgain: "Try again",
  clear: "Clear filters",
  news: (n) => `${n} new`,
  show: "Show",
  showMore: (n) => `Show more (${n} left)`,
  older: "Show older cards",
  loading: "Fetching …",
  search: "Search",
  searchHint: "Search names and text",
  filters: "Filters",
  kinds: { "": "All", card: "Cards", question: "Questions" },
  allSessions: "All sessions",
  allTeams: "All teams",
  author: (name) => `By ${name}`,
  selected: (n) => `${n} selected`,
  all: "All in this list",
  none: "None",
  done: "Just done",
  undo: "Undo",
  moreUndo: (n) => `${n} more`,
  reached: (n, all) =>
    n >= all
      ? all === 1
        ? "Gone from the screen."
        : `Gone from all ${all} screens.`
      : `Gone from ${n} of ${all} screens …`,
  close: "Close",
  keys: "Keys",
  screen: "Screen",
  scenes: {
    join: "Join",
    cards: "Cards",
    questions: "Questions",
    spotlight: "Spotlight",
    map: "Map",
    recap: "Recap",
    blank: "Blank",
  },
  turns: "Scenes take turns",
  turnsHow: "Seconds for each; 0 leaves it out.",
  spotlightHow: "Press Spotlight on a post to show it alone.",
  spotlit: "Shown alone:",
  running: "The running session",
  questionsOf: "Questions of",
  approval: "New posts",
  cardsWait: "Cards wait for approval",
  questionsWait: "Questions wait for approval",
  cardsOpen: "People can post cards",
  sessions: "Questions by session",
  sessionStates: { open: "Open", paused: "Paused", closed: "Closed" },
  otherSessions: (n) => (n === 1 ? "1 other session" : `${n} other sessions`),
  flood: (voters, online) =>
    `More votes than phones: ${voters} voted within a minute, ${online} ${online === 1 ? "phone is" : "phones are"} here.`,
  floodLook: "Look",
  floodTitle: "More votes than phones",
  floodWhy:
    "Somebody may be voting many times, from a program that pretends to be many phones. You can take back all votes of phones that came to this board lately. Real people among them lose their votes, too, and can vote again.",
  floodTake: "Take back the votes of phones that came",
  floodSince: [
    ["in the last 5 minutes", 5],
    ["in the last hour", 60],
    ["today", 24 * 60],
  ],
  floodLeave: "Leave them as they are",
  names: "Free a name",
  namesHow: "For somebody who changes phones: the name can then be taken again.",
  namesAlong: "Their posts go along.",
  namesAlongHow: "On the new phone they can be taken back, on the old one no more.",
  namesHint: "A name that is in use",
  namesNone: "No name in use begins so.",
  free: (name) => `Free ${name}`,
  freeIt: "Free",
  lately: "Lately",
  phonePage: "Phone page",
  screenPage: "Screen page",
  refused: {
    4401: ["This link was taken back", "Ask the organiser for a new one. What you did so far is kept."],
    4404: ["This board is no longer here", "It was moved or erased. Ask the organiser for its new link."],
    4400: ["This page is too old", "The board has moved on. Please reload the page."],
  },
  reload: "Reload",
  holdTitle: "Hold, and tell the author why",
  reasons: [
    "Please say it a little more kindly.",
    "It names somebody who may not want that.",
    "It was asked already. Please vote for the other one.",
    "It belongs to another session.",
    "We cannot answer this here. Please find us at the break.",
  ],
  ownWords: "In your own words",
  holdNow: "Hold",
  answerTitle: "Write an answer",
  answerHint: "Everyone can read it under the question.",
  markAnswered: "Mark the question as answered",
  save: "Save",
  correctTitle: "Correct the recipient",
  moveTitle: "Move to another session",
  helpTitle: "Keys",
  help: [
    ["J  K", "next, previous post"],
    ["A", "approve or restore"],
    ["H", "hold"],
    ["Shift H", "hold with a reason"],
    ["S", "spotlight on the screen"],
    ["P", "pin"],
    ["D", "mark answered"],
    ["X", "select; A and H then act on all selected"],
    ["U", "undo"],
    ["/", "search"],
    ["1 – 4", "waiting, on the board, held, withdrawn"],
    ["Esc", "close, clear"],
  ],
};

const LABEL_AT_MOST = 48;

/** What a post is called in labels and in the undo bar. @param {any} post */
export function label(post) {
  const name = post.kind === "card" ? namesText(post) : post.text;
  const signs = graphemes(name);
  return signs.length > LABEL_AT_MOST
    ? `${signs
        .slice(0, LABEL_AT_MOST - 2)
        .join("")
        .trimEnd()} …`
    : name;
}

/** As attributes of ARIA say it. @param {unknown} value */
export const yes = (value) => (value ? "true" : "false");
