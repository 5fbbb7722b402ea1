// What goes over the wire, as docs/openapi.yaml and docs/asyncapi.yaml describe it: for the type check alone, no page loads this file.
// A field with "?" is left out where it says nothing. Times are ISO 8601 in UTC.

// -- words --------------------------------------------------------------------------------------------------------

export type Kind = "card" | "question";
export type PostState = "pending" | "visible" | "rejected" | "hidden" | "withdrawn";
export type SceneName = "join" | "cards" | "questions" | "spotlight" | "map" | "recap" | "blank";
export type Taking = "open" | "paused" | "closed"; // whether a session takes questions
export type Role = "moderator" | "organiser" | "screen" | "stage";
export type FeedName = "" | "moderate" | "screen" | "stage";
export type FloorRule = "first" | "teams" | "votes"; // who comes next at the microphone

// -- a board and what it has --------------------------------------------------------------------------------------

export interface Author {
  name: string;
  team?: string | null;
  erased?: true; // somebody who was erased: the name is a word of the board's language
}

export interface Recipient {
  name: string;
  team?: string;
  person?: string; // the id of an entry of the roster
  erased?: true;
}

/** The answer in another language. */
export interface Translation {
  lang: string;
  text: string;
}

/** A card has `to` and `reactions`, a question has `votes` and `answered`. */
export interface Post {
  id: string;
  kind: Kind;
  seq: number;
  created_at: string;
  author: Author | null;
  text: string;
  pinned?: boolean;
  to?: Recipient[];
  theme?: string;
  reactions?: Record<string, number>;
  session?: string | null; // null: for none, where a page has set it so ahead of the feed
  votes?: number;
  thanks?: string[]; // names of recipients, to the author alone
  answered?: boolean;
  answer?: string | null;
  answer_translations?: Translation[];
  owner?: string | null; // the person or office that promised to answer it
  owner_person?: string; // the owner's id on the roster
  due?: string | null; // the day until which, as 2026-05-04 in the board's zone
  set_aside?: string | null; // why nobody will
  voice?: boolean; // to be asked at the microphone
  now?: boolean; // it is being answered
  later?: string; // since when it stands behind the others
  joined?: number; // so many questions were joined with it
  merged_into?: string; // the question that it was joined with, to its author and moderators alone
  // To moderators alone, and to the author of an own post: state and reason.
  state?: PostState;
  reason?: string | null;
  participant?: string | null;
  moderated_by?: string;
  moderated_at?: string;
  // To moderators alone.
  blocked?: string[]; // the blocked words that are in it
}

/** What votes and reactions change of a post. */
export type Counts = Pick<Post, "id" | "seq" | "votes" | "reactions">;

export interface Theme {
  id: string;
  name: string;
  short: string;
  colour: number; // 1 to 8
  mark?: number; // 1 to 8; none: the colour's own
}

export interface Team {
  name: string;
}

/** An item of the agenda, never a login. */
export interface Session {
  id: string;
  title: string;
  starts_at: string | null;
  ends_at: string | null;
  room: string;
  speakers: string[];
  questions: Taking;
  kind?: "break";
  floor?: FloorRule; // none: there is no microphone
}

/** From the desk to the speaker. */
export interface Note {
  id: string;
  room: string; // "": all rooms
  text: string;
  by: string;
  at: string;
  seen_at?: string;
}

export interface Turn {
  scene: SceneName;
  seconds: number;
}

/** What the large screen shows. `before`: what an interruption goes back to, for moderators alone. */
export interface Scene {
  scene: SceneName;
  session: string | null;
  post: string | null;
  turns?: Turn[];
  before?: { scene: SceneName; session: string | null };
}

export interface Public {
  recap: boolean;
  answers: boolean;
  who: boolean;
}

export interface Board {
  code: string;
  title: string;
  subtitle: string;
  starts_on: string | null;
  ends_on: string | null;
  time_zone: string;
  names: "optional" | "required";
  anonymous: boolean;
  cards_open: boolean;
  frozen: boolean;
  premoderate: { card: boolean; question: boolean };
  lease: number; // seconds
  stage: "dark" | "light";
  trusted?: string[]; // to moderators alone: participants whose posts wait for no approval
  muted?: string[]; // to moderators alone: ids of participants
  notes?: Note[]; // to moderators alone
  logo?: string | null;
  languages?: string[];
  retention_days?: number | null;
  archived?: boolean;
  rehearsal?: boolean;
  accent?: string | null;
  accent_ink?: string;
  public?: Public;
  led?: { room: string; session: string }[]; // the session that a moderator put on the large screen of a room
}

