// What the moderators' desk is made of, and what its views show: for the type check alone, no page loads this file.
import type { State } from "../shared/board.js";
import type { View } from "../shared/dom";
import type { Coming } from "../shared/coming.js";
import type { Keep } from "../shared/keep.js";
import type { createLine } from "../shared/line.js";
import type { api } from "../shared/staff.js";
import type { AuditLine, Board, Config, Post } from "../shared/wire";
import type { Acts } from "./acts.js";
import type { controlsOf } from "./controls.js";
import type { createChoices } from "./choices.js";
import type { createDecisions } from "./decisions.js";
import type { Face } from "./face.js";
import type { createFlood } from "./flood.js";
import type { createFloor } from "./floor.js";
import type { Large } from "./large.js";
import type { List } from "./list.js";
import type { Marks } from "./marks.js";
import type { createNames } from "./names.js";
import type { createOlder } from "./older.js";
import type { createOverrun } from "./overrun.js";
import type { pictureOf } from "./picture.js";
import type { createPopover } from "./popover.js";
import type { createPowers } from "./powers.js";
import type { createRoom } from "./room.js";
import type { createSearch } from "./search.js";
import type { createTelling } from "./telling.js";
import type { createWritten } from "./written.js";

// -- its parts ----------------------------------------------------------------------------------------------------

export type Choices = ReturnType<typeof createChoices>;
export type Decisions = ReturnType<typeof createDecisions>;
export type Floor = ReturnType<typeof createFloor>;
export type Names = ReturnType<typeof createNames>;
export type Popover = ReturnType<typeof createPopover>;
export type Room = ReturnType<typeof createRoom>;
export type Written = ReturnType<typeof createWritten>;

/** `base`: what the server said; `view`: with what was asked for on top of it. */
export interface Known {
  base: State;
  view: State;
}

/** What most parts are made with. */
export interface Common {
  known: Known;
  again: Set<string>;
  api: typeof api;
  draw: () => void;
  say: (words: string) => void;
  complain: (words: string) => void;
}

/** What the powers are made with, see powers.js. */
export interface PowersDesk extends Common {
  acts: Acts;
  popover: Popover;
  decisions: Decisions;
  me: string;
  teach: (posts: Post[]) => void; // the server has these posts
  ask: Ask;
}

/** The first script hands these to the second: its own state and its own ways, none of them made twice. */
export interface LaterDesk extends Common {
  acts: Acts;
  popover: Popover;
  dialog: HTMLElement;
  keep: Keep;
  teach: (posts: Post[]) => void; // the server has these posts
  corrected: Choices["corrected"];
}

/** The parts of the second script. */
export interface Later {
  correct: { open: (post: Post) => void; view: LatePopView };
  answer: { view: LatePopView };
  owner: { view: LatePopView };
  aside: { view: LatePopView };
  join: { open: (post: Post) => void; apart: (post: Post) => void; view: LatePopView };
  behalf: LatePanel;
  prepared: LatePanel;
  kiosk: LatePanel;
  lately: LatePanel;
}
type LatePopView = (pop: LatePop, desk: Picture) => View;
interface LatePanel {
  opened: () => void;
  view: (desk: Picture) => View;
}
export type Ask = Coming<Later>["ask"];
/** Those that are panels of the room, opened by hand. */
export type Panel = "behalf" | "prepared" | "kiosk" | "lately";

/** What the picture is made of. */
export interface Parts {
  config: Config;
  known: Known;
  again: Set<string>;
  face: Face;
  line: ReturnType<typeof createLine>;
  telling: ReturnType<typeof createTelling>;
  flood: ReturnType<typeof createFlood>;
  room: Room;
  overrun: ReturnType<typeof createOverrun>;
  large: Large;
  names: Names;
  list: List;
  marks: Marks;
  search: ReturnType<typeof createSearch>;
  older: ReturnType<typeof createOlder>;
  acts: Acts;
}

/** What answers to fingers and keys. */
export interface Answering extends Parts {
  choices: Choices;
  decisions: Decisions;
  popover: Popover;
  written: Written;
  coming: Coming<Later>;
  floor: Floor;
  powers: ReturnType<typeof createPowers>;
}

// -- what the views show ------------------------------------------------------------------------------------------

export type Controls = ReturnType<typeof controlsOf>;
export type Picture = ReturnType<typeof pictureOf>;
export type Row = Picture["rows"][number];
export type LargeShown = Picture["large"][number];

/** Until the board has come nothing of it is known: no view asks for `premoderate` by then. */
export type BoardShown = Partial<Board> & Pick<Board, "premoderate">;

/** An entry of the audit trail as it is shown. */
export interface Line extends AuditLine {
  key: string;
  about: string;
}

/** What the one dialog is about: posts that are to be held, one post, or none. */
export interface HoldPop {
  kind: "reason";
  posts: Post[];
  about: string;
  post?: Post;
  muted?: boolean;
}
interface OnePop {
  post: Post;
  posts?: Post[];
  about?: string;
  muted?: boolean;
}
export interface PostPop extends OnePop {
  kind: "menu" | "move";
}
export interface LatePop extends OnePop {
  kind: "answer" | "correct" | "owner" | "aside" | "join";
}
export interface PlainPop {
  kind: "flood" | "help";
}
export type Pop = HoldPop | PostPop | LatePop | PlainPop;

// -- what fingers do ----------------------------------------------------------------------------------------------

/** A press on a button of a row; `currentTarget` is that button. */
export type Press = MouseEvent & { currentTarget: Element };
export type Submit = SubmitEvent & { target: HTMLFormElement };
