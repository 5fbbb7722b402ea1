// The connection to a board: a WebSocket that comes back by itself, or Server-Sent Events where WebSockets are blocked, or, where nothing
// comes by either, the snapshot every few seconds. It knows frames only as JSON with a sign of life; what they mean is board.js's business.
// @ts-check
import { openEvents, openSocket } from "./links.js";
import { createPoll } from "./poll.js";
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
const OURS = new Set([1012, 4408, ...FINAL]); // said by our server: so the way passes what comes down
const PUBLIC = { beat: 10000, dead: 35000, poll: 4000 };
const WATCHED = { beat: 2000, dead: 7000, poll: 2000 }; // screens and moderators

/**
 * "slow": by neither way anything comes, the snapshot is asked for every few seconds.
 * @typedef {{state: "connecting"|"live"|"slow"|"offline"|"refused", code?: number, lastHeard: number}} Status
 * @param {{url: string, feed?: ""|"moderate"|"screen", getCursor: () => {seq: number, epoch: string}|null,
 *   onFrame: (frame: any) => void, onStatus?: (status: Status) => void, capMs?: number}} options
 * @returns {{close(): void, send(message: object): boolean, reconnect(): void, lastHeard(): number}}
 */
export function openFeed({ url, feed = "", getCursor, onFrame, onStatus = () => {}, capMs = 30000 }) {
  const pace = feed ? WATCHED : PUBLIC;
  let link = null; // the open or opening connection; callbacks of any other one are ignored
  let state = "";
  let heard = 0;
  let failures = 0; // in a row, any kind
  let tries = untried();
  let startedAt = -Infinity;
  let hiddenAt = document.hidden ? Date.now() : 0;
  let waiting = 0;
  let watching = 0;
  let closed = false;
  const poll = createPoll({
    url,
    feed,
    everyMs: pace.poll,
    getCursor,
    isAsleep,
    onFrame: asked,
    onTurn: () => tell("offline"),
    onRefused: refuse,
  });
  const told = { opened, received, lost };

  function tell(wanted, code) {
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
    link = nextWay(tries) === "socket" ? openSocket(address("/live"), told) : openEvents(address("/events"), told);
    watch(OPEN_WITHIN_MS);
  }

  function isAsleep() {
    return !feed && hiddenAt > 0 && Date.now() - hiddenAt > ASLEEP_AFTER_MS;
  }

  function address(path) {
    const target = new URL(url + path, location.href);
    const cursor = getCursor();
    if (cursor?.epoch) {
      target.searchParams.set("after", String(cursor.seq));
      target.searchParams.set("epoch", cursor.epoch);
    }
    if (feed) target.searchParams.set("feed", feed);
    return target;
  }

  // Proxies and scanners let a connection open and pass nothing down: it is taken for working when its first frame has come.
  function opened(mine) {
    if (mine !== link) return mine.drop();
    mine.opened = true;
    startedAt = performance.now();
    watch(patience(mine));
  }

  function received(mine, data) {
    if (mine !== link) return;
    heard = performance.now();
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return lost(mine, 0); // cut on its way: ask again from our own cursor
    }
    if (!mine.open) works(mine);
    onFrame(frame);
  }

  function works(mine) {
    mine.open = true;
    tries = worked(tries, mine.way);
    poll.stop();
    watch(pace.dead);
    tell("live");
  }

  function lost(mine, code, hung = false) {
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

  function refuse(code) {
    clearTimeout(waiting);
    drop();
    poll.stop();
    tell("refused", code);
  }

  function drop() {
    clearTimeout(watching);
    const old = link;
    link = null;
    old?.drop();
  }

  // One timer, moved on only when it fires: a frame costs no timer.
  function watch(within) {
    clearTimeout(watching);
    const mine = link;
    const left = since(mine) + within - performance.now();
    watching = setTimeout(() => {
      const allowed = patience(mine);
      if (performance.now() - since(mine) < allowed) watch(allowed);
      else lost(mine, 0, true);
    }, Math.max(left, 0) + 50);
  }

  const since = (mine) => (mine?.open ? heard : startedAt);

  function patience(mine) {
    if (mine?.open) return pace.dead;
    if (!mine?.opened) return OPEN_WITHIN_MS;
    return feed || getCursor() ? FIRST_WITHIN_MS : WHOLE_WITHIN_MS;
  }

  /** A frame that was asked for. */
  function asked(frame) {
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
  function awake(/** @type {Event & {persisted?: boolean}} */ { persisted }) {
    if (document.hidden) {
      hiddenAt ||= Date.now();
      return;
    }
    const slept = hiddenAt ? Math.abs(Date.now() - hiddenAt) : 0; // the wall clock may have been set back meanwhile
    hiddenAt = 0;
    if (closed || state === "refused") return;
    const opening = link && !link.open && performance.now() - startedAt < OPEN_WITHIN_MS / 2;
    const fresh = link?.open && performance.now() - heard <= pace.beat && slept <= pace.beat;
    if (persisted || (!opening && !fresh)) reconnect();
    if (tries.ask) poll.start();
  }

  function unblocked() {
    if (closed || state === "refused" || link?.open) return;
    clearTimeout(waiting);
    waiting = setTimeout(connect, Math.random() * FIRST_WAIT_MS); // the whole room's Wi-Fi came back at once
  }

  document.addEventListener("visibilitychange", awake);
  window.addEventListener("pageshow", awake);
  window.addEventListener("online", unblocked);
  connect();

  return {
    close() {
      closed = true;
      clearTimeout(waiting);
      drop();
      poll.stop();
      document.removeEventListener("visibilitychange", awake);
      window.removeEventListener("pageshow", awake);
      window.removeEventListener("online", unblocked);
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

/** Full jitter between half a second and a bound that doubles with each failure. */
function wait(failures, capMs) {
  const bound = Math.min(capMs, GROWTH_MS * 2 ** Math.max(failures - 1, 0));
  return FIRST_WAIT_MS + Math.random() * (bound - FIRST_WAIT_MS);
}
