// Draws the phone: what is known becomes a page, once for each frame of the display.
// @ts-check
import { byId } from "../shared/board.js";
import { glide, hold, keepFocus } from "../shared/view.js";
import { waitingPosts } from "./fates.js";
import { pageView } from "./lanes.js";
import { mayEdit, mayVote } from "./may.js";
import { dockNote, isOpen, kindOf } from "./notes.js";
import { withNowFirst } from "./order.js";
import { STILL_BELOW_PX } from "./standing.js";

/** @import { State } from "../shared/board.js" */
/** @import { Line } from "../shared/feed.js" */
/** @import { Post } from "../shared/wire" */
/** @import { Act, BoardPart, Facts, OwnPart, OwnPost, Page, Parts } from "./types" */

/**
 * @typedef {Facts & {received: Post[]}} Known
 * @param {{root: HTMLElement, mender: ReturnType<typeof import("../shared/mender.js").createMender>, title: string, facts: () => Facts,
 *   received: () => Post[], parts: () => Parts, act: Act}} page facts: what notes.js and fates.js decide by; received: cards for me; parts: the phone's own, which say where somebody is
 */
export function createPainting({ root, mender, title, facts, received, parts, act }) {
  let waiting = 0;

  function draw() {
    if (!waiting) waiting = requestAnimationFrame(paint);
  }

  function paint() {
    waiting = 0;
    const { place, sessions, standing, composer, coming, keep } = parts();
    sessions.follow();
    const ids = standing.order(place.choice());
    // The shell came with the page.
    if (!("_$litPart$" in root)) mender.own(() => root.replaceChildren());
    const known = { ...facts(), received: received() };
    parts().coming.part("answers")?.(known);
    const fates = coming.part("fates");
    const fate = fates?.tidings(known) ?? [];
    const news = fates?.unseen(fate, keep.get("seen", {})).length;
    const moments = coming.part("received");
    moments?.look(known.received);
    const isMe = place.lane() === "me";
    const page = {
      ...boardPart(known, ids),
      ...ownPart(known, ids),
      badge: isMe ? 0 : known.entries.length + (news ?? 0),
      act,
      me: coming.part("me"),
      rooms: coming.part("rooms")?.view,
      ours: moments?.inFeed,
      floor: coming.part("floor"),
      translated: coming.part("translated"),
    };
    if (isMe && news) keep.set("seen", Object.fromEntries(fate));
    show(page);
    composer.refresh();
    if (place.isFirst() && ids.length) setTimeout(place.showMore);
  }

  /** @param {Known} known @param {string[]} ids @returns {BoardPart} */
  function boardPart({ board, status, troubled }, ids) {
    const { place, sessions, standing, earlier, clock } = parts();
    const { lane, sort, session } = place.choice();
    const now = nowPost(board);
    return {
      // A glance shows cards, and not whether there are none.
      ready: Boolean(board.epoch) || (lane === "celebrate" && ids.length > 0),
      title: board.board?.title ?? title,
      status: statusShown(status, troubled),
      online: board.online,
      lane,
      sort,
      session,
      sessions: sessions.list(),
      themes: board.themes,
      zone: board.board?.time_zone,
      posts: withNowFirst(
        ids.slice(0, place.limit()).flatMap((id) => byId(board, id) ?? []),
        now,
      ),
      more: ids.length > place.limit() || (lane === "celebrate" && board.more),
      loading: earlier.isLoading(),
      now,
      time: clock.now(),
      news: standing.news(),
      votable: (/** @type {Post} */ post) => mayVote(post, board),
    };
  }

  /** @param {Known} known @param {string[]} ids @returns {OwnPart} */
  function ownPart(known, ids) {
    const { place, own, sending, composer, coming, clock } = parts();
    const { lane, session } = place.choice();
    const line = dockNote(known, lane, session);
    return {
      waiting: waitingPosts(known, { kind: kindOf(lane), session, fresh: own.fresh, shown: ids }),
      reacted: (/** @type {string} */ id) => own.reactions.get(id),
      voted: (/** @type {string} */ id) => own.votes.has(id),
      who: known.who,
      mine: (lane === "me" && coming.part("fates")?.ownPosts(known)) || [],
      received: lane === "me" ? known.received : [],
      sure: sending.sure(),
      editable: (/** @type {OwnPost} */ post) => !own.muted && mayEdit(post, known.board.board, clock.now()),
      begun: (/** @type {OwnPost} */ post) => composer.hasEdit(post.id),
      open: isOpen(known, kindOf(lane), session),
      note: line.words,
      noteKind: line.kind,
    };
  }

  /** @param {Page} page */
  function show(page) {
    const render = () => keepFocus(root, () => mender.render(pageView(page), root));
    if (window.scrollY > STILL_BELOW_PX) hold(root, "[data-id]", render);
    else if (page.lane === "ask" && !parts().composer.isOpen()) glide(root, ".questions > .question", render);
    else render();
  }

  return { draw, paint };
}

/**
 * @param {Line} status @param {boolean} troubled
 * @returns {Line}
 */
function statusShown(status, troubled) {
  if (status === "refused") return status;
  if (troubled) return "offline";
  return status === "live" || status === "slow" ? status : "connecting";
}

/** @param {State} board */
function nowPost(board) {
  const { scene, post } = board.screen;
  return scene === "spotlight" || scene === "questions" ? byId(board, post) : null;
}
