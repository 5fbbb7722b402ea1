// The connection to a board: a WebSocket that comes back by itself, or Server-Sent Events where WebSockets are blocked, or, where nothing
// comes by either, the snapshot every few seconds. It knows frames only as JSON with a sign of life; what they mean is board.js's business.
// @ts-check
import { limits } from "./limits.js";
import { openEvents, openSocket } from "./links.js";
import { createPoll } from "./poll.js";
import { watchReturning } from "./returning.js";
import { watchSilence } from "./silence.js";
import { failed, nextWay, untried, worked } from "./ways.js";

const FIRST_WAIT_MS = 500;
const GROWTH_MS = 1500; // upper bound of the first wait; doubles with each failure
const OPEN_WITHIN_MS = 8000; // iOS keeps a socket in CONNECTING for ever
const FIRST_WITHIN_MS = 5000; // after opening; the server says something at once
const WHOLE_WITHIN_MS = 15000; // where the first frame is a whole snapshot, and the line a phone's
const STEADY_AFTER_MS = 10000; // a connection that held this long forgives the failures before it
const ASLEEP_AFTER_MS = 60000; // a hidden phone need not reconnect after this long
const AT_MOST_EVERY_MS = 500; // reconnects asked for by hand, so that no bug becomes a storm
const FINAL = new Set([4400, 4401, 4404]);
const OURS = new Set([1012, 4408, ...FINAL]); // sent by our own server: so messages arrive by this way
const PUBLIC = { dead: 35000, poll: 4000 };
const WATCHED = { dead: 7000, poll: 2000 }; // screens and moderators

/**
 * "slow": by neither way anything comes, the snapshot is asked for every few seconds.
 * @import {Cursor, FeedName, Frame} from "./wire"
 * @import {Link} from "./links.js"
 * @typedef {"connecting"|"live"|"slow"|"offline"|"refused"} Line
 * @typedef {{state: Line, code?: number, lastHeard: number}} Status
 * @param {{url: string, feed?: FeedName, getCursor: () => Cursor|null,
 *   onFrame: (frame: Frame) => void, onStatus?: (status: Status) => void, capMs?: number, screen?: string}} options
 *   screen: the id of the large screen that this is
 * @returns {{close(): void, send(message: object): boolean, reconnect(): void, lastHeard(): number}}
 */
