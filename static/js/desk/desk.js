// The moderators' desk as one object: its parts, and what each needs of the others.
// @ts-check
import { api } from "../shared/staff.js";
import { emptyBoard } from "../shared/board.js";
import { createClock } from "../shared/clock.js";
import { createComing, renew } from "../shared/coming.js";
import { dayOf } from "../shared/fate.js";
import { openKeep } from "../shared/keep.js";
import { createLine } from "../shared/line.js";
import { openActs } from "./acts.js";
import { createChoices } from "./choices.js";
import { createCommands } from "./commands.js";
import { controlsOf } from "./controls.js";
import { createDecisions } from "./decisions.js";
import { createFace } from "./face.js";
import { createFloor } from "./floor.js";
import { createFlood } from "./flood.js";
import { createFollowing } from "./following.js";
import { createLarge } from "./large.js";
import { createList } from "./list.js";
import { createMarks } from "./marks.js";
import { createNames } from "./names.js";
import { createOlder } from "./older.js";
import { createPainter } from "./painter.js";
import { pictureOf } from "./picture.js";
import { createPopover } from "./popover.js";
import { createOverrun } from "./overrun.js";
import { createPowers } from "./powers.js";
import { createRoom } from "./room.js";
import { createSearch } from "./search.js";
import { createTelling } from "./telling.js";
import { createTicking } from "./ticking.js";
import { label } from "./words.js";
import { createWritten } from "./written.js";

/** @param {{config: import("../shared/wire").Config, root: HTMLElement, dialog: HTMLDialogElement}} page */
export function createDesk({ config, root, dialog }) {
  const me = config.name ?? "";
  const empty = emptyBoard();
  const known = { base: empty, view: empty }; // what the server said, and what was asked for on top of it
  const again = /** @type {Set<string>} */ (new Set()); // ids to be decided once more, see wayBack
  const clock = createClock();
  const keep = openKeep(config.code);
  const written = createWritten(keep);
  const telling = createTelling(draw);
  const { say, complain } = telling;
  const common = { known, again, api, draw, say, complain };

  const popover = createPopover({ dialog, root, draw });
  const marks = createMarks({ me });
  const search = createSearch({
    ask: api.posts,
    read: () => known.base,
    found: (state, ids) => following.bring(state, ids),
    changed: draw,
  });
  const list = createList({ known, again, marks, today, want: search.want, draw, say });
  const face = createFace({ list, draw });
  const acts = openActs({
    me,
    again,
    label,
    say,
    teach: (posts) => following.teach(posts),
    changed: (act) => following.acted(act),
    refused: (problem, act) => following.refused(problem, act),
    remember: (ids) => large.showing.remember(ids),
  });
  const room = createRoom({ known, acts, api });
  const overrun = createOverrun({ known, acts, api });
  const large = createLarge({ ...common, acts, clock });
  const names = createNames(common);
  const flood = createFlood({ ...common, closePop: popover.close });
  const floor = createFloor(common);
  const following = createFollowing({ ...common, over: acts.over, list, marks, large, flood, search });
  const older = createOlder({ ...common, strays: search.strays, bring: following.bring, showMore: list.showMore });
  const withKeys = () => commands.used;
  const decisions = createDecisions({
    ...common,
    marks,
    list,
    acts,
    showing: large.showing,
    openPop: popover.open,
    withKeys,
  });
  const choices = createChoices({
    known,
    acts,
    popover,
    decisions,
    written,
    ask,
    api,
    teach: following.teach,
    lookFor: face.lookFor,
  });
  const powers = createPowers({ ...common, me, acts, popover, decisions, teach: following.teach, ask });
  /** @type {import("../shared/coming.js").Coming<import("./types").Later>} */
  const coming = createComing({
    first: () => ({ ...common, acts, popover, dialog, keep, teach: following.teach, corrected: choices.corrected }),
    onOther: () => popover.what || renew(keep, config.server),
    onChange: draw,
  });
  const painter = createPainter({ root, dialog, list, popover, picture });
  const ticking = createTicking({ known, clock, list, marks, acts, telling, painter, refresh: following.refresh });
  const isRefused = () => line.status === "refused";
  const commands = createCommands({
    known,
    dialog,
    face,
    list,
    decisions,
    large,
    room,
    popover,
    painter,
    choices,
    isRefused,
  });
  const line = createLine({
    url: config.api,
    known,
    clock,
    heard(base, frame) {
      following.heard(base, frame);
      if (frame.type === "snapshot") coming.bring(); // after the board, which is what the page is opened for
    },
    restored() {
      search.retry();
      coming.bring();
    },
    refused: popover.close,
    draw,
  });
  const parts = {
    config,
    known,
    again,
    face,
    line,
    telling,
    flood,
    room,
    overrun,
    large,
    names,
    list,
    marks,
    search,
    older,
    acts,
  };
  const on = controlsOf({ ...parts, choices, decisions, popover, written, coming, floor, powers });

  /** @type {import("./types").Ask} */
  function ask(name, use) {
    coming.ask(name, use);
  }

  function today() {
    return dayOf(clock.now(), known.view.board?.time_zone);
  }

  function draw() {
    painter.draw();
  }

  function picture() {
    return pictureOf({ ...parts, on }, { now: clock.now(), today: today(), mono: performance.now() });
  }

  function start() {
    document.addEventListener("keydown", commands.pressed);
    document.addEventListener("pointerdown", () => (commands.used = false));
    ticking.start();
    draw();
  }

  return { start };
}
