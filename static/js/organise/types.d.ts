// What the organiser's page is made of, and what its calls answer: for the type check alone, no page loads this file.
import type { Problem } from "../shared/api.js";
import type { State } from "../shared/board.js";
import type { createDrafts } from "../shared/drafts.js";
import type { createLine } from "../shared/line.js";
import type {
  Board,
  Config,
  Entry,
  LargeScreen,
  Link,
  Public,
  Retention,
  Role,
  Session,
  Settings,
  Team,
  Theme,
  Webhook,
} from "../shared/wire";
import type { createAgenda } from "./agenda.js";
import type { createOrder } from "./agendaorder.js";
import type { createBoardForm } from "./boardform.js";
import type { Fetched } from "./fetched.js";
import type { createImporting } from "./importing.js";
import type { createKeeping } from "./keeping.js";
import type { createLife } from "./life.js";
import type { createPeople } from "./people.js";
import type { createScreens } from "./screens.js";
import type { createSheet } from "./sheet.js";
import type { createHooks } from "./hooks.js";
import type { createStaff } from "./staff.js";
import type { createTaking } from "./taking.js";
import type { createTelling } from "./telling.js";

// -- what the calls answer ----------------------------------------------------------------------------------------

export interface Check {
  key: string;
  done: boolean;
  count?: number;
}

export interface SessionAnswer {
  session: Session;
  warnings?: { detail: string }[];
}

export interface RosterPage {
  people: Entry[];
  total: number;
  more: boolean;
}

/** Of fewer than five the server does not say how many. */
export type Counted = number | "fewer than 5";

/** Who has not been celebrated yet, or has not written. */
export interface Coverage {
  people: number;
  celebrated: number;
  given: Counted;
  teams: { team: string | null; people: Counted; not_celebrated: Counted; not_given: Counted }[];
  not_celebrated: Quiet[];
  not_given: Quiet[];
  more: boolean;
}
/** How a team takes part; `team` null: of people without one, or small teams together. */
export interface Mirrored {
  team: string | null;
  small_teams?: number;
  people: number;
  asked: Shown;
  answered: Shown;
  celebrated: Shown;
  giving: Shown;
  heard?: Shown;
}
export type Shown = Counted | "all but fewer than 5";
export type Taking = "asked" | "answered" | "celebrated" | "giving" | "heard";
export interface Mirror {
  counts: Taking[];
  teams: Mirrored[];
  not_shown: number;
}
export type Quiet = Pick<Entry, "id" | "name" | "team">;

export interface FreshLink {
  link: Link;
  url: string;
}

/** A QR code: so many dots a side, and the path that draws them. */
export interface Qr {
  size: number;
  path: string;
}

/** Addresses that are shown this once. */
export type Address = "organise_url" | "join_url" | "screen_url" | "moderate_url";
export type Addresses = Partial<Record<Address, string>>;
/** The rehearsal that there is. `simulated_until`: null where no simulated attendees act. */
export interface Rehearsal {
  code: string;
  simulated_until: string | null;
}
export type Made = Record<Address, string> & { board: Board };

/** A session or a person, as a preview shows it. `from` and `to`: what differs; `stays`: it is not in the file and is kept. */
export interface Row {
  id?: string;
  title?: string;
  name?: string;
  starts_at?: string | null;
  ends_at?: string | null;
  room?: string;
  speakers?: string[];
  team?: string | null;
  from?: Record<string, unknown>;
  to?: Record<string, unknown>;
  stays?: boolean;
}

export interface Place {
  row: number;
  column: string;
}

export interface Ask extends Place {
  key: string;
  detail: string;
  choices: string[];
  labels?: string[];
  chosen: string;
}

export interface Preview {
  id: string;
  kind: ImportKind;
  columns: { name: string; field: string | null; samples?: string[] }[];
  added: Row[];
  changed: Row[];
  moved: Row[];
  gone: Row[];
  same: number;
  warnings: (Place & { value: string; detail: string })[];
  asks: Ask[];
}
export type ImportKind = "agenda" | "people";

// -- the form of the board ----------------------------------------------------------------------------------------

/** A theme and a team as the form has them: those that are new have a name alone. `was`: how a team was called until now. */
export type ThemeTyped = { name: string } & Partial<Omit<Theme, "short">> & { short?: string | null };
export type TeamTyped = Team & { was?: string };
/** Nothing of it before the first answer. */
export type BoardFields = Partial<Omit<Settings, "themes" | "teams" | "lease" | "public">> & {
  themes?: ThemeTyped[];
  teams?: TeamTyped[];
  lease?: number | null;
  public?: Partial<Public>;
};
export interface Repair {
  field: string;
  asked: string;
  used: string;
}

// -- the page's parts ---------------------------------------------------------------------------------------------

export type Calls = typeof import("./calls.js").calls;
export type Drafts = ReturnType<typeof createDrafts>;

/** What fields need of their form, whatever it is of. */
export interface Editing {
  readonly problem: Trouble | null;
  value(field: string): unknown;
  type(field: string, value: unknown): void;
  conflicts(): string[];
  theirs(field: string): unknown;
  keepMine(field: string): void;
  takeTheirs(field: string): void;
}

