// The phone: wiring. Its parts hold what is known, react to the feed and to fingers, and hand what is to be shown to lanes.js.
// @ts-check
import { api } from "../shared/api.js";
import { readConfig } from "../shared/config.js";
import { glimpsed } from "../shared/board.js";
import { createClock } from "../shared/clock.js";
import { createComing, renew } from "../shared/coming.js";
import { openKeep } from "../shared/keep.js";
import { createMender } from "../shared/mender.js";
import { createComposer } from "./composer.js";
import { createEarlier } from "./earlier.js";
import { createFonts } from "./fonts.js";
import { receivedBy } from "./forme.js";
import { createHearing } from "./hearing.js";
import { LANES } from "./lanes.js";
import { isOpen, kindOf, sheetNote } from "./notes.js";
import { createOwn } from "./own.js";
import { createPainting } from "./painting.js";
import { createPlace } from "./place.js";
import { createSaying } from "./saying.js";
import { createSending } from "./sending.js";
import { createSessions } from "./sessions.js";
import { createStanding } from "./standing.js";
import { createToggles } from "./toggles.js";
import { createWaking } from "./turning.js";
import { createWho } from "./who.js";

/** @import { Keep } from "../shared/keep.js" */
/** @import { Config, Glance, Post } from "../shared/wire" */
/** @import { Act, Composer, Facts } from "./types" */

/**
 * @param {{config: Config, glance: Glance, root: HTMLElement, sheet: HTMLDialogElement}} page
 *   config: what the page was rendered with; glance: a few posts that came with it
 */
function createPhone({ config, glance, root, sheet }) {
  const draw = () => {
    painting.draw();
    waking.wait();
  };
  const held = { board: glimpsed(glance) };
  const keep = openKeep(config.code, draw);
  const clock = createClock();
  const waking = createWaking({ held, clock, draw });
  const mender = createMender({ roots: [root, sheet], translatable: true });
  const fonts = createFonts(keep, config.server);
  const { say, said, hush } = createSaying({ onChange: draw });
  const sessions = createSessions({ held, clock, keep });
  const deliver = () => void sending.flush();
  const who = createWho({ keep, deliverLater: deliver, onChange: draw });
  const isUnderWay = (/** @type {string} */ id) =>
    sending.entries().some((entry) => entry.id === id && entry.state === "sending");
  const own = createOwn({ held, who, deliver, isUnderWay, onChange: draw });
  const toggles = createToggles({ held, own, say, onTouch: () => standing.touch(), onChange: draw });
  const composer = createComposer({
    dialog: sheet,
    render: mender.render,
    keep,
    onChange: draw,
    getBoard: () => held.board,
    getWho: who.self,
    saveWho: who.save,
    onSend: (body, shown) => sending.send(body, shown),
    onEdit: (id, changes, shown) => sending.edit(id, changes, shown),
    getNote: (kind, session) => sheetNote(facts(), kind, session),
    findPeople: api.people,
    hasRoster: () => own.roster,
    findSimilar: api.similar,
    isVoted: (id) => own.votes.has(id),
    voteInstead(id) {
      if (!own.votes.has(id)) toggles.vote({ id });
    },
    presetSession() {
      const now = sessions.now();
      return held.board.epoch && isOpen(facts(), "question", now) ? now : "";
    },
    isOver: sessions.isOver,
  });
  const sending = createSending({
    keep,
    own,
    who,
    composer,
    say,
    onSend: (kind) => place.showSent(kind),
    onChange: draw,
  });
  const standing = createStanding({ held, fresh: own.fresh, isWriting: composer.isOpen, onChange: draw });
  const earlier = createEarlier({ held, say, onChange: draw });
  const place = createPlace({
    root,
    lanes: LANES,
    held,
    sessions,
    standing,
    earlier,
    draw,
    paint: () => painting.paint(),
    onLeave: hush,
    onMe: own.loadReceived,
  });
  const hearing = createHearing({
    url: config.api,
    held,
    clock,
    own,
    self: who.self,
    say,
    onSnapshot() {
      earlier.snapshotCame();
      place.lookForAnswered();
    },
    onConnected() {
      own.load();
      sending.flush();
      coming.bring();
      place.lookForAnswered(); // where the network failed before
    },
    onChange: draw,
  });

  /** @type {Act} */
  const act = {
    lane: place.go,
    sort: place.sortBy,
    session: place.chooseSession,
    compose: (event) => composer.isEcho(event) || composer.open(kindOf(place.lane())),
    showNews: place.toTop,
    older: place.older,
    goTo: place.goTo,
    share: (post) => coming.ask("picture", (part) => part.share(post)),
    react: toggles.react,
    vote: toggles.vote,
    edit: (post) => composer.open(post.kind, { post: /** @type {Post} */ (post) }),
    withdraw: sending.withdraw,
    askSure: sending.askSure,
    rewrite: ({ entry }) => entry && sending.rewrite(entry),
    discard: ({ entry }) => entry && sending.discard(entry),
    changeName: () => composer.openName(),
  };
  const received = () => receivedBy(held.board, who.self(), own.received);
  /** @type {import("../shared/coming.js").Coming<import("./types").Later>} */
  const coming = createComing({
    first: () => ({ ...parts(), config, held, mender, act, received, facts, self: who.self, say, draw }),
    onOther: () => composer.isOpen() || renew(keep, config.server),
    onChange: draw,
  });
  const parts = () => ({ place, sessions, standing, earlier, own, sending, composer, coming, clock, keep });
  const painting = createPainting({ root, mender, title: config.title, facts, received, parts, act });

  /** What decides: see Facts in notes.js and fates.js. @returns {Facts} */
  function facts() {
    const troubled = hearing.isTroubled();
    return {
      board: held.board,
      status: hearing.status(),
      troubled,
      offline: troubled || !navigator.onLine,
      full: keep.isFull(),
      cookie: own.cookie,
      muted: own.muted,
      posts: own.posts,
      said: said(),
      entries: sending.entries(),
      who: who.self(),
    };
  }

  /** First what came with the page, then what the board says. */
  async function start() {
    const hasFonts = fonts.areHere();
    if (hasFonts) fonts.load();
    painting.paint();
    waking.wait();
    for (const event of ["online", "offline"]) window.addEventListener(event, draw);
    openAsked(composer);
    if (!(await hearing.start())) return;
    coming.bring();
    if (!hasFonts) fonts.load();
  }

  return { start };
}

/**
 * The sheet that was open before a reload, or that a finger asked for before this script was there: the shell's button is a link.
 * @param {Composer} composer
 */
function openAsked(composer) {
  if (location.hash === "#write") {
    history.replaceState(null, "", location.pathname + location.search);
    composer.open("card");
  } else if (history.state?.sheet) composer.restore(history.state);
}

createPhone({
  config: readConfig(),
  glance: JSON.parse(document.getElementById("glance")?.textContent || '{"posts":[]}'),
  root: /** @type {HTMLElement} */ (document.getElementById("app")),
  sheet: /** @type {HTMLDialogElement} */ (document.getElementById("composer")),
}).start();
