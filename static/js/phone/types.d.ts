// What the phone is made of, and what it shows: for the type check alone, no page loads this file.
import type { One } from "../shared/recipients.js";
import type { Line } from "../shared/feed.js";
import type { State } from "../shared/board.js";
import type { Config, Post, PostState, Session, Theme } from "../shared/wire";
import type { createMender } from "../shared/mender.js";
import type { createLater } from "./later.js";
import type { createAddressing } from "../shared/addressing.js";
import type { createClock } from "../shared/clock.js";
import type { Coming } from "../shared/coming.js";
import type { createComposer } from "./composer.js";
import type { Draft } from "./draft.js";
import type { createDrafting } from "./drafting.js";
import type { createEarlier } from "./earlier.js";
import type { Facts as FactsOfPosts } from "./fates.js";
import type { Keep } from "../shared/keep.js";
import type { createModal } from "./modal.js";
import type { createNaming } from "./naming.js";
import type { Facts as FactsOfNotes } from "./notes.js";
import type { Entry } from "./outbox.js";
import type { createOwn } from "./own.js";
import type { createPlace } from "./place.js";
import type { createSending } from "./sending.js";
import type { createSessions } from "./sessions.js";
import type { createStanding } from "./standing.js";
import type { Who } from "./who.js";

/** "ok", "warn" or "bad". */
export type Say = (words: string, kind: string) => void;

/** What is wrong with what somebody wrote. `field`: the one that says it. */
export interface Fault {
  field?: string;
  detail: string;
}

/** What became of an own post: of one that the board has, and of one that waits on the phone. */
export type Fate = PostState | "sending" | "waiting" | "again" | "unkept" | "refused" | "changing" | "unchanged";
export interface OwnPost extends Omit<Post, "state"> {
  state?: Fate;
  entry?: Entry; // what waits for it in the outbox
}

/** How a post looks until the board has it: names, where the request has ids. */
export interface Looks {
  to?: One[];
}

/** A post that is to be written on, and what came back from the board. */
export interface Begun {
  problem?: Fault | null;
  post?: Post | null;
  body?: Partial<Draft> | null;
}

export type Own = ReturnType<typeof createOwn>;
export type Composer = ReturnType<typeof createComposer>;
export type Sending = ReturnType<typeof createSending>;
export type Drafting = ReturnType<typeof createDrafting>;
export type Naming = ReturnType<typeof createNaming>;
export type Modal = ReturnType<typeof createModal>;
export type Addressing = ReturnType<typeof createAddressing>;
export type Standing = ReturnType<typeof createStanding>;
export type Earlier = ReturnType<typeof createEarlier>;
export type Sessions = ReturnType<typeof createSessions>;

/** The first script hands these to the second: its own state and its own ways, none of them made twice. */
export interface First extends Parts {
  handed: unknown[];
  config: Config;
  held: { board: State };
  mender: ReturnType<typeof createMender>;
  act: Act;
  received: () => Post[];
  facts: () => Facts;
  self: () => Who;
  say: Say;
  draw: () => void;
}
/** The parts of the second script. */
export type Later = Awaited<ReturnType<typeof createLater>>;

/** What decides what may be done and said. */
export type Facts = Omit<FactsOfPosts, "received"> & FactsOfNotes;

/** The phone's own parts, which say where somebody is. */
export interface Parts {
  place: ReturnType<typeof createPlace>;
  sessions: Sessions;
  standing: Standing;
  earlier: Earlier;
  own: Own;
  sending: Sending;
  composer: Composer;
  coming: Coming<Later>;
  clock: ReturnType<typeof createClock>;
  keep: Pick<Keep, "get" | "set">;
}

/** What fingers do on the page. */
export interface Act {
  lane: (name: string) => void;
  sort: (name: string) => void;
  session: (id: string) => void;
  compose: (event: MouseEvent) => unknown;
  showNews: () => void;
  older: () => void;
  goTo: (post: Post) => void;
  share: (post: Drawn) => void;
  react: (post: { id: string }, key: string) => unknown;
  vote: (post: { id: string }) => unknown;
  edit: (post: OwnPost) => void;
  withdraw: (post: { id: string }) => Promise<void>;
  askSure: (post: { id: string } | null) => void;
  rewrite: (post: OwnPost) => void;
  discard: (post: OwnPost) => void;
  changeName: () => void;
}
export type Drawn = Omit<Post, "state">;

/** Everything that is shown. */
export interface Page extends BoardPart, OwnPart {
  badge: number;
  act: Act;
  me?: (page: Page) => unknown; // the lane Me; this and the next come with the second script
  ours?: (post: Post, isNow?: boolean) => object | undefined; // how a card for oneself looks in the feed
  rooms?: () => unknown; // in which of the parallel sessions is one
  floor?: (page: Page) => unknown; // the microphone
  translated?: (post: Post) => unknown; // an answer in other languages
}
export interface BoardPart {
  ready: boolean;
  title: string;
  status: Line;
  online: number | null;
  lane: string;
  sort: string;
  session: string;
  sessions: (Session & { running: boolean })[];
  themes: Theme[];
  zone: string | undefined;
  posts: Post[];
  more: boolean;
  loading: boolean;
  now: Post | null;
  time: number;
  news: number;
  votable: (post: Post) => boolean;
}
export interface OwnPart {
  waiting: OwnPost[];
  reacted: (id: string) => Set<string> | undefined;
  voted: (id: string) => boolean;
  who: Who;
  mine: OwnPost[];
  received: Post[];
  sure: string;
  editable: (post: OwnPost) => boolean;
  begun: (post: OwnPost) => boolean;
  open: boolean;
  note: string;
  noteKind: string;
}

/** What fingers do in the sheet. */
export interface Fingers {
  set: (changes: Partial<Draft>) => void;
  start: (starter: string) => void;
  send: (event: Event) => Promise<void>;
  sendName: (skip?: boolean) => Promise<void>;
  composing: (event: KeyboardEvent) => void;
  close: () => void;
  back: () => void;
  throwAway: () => void;
  openName: (next?: string) => void;
  voteInstead: (id: string) => void;
}