/** The editor of a form with the fields F. */
export interface Editor<F extends object> {
  readonly problem: Trouble | null;
  readonly touched: boolean;
  readonly busy: boolean;
  value<K extends keyof F & string>(field: K): F[K];
  type<K extends keyof F & string>(field: K, value: F[K]): void;
  conflicts(): string[];
  theirs<K extends keyof F & string>(field: K): F[K];
  keepMine(field: keyof F & string): void;
  takeTheirs(field: keyof F & string): void;
  save(): Promise<boolean>;
  retry(): Promise<void>;
  discard(): void;
}

export type SessionForm = Omit<import("./agendaplan.js").Planned, "id">;
export interface PersonForm {
  name: string;
  team: string | null;
}

/** How a field looks, besides its label. `fault`: the field that a refusal names, where it has another name. */
export interface About {
  id?: string;
  hint?: string;
  type?: string;
  list?: string;
  most?: number;
  required?: boolean;
  options?: [string, string][];
  area?: number;
  placeholder?: string;
  dir?: string;
  fault?: string;
  show?(value: unknown): string;
}

export type Telling = ReturnType<typeof createTelling>;
export type Sheet = ReturnType<typeof createSheet>;
export type Agenda = ReturnType<typeof createAgenda>;
export type BoardForm = ReturnType<typeof createBoardForm>;
export type People = ReturnType<typeof createPeople>;
export type Hooking = ReturnType<typeof createHooks>;
export type Staff = ReturnType<typeof createStaff>;
export type Life = ReturnType<typeof createLife>;
export type Keeping = ReturnType<typeof createKeeping>;
export type Importing = ReturnType<typeof createImporting>;

/** What is wrong, as fields and sheets show it: a refusal of the board, or of the page itself. */
export type Trouble = Pick<Problem, "detail" | "answer"> & Partial<Pick<Problem, "field" | "network">>;

/** What the dialog shows. `problem`: what went wrong in it; `busy`: its request is under way. */
interface Open {
  problem?: Trouble | null;
  busy?: boolean;
}
export type SessionSheet = Open & { kind: "session"; id: string };
export type ShiftSheet = Open & { kind: "shift"; id: string; minutes: string };
export type RemovalSheet = Open & { kind: "remove-session"; id: string; to: string; questions: number };
export type PersonSheet = Open & { kind: "person"; id: string; person?: Entry };
export type PersonAct = "remove-person" | "erase-person" | "merge-person" | "free-name";
export type PersonActSheet = Open & { kind: PersonAct; person: Entry; q: string; found: Entry[]; along: boolean };
export type NewLinkSheet = Open & { kind: "new-link"; role: Role; name?: string; screen?: string };
/** `screen`: null for a new one; `removing`: it is asked for once more. */
export type ScreenSheet = Open & {
  kind: "screen";
  screen: LargeScreen | null;
  name: string;
  room: string;
  removing?: boolean;
};
export type FreshLinkSheet = Open & FreshLink & { kind: "fresh-link"; qr: Qr | null; copied: boolean };
export type NewHookSheet = Open & { kind: "new-hook"; url: string; events: string[] };
export type FreshHookSheet = Open & { kind: "fresh-hook"; hook: Webhook; secret: string; copied: boolean };
export type RemoveHookSheet = Open & { kind: "remove-hook"; hook: Webhook };
export type LinkAct = "renew-link" | "revoke-link";
export type LinkActSheet = Open & { kind: LinkAct; link: Link };
export type LifeSheet = Open & { kind: "purge" | "duplicate"; typed: string };
export type What =
  | SessionSheet
  | NewHookSheet
  | FreshHookSheet
  | RemoveHookSheet
  | ShiftSheet
  | RemovalSheet
  | PersonSheet
  | PersonActSheet
  | NewLinkSheet
  | ScreenSheet
  | FreshLinkSheet
  | LinkActSheet
  | LifeSheet;

export interface OrganiseConfig extends Config {
  host: string;
  sign: string;
  qr: Qr;
  rehearsal?: boolean;
}

/** What stands beside a section's name. `todo`: something is left to do there. */
export type Note = { words: string; todo?: boolean } | null;

/** What the views show, see organise.js. */
export interface Page {
  config: OrganiseConfig;
  on: { skip: (event: Event) => void };
  line: ReturnType<typeof createLine>;
  telling: Telling;
  sheet: Sheet;
  settings: Fetched<{ settings: Settings; retention: Retention }>;
  checklist: Fetched<{ items: Check[] }>;
  agenda: Agenda;
  order: ReturnType<typeof createOrder>;
  form: BoardForm;
  people: People;
  staff: Staff;
  hooking: Hooking;
  screens: ReturnType<typeof createScreens>;
  importing: Importing;
  life: Life;
  taking: ReturnType<typeof createTaking>;
  keeping: Keeping;
  known: { base: State };
  draw: () => void;
  section: string;
  board: Partial<Settings>;
  now: number;
  language: string;
  notes: Record<string, Note>;
}
