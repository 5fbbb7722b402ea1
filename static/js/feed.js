// The connection to a board: a WebSocket that comes back by itself, or Server-Sent Events where WebSockets are blocked.
// It knows frames only as JSON with a sign of life; what they mean is board.js's business.
// @ts-check

const FIRST_WAIT_MS = 500;
const GROWTH_MS = 1500; // upper bound of the first wait; doubles with each failure
const OPEN_WITHIN_MS = 8000; // iOS keeps a socket in CONNECTING for ever
const STEADY_AFTER_MS = 10000; // a connection that held this long forgives the failures before it
const ASLEEP_AFTER_MS = 60000; // a hidden phone need not reconnect after this long
const AT_MOST_EVERY_MS = 500; // reconnects asked for by hand, so that no bug becomes a storm
const FINAL = new Set([4400, 4401, 4404]);
const PUBLIC = { beat: 10000, dead: 35000 };
const WATCHED = { beat: 2000, dead: 7000 }; // screens and moderators

/**
 * @typedef {{state: "connecting"|"live"|"offline"|"refused", code?: number, lastHeard: number}} Status
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
  let unopened = 0; // WebSockets in a row that never opened
  let everOpened = false;
  let events = false; // Server-Sent Events proved to work where WebSockets did not
  let startedAt = -Infinity;
  let hiddenAt = document.hidden ? Date.now() : 0;
  let waiting = 0;
  let watching = 0;
  let closed = false;

  function tell(next, code) {
    if (next === state && code === undefined) return;
    state = next;
    onStatus({ state: next, code, lastHeard: heard });
  }

  function connect() {
    clearTimeout(waiting);
    if (closed) return;
    if (!feed && hiddenAt && Date.now() - hiddenAt > ASLEEP_AFTER_MS) return tell("offline");
    drop();
    startedAt = performance.now();
    tell("connecting");
    const byEvents = events || unopened >= (everOpened ? 6 : 2);
    link = byEvents ? openEvents() : openSocket();
    watch(OPEN_WITHIN_MS);
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

  function openSocket() {
    const target = address("/live");
    target.protocol = target.protocol.replace("http", "ws");
    const socket = new WebSocket(target);
    const mine = { send: (text) => socket.send(text), drop: () => socket.close(), open: false };
    socket.onopen = () => opened(mine);
    socket.onmessage = (event) => received(mine, event.data);
    socket.onclose = (event) => lost(mine, event.code);
    unopened += 1; // until it opens
    return mine;
  }

  function openEvents() {
    const target = address("/events");
    const source = new EventSource(target);
    const mine = { send: null, drop: () => source.close(), open: false };
    source.onopen = () => opened(mine);
    source.onmessage = (event) => received(mine, event.data);
    // The browser would come back with the old address, at its own pace and all phones at once.
    source.onerror = async () => {
      const refused = source.readyState === EventSource.CLOSED && !mine.open ? await refusal(target) : 0;
      lost(mine, refused);
    };
    return mine;
  }

  function opened(mine) {
    if (mine !== link) return mine.drop();
    mine.open = true;
    heard = performance.now();
    if (mine.send) {
      everOpened = true;
      unopened = 0;
    } else events = !everOpened;
    watch(pace.dead);
    tell("live");
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
    onFrame(frame);
  }

  function lost(mine, code) {
    if (mine !== link) return;
    const held = mine.open && performance.now() - startedAt > STEADY_AFTER_MS;
    drop();
    if (FINAL.has(code)) return tell("refused", code);
    if (!mine.open && !mine.send) unopened = 0; // neither way works: the server is away, start over with WebSockets
    failures = held ? 0 : failures + 1;
    tell("offline");
    waiting = setTimeout(connect, wait(failures, capMs));
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
    const since = mine?.open ? heard : startedAt;
    const left = since + within - performance.now();
    watching = setTimeout(() => {
      const allowed = mine?.open ? pace.dead : OPEN_WITHIN_MS;
      const last = mine?.open ? heard : startedAt;
      if (performance.now() - last < allowed) watch(allowed);
      else lost(mine, 0);
    }, Math.max(left, 0) + 50);
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

/** EventSource hides the status of a refusal: ask once more to tell "not allowed" from "not there". */
async function refusal(target) {
  const abort = new AbortController();
  try {
    const { status } = await fetch(target, { signal: abort.signal, headers: { Accept: "text/event-stream" } });
    return { 400: 4400, 401: 4401, 403: 4401, 404: 4404 }[status] ?? 0;
  } catch {
    return 0;
  } finally {
    abort.abort();
  }
}