/** Everything that an organiser sets, as it is stored. */
export interface Settings extends Board {
  themes: Theme[];
  teams: Team[];
  accent: string | null;
  logo: string | null;
  languages: string[];
  blocked_words: string[];
  retention_days: number | null;
  public: Public;
  created_at: string;
  archived: boolean;
  rehearsal: boolean;
}

/** How long the board is kept: days of the calendar in its zone. */
export interface Retention {
  days: number;
  since: "end" | "post" | "made";
  counted_from: string;
  erased_on: string;
  warned_days: number;
}

/** Counted by the server over all posts. */
export interface Totals {
  cards: number;
  people: number;
  teams: number;
  pairs: number;
  questions: number;
  answered: number;
  owned: number;
  set_aside: number;
  held: number;
}

/** Questions of one session, or of all: what became of them, and why others were held. */
export interface QuestionCounts {
  asked: number;
  answered: number;
  owned: number;
  set_aside: number;
  open: number;
  held: number;
  held_for: { key: string; reason: string; questions: number }[];
}

/** session, title: null for questions of no session. */
export type SessionCounted = QuestionCounts & { session: string | null; title: string | null };

export interface Counted {
  totals: QuestionCounts;
  sessions: SessionCounted[];
}

/** What came together: a digit for each card, the colour of its theme. */
export interface Story {
  cards: string;
  people: string[];
  teams: string[];
  film?: Film;
  farthest?: { teams: [string, string]; km: number; globe?: Globe };
}

/** The bridge over the globe, as board/model/globe.py draws it; an earlier version of the server has none. */
export interface Globe {
  radius: number;
  down: number;
  land: [number, number][];
  lines: [number, number][][];
  teams: [number, number][];
  arc: [number, number][];
}

/** The days of a gathering. bridges: places of giver and receiver among the teams; an earlier version of the server has no film. */
export interface Film {
  teams: string[];
  days: { date: string; cards: number; bridges: [number, number][] }[];
}

/** Between which teams cards went. forth: from the first team to the second; an earlier version of the server does not say it. */
export interface Bridges {
  teams: string[];
  bridges: { teams: [string, string]; cards: number; forth?: number }[];
}

// -- frames -------------------------------------------------------------------------------------------------------

export interface SnapshotFrame {
  type: "snapshot";
  now: string;
  epoch: string;
  seq: number;
  board: Board;
  sessions: Session[];
  themes: Theme[];
  teams: Team[];
  screen: OwnScene;
  screens?: LargeScreen[]; // for moderators
  note?: Note | null; // for the stage
  posts: Post[];
  more: boolean;
  totals?: Totals;
}

/** The newest cards in the page itself, to be painted before the first snapshot. */
export type Glance = Pick<SnapshotFrame, "board" | "sessions" | "themes" | "teams" | "screen" | "posts">;

export interface ChangesFrame {
  type: "changes";
  now?: string;
  after: number;
  to: number;
  posts: (Post | Counts)[];
  gone: string[];
  board?: Board;
  sessions?: Session[];
  themes?: Theme[];
  teams?: Team[];
  screen?: OwnScene;
  screens?: LargeScreen[];
  note?: Note | null;
  totals?: Totals;
}

/** To the author alone: what became of own posts. */
export interface MineFrame {
  type: "mine";
  now?: string;
  posts: { id: string; state: PostState; reason?: string; thanks?: string[] }[];
}

/** A connection of a large screen. `seconds`: so long a lost one may still show what it has. */
export interface ScreenHere {
  name: string;
  seq: number;
  state: string;
  seconds?: number;
}

/** How a large screen is doing. `applied`: the seq that all of its connections have drawn, -1: unknown. */
export interface Standing {
  id: string;
  name: string;
  state: "live" | "stale" | "safe";
  applied: number;
  seq: number; // the same as `applied`
  seconds?: number;
  connections: ScreenHere[];
}

