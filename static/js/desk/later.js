// What of the desk is opened by hand: the parts of the second script. Wiring only. A new part is a module of its own and a line here; the
// first script asks for it by its name (shared/coming.js).
// @ts-check
import { createAnswering } from "./answering.js";
import { answerView } from "./answerview.js";
import { createBehalf } from "./behalf.js";
import { createCorrect } from "./correct.js";
import { createFates } from "./fates.js";
import { asideView, ownerView } from "./fatesview.js";
import { createJoining } from "./joining.js";
import { createKiosks } from "./kiosks.js";
import { createLately } from "./lately.js";
import { latelyView } from "./latelyview.js";
import { behalfPanel, joinView, kioskPanel } from "./laterview.js";
import { preparedPanel } from "./preparedview.js";
import { createPreparing } from "./preparing.js";

/**
 * @import {Later, LaterDesk} from "./types"
 * @param {LaterDesk} desk what the first script hands over
 * @returns {Later}
 */
export function createLater(desk) {
  const { known, popover, dialog, keep, api, draw, complain, corrected } = desk;
  const answering = createAnswering(desk);
  const fates = createFates(desk);
  const joining = createJoining(desk);
  const behalf = createBehalf(desk);
  const preparing = createPreparing(desk);
  const kiosks = createKiosks(desk);
  const lately = createLately(desk);
  const correct = createCorrect({
    dialog,
    keep,
    getBoard: () => known.view,
    isOpen: () => popover.what?.kind === "correct",
    refresh: draw,
    findPeople: api.people,
    askMine: api.mine,
    send: api.moderate,
    saved: corrected,
    failed: complain,
  });
  return {
    correct,
    answer: { view: (pop, shown) => answerView(pop, shown, answering) },
    owner: { view: (pop, shown) => ownerView(pop, shown, fates) },
    aside: { view: (pop, shown) => asideView(pop, shown, fates) },
    join: {
      open: joining.open,
      apart: joining.apart,
      view: (pop, shown) => joinView(pop, shown, joining),
    },
    behalf: { opened: () => {}, view: (shown) => behalfPanel(behalf, shown) },
    prepared: { opened: preparing.fetch, view: (shown) => preparedPanel(preparing, shown) },
    kiosk: { opened: kiosks.fetch, view: () => kioskPanel(kiosks) },
    lately: { opened: lately.fetch, view: (shown) => latelyView(lately.lines, shown) },
  };
}
