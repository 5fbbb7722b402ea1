// What comes after the first card: the parts of the second script. Wiring only. A new part is a module of its own and a line here;
// the first script asks for it by its name (coming.js).
// @ts-check
import { byId } from "../shared/board.js";
import { createAnswers } from "./answers.js";
import { readConfig } from "../shared/config.js";
import { createConsent } from "./consent.js";
import { createFloor } from "./floor.js";
import { createLight } from "./light.js";
import { meView, ownDataView } from "./me.js";
import { createPicturing } from "./picturing.js";
import { createReceived } from "./received.js";
import { createRooms } from "./rooms.js";
import { createThanking } from "./thanking.js";
import { translatedView } from "../shared/translated.js";
import { ownPosts, tidings, unseen } from "./tidings.js";

/** @import { Post } from "../shared/wire" */
/** @import { First, Page } from "./types" */

const READY_MS = 10000; // a style sheet that did not come is no reason to go without the parts

/** @param {First} phone what the first script hands over */
export async function createLater(phone) {
  await styled();
  const consent = createConsent(phone);
  const picture = createPicturing(phone);
  const received = createReceived({ ...phone, thanking: createThanking(phone), share: picture.share });
  const light = createLight(phone);
  const me = (/** @type {Page} */ page) =>
    meView({ ...page, find: (id) => byId(phone.held.board, id) }, [
      consent.view(page),
      light.view(),
      ownDataView(readConfig().api, consent.until()),
    ]);
  const floor = createFloor(phone).view;
  return {
    me,
    picture,
    received: { ...received, look: both(received.look, light.look) },
    floor,
    rooms: createRooms(phone),
    answers: createAnswers(phone),
    translated: translatedView,
    fates: { ownPosts, tidings, unseen },
  };
}

/** Each time the board changed. @param {(cards: Post[]) => void} one @param {() => void} other */
const both = (one, other) => (/** @type {Post[]} */ cards) => {
  one(cards);
  other();
};

/** How the parts look comes with them, and is there before they are shown. */
function styled() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../../css/later.css", import.meta.url).href;
  const there = new Promise((done, failed) => {
    link.onload = done;
    link.onerror = () => {
      link.remove();
      failed(new Error("later.css"));
    };
    setTimeout(done, READY_MS);
  });
  document.head.append(link);
  return there;
}