/** A large screen as moderators see it: where it is, what it shows, and how it is doing. */
export interface LargeScreen extends Scene, Standing {
  room: string | null;
}

/** A large screen as its own page sees it. */
export interface OwnScene extends Scene {
  id?: string; // not from an older server
  name?: string;
  room?: string | null;
}

export interface PresenceFrame {
  type: "presence";
  now?: string;
  online: number;
  screens?: Standing[] | ScreenHere[]; // connections alone, by an older server
  voters?: number;
}

export interface BeatFrame {
  type: "beat";
  seq: number;
  now?: string; // not where a page that asks by itself makes the frame
}

export type Frame = SnapshotFrame | ChangesFrame | MineFrame | PresenceFrame | BeatFrame;

export interface Cursor {
  seq: number;
  epoch: string;
}

// -- people -------------------------------------------------------------------------------------------------------

export interface Participant {
  id: string;
  name: string | null;
  team: string | null;
  person?: string;
}

/** An entry of the roster, as somebody who types a name sees it. `taken`: another phone goes by the name. */
export interface Person {
  id: string;
  name: string;
  team: string | null;
  taken?: boolean;
}

/** An entry of the roster, as an organiser sees it. */
export interface Entry extends Person {
  claimed: boolean;
  cards_to: number;
  cards_from: number;
}

export interface Link {
  id: string;
  role: Role;
  name: string;
  created_at: string;
  used_at?: string;
  open: number;
  screen?: string; // of a screen's link: the id of the large screen; none: the first one
}

/** A line of the audit trail. */
export interface AuditLine {
  at: string;
  actor: string;
  action: string;
  post: string | null;
  detail: string | null;
}

// -- what a phone sends -------------------------------------------------------------------------------------------

export interface To {
  person?: string;
  name?: string;
  team?: string;
}

export interface Who {
  name?: string;
  team?: string;
  person?: string;
}

/** Where messages about the board are sent. `status`: of the last try, 0 without an answer. */
export interface Webhook {
  id: string;
  url: string;
  events: string[];
  created_at: string;
  waiting: number;
  failed: number;
  tried_at?: string;
  status?: number;
  disabled_at?: string;
}

// -- answers ------------------------------------------------------------------------------------------------------

export interface Mine {
  cookie: boolean;
  roster: boolean;
  muted: boolean;
  participant: Participant | null;
  posts: Post[];
  votes: string[];
  reactions: Record<string, string[]>;
}

export interface PostsPage {
  posts: Post[];
  more: boolean;
}

/** A problem document (RFC 9457). Others than these fields depend on its `code`. */
export interface Refusal {
  type?: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  field?: string;
  post?: Post;
  [member: string]: unknown;
}

// -- what a page is rendered with ---------------------------------------------------------------------------------

/** Of texts in characters as people see them: least and most, or most. */
export interface Limits {
  card_text: [number, number];
  question_text: [number, number];
  name: number;
  reason: number;
  answer: number;
  translations: number;
  session_title: number;
  subtitle: number;
  units_a_character: number; // of UTF-16, at most
  note: number;
  recipients: number;
  prepared: number; // questions of a session that are not on the board yet
  posts_at_once: number;
  posts_a_page: number;
  teams_on_map: number;
  import_bytes: number;
  logo_bytes: number;
  search_words: number;
  search_code_points: number;
  shift_minutes: number;
  edit_seconds: number;
  undo_seconds: number;
  retention_days: [number, number];
  turn_seconds: [number, number];
  beat_seconds: [number, number]; // of feeds that are watched, of phones
}

/** The JSON block #config. Pages without a board have `api` and `limits` at most. */
export interface Config {
  code: string;
  title: string;
  api: string;
  join_url: string;
  names: "optional" | "required";
  lease: number; // seconds
  server: string; // the version of the scripts
  limits: Limits;
  name: string; // of the staff link; on a phone there is none
  links: Record<string, string>; // addresses of other pages, for staff
  lang: string; // on pages of organisers: "?lang=ar" if the address of the page asks for a language, else ""
  badge: string; // of the page of a badge: its token
  board: string; // of the page of a badge: the address of the board
  screen: { id: string; name: string; room: string | null; several: boolean }; // of a large screen
  room: string; // of a stage
}