export function openFeed({ url, feed = "", screen = "", getCursor, onFrame, onStatus = () => {}, capMs = 30000 }) {
  const pace = paceOf(feed);
  let link = /** @type {Link|null} */ (null); // the open or opening connection; callbacks of any other one are ignored
  let state = /** @type {Line|""} */ ("");
  let heard = 0;
  let failures = 0; // in a row, any kind
  let tries = untried();
  let startedAt = -Infinity;
  let waiting = 0;
  let closed = false;
  const returning = watchReturning({ back, online });
  const isAsleep = () => !feed && returning.hiddenMs() > ASLEEP_AFTER_MS;
  const poll = createPoll({
    url,
    feed,
    screen,
    everyMs: pace.poll,
    getCursor,
    isAsleep,
    onFrame: asked,
    onTurn: () => tell("offline"),
    onRefused: refuse,
  });
  const on = { opened, received, lost };
  const since = (/** @type {Link|null} */ mine) => (mine?.open ? heard : startedAt);
  const patience = (/** @type {Link|null} */ mine) =>
    mine?.open ? pace.dead : firstWithin(mine, Boolean(feed || getCursor()));
  const silence = watchSilence({ since, patience, silent: (mine) => mine && lost(mine, 0, true) });

  function tell(/** @type {Line} */ wanted, /** @type {number|undefined} */ code = undefined) {
    const next = poll.works() && ["connecting", "offline"].includes(wanted) ? "slow" : wanted;
    if (next === state && code === undefined) return;
    state = next;
    onStatus({ state: next, code, lastHeard: heard });
  }

  function connect() {
    clearTimeout(waiting);
    if (closed) return;
    if (isAsleep()) return tell("offline");
    drop();
    startedAt = performance.now();
    tell("connecting");
    const open = nextWay(tries) === "socket" ? openSocket : openEvents;
    link = open(addressOf(url, open === openSocket ? "/live" : "/events", { feed, screen }, getCursor()), on);
    silence.watch(link);
  }

  // Proxies and scanners let a connection open and pass nothing down: it is taken for working when its first frame has come.
  function opened(/** @type {Link} */ mine) {
    if (mine !== link) return mine.drop();
    mine.opened = true;
    startedAt = performance.now();
    silence.watch(mine);
  }

  function received(/** @type {Link} */ mine, /** @type {string} */ data) {
    if (mine !== link) return;
    heard = performance.now();
    const frame = parsed(data);
    if (!frame) return lost(mine, 0); // cut on its way: ask again from our own cursor
    if (!mine.open) works(mine);
    onFrame(frame);
  }

  function works(/** @type {Link} */ mine) {
    mine.open = true;
    tries = worked(tries, mine.way);
    poll.stop();
    silence.watch(mine);
    tell("live");
  }

  function lost(/** @type {Link} */ mine, /** @type {number} */ code, hung = false) {
    if (mine !== link) return;
    const held = mine.open && performance.now() - startedAt > STEADY_AFTER_MS;
    drop();
    if (FINAL.has(code)) return refuse(code);
    if (!mine.open && !OURS.has(code)) tries = failed(tries, mine.way, mine.opened || hung);
    if (tries.ask && !closed) poll.start(); // the better ways are tried on meanwhile
    failures = held ? 0 : failures + 1;
    tell("offline");
    waiting = setTimeout(connect, wait(failures, capMs));
  }

  function refuse(/** @type {number} */ code) {
    clearTimeout(waiting);
    drop();
    poll.stop();
    tell("refused", code);
  }

  function drop() {
    silence.stop();
    const old = link;
    link = null;
    old?.drop();
  }

  /** A frame that was asked for. */
  function asked(/** @type {Frame} */ frame) {
    heard = performance.now();
    onFrame(frame);
  }

  function reconnect() {
    const soon = startedAt + AT_MOST_EVERY_MS - performance.now();
    clearTimeout(waiting);
    if (soon <= 0) return connect();
    drop();
    waiting = setTimeout(connect, soon);
  }

  // Phones close sockets in the background without saying so: on coming back, trust only what was just heard,
  // and nothing in a page that was kept to go back to: its clocks stood still.
  function back(/** @type {{ms: number, kept: boolean}} */ { ms, kept }) {
    if (closed || state === "refused") return;
    const silentMs = performance.now() - since(link);
    const trusted = link?.open ? Math.max(silentMs, ms) <= pace.beat : link && silentMs < OPEN_WITHIN_MS / 2;
    if (kept || !trusted) reconnect();
    if (tries.ask) poll.start();
  }

  function online() {
    if (closed || state === "refused" || link?.open) return;
    clearTimeout(waiting);
    waiting = setTimeout(connect, Math.random() * FIRST_WAIT_MS); // the whole room's Wi-Fi came back at once
  }

  connect();

  return {
    close() {
      closed = true;
      clearTimeout(waiting);
      drop();
      poll.stop();
      returning.stop();
    },
    send(message) {
      if (!link?.open || !link.send) return false;
      link.send(JSON.stringify(message));
      return true;
    },
    reconnect,
    lastHeard: () => heard,
  };
}

/** Null: not a whole frame. @param {string} data @returns {Frame|null} */
function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/** For how long the first frame may be awaited. @param {Link|null} link @param {boolean} isSmall it is no whole snapshot on a phone's line */
function firstWithin(link, isSmall) {
  if (!link?.opened) return OPEN_WITHIN_MS;
  return isSmall ? FIRST_WITHIN_MS : WHOLE_WITHIN_MS;
}

/**
 * Where the frames after this cursor come from.
 * @param {string} url @param {string} path @param {Record<string, string>} about @param {Cursor|null} cursor
 */
function addressOf(url, path, about, cursor) {
  const target = new URL(url + path, location.href);
  if (cursor?.epoch) {
    target.searchParams.set("after", String(cursor.seq));
    target.searchParams.set("epoch", cursor.epoch);
  }
  for (const [name, value] of Object.entries(about)) if (value) target.searchParams.set(name, value);
  return target;
}

/**
 * Full jitter between half a second and a bound that doubles with each failure.
 * @param {number} failures @param {number} capMs
 */
function wait(failures, capMs) {
  const bound = Math.min(capMs, GROWTH_MS * 2 ** Math.max(failures - 1, 0));
  return FIRST_WAIT_MS + Math.random() * (bound - FIRST_WAIT_MS);
}

/** How often something comes, after how long the connection is dead, how often it is asked else: ms. @param {string} feed */
function paceOf(feed) {
  const [watched, open] = limits().beat_seconds;
  return feed ? { ...WATCHED, beat: watched * 1000 } : { ...PUBLIC, beat: open * 1000 };
}
