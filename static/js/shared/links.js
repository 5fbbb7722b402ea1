// The two kinds of connection that the feed opens, made alike: each says that it opened, what it received, and that it is lost.
// @ts-check

/**
 * @typedef {{way: "socket"|"events", opened: boolean, open: boolean, send: ((text: string) => void)|null, drop: () => void}} Link
 *   opened: the other end took it; open: its first frame has come, so it works
 * @typedef {{opened: (link: Link) => void, received: (link: Link, data: string) => void, lost: (link: Link, code: number) => void}} Handlers
 */

/** @param {URL} target @param {Handlers} on @returns {Link} */
export function openSocket(target, on) {
  target.protocol = target.protocol.replace("http", "ws");
  const socket = new WebSocket(target);
  /** @type {Link} */
  const link = {
    way: "socket",
    opened: false,
    open: false,
    send: (text) => socket.send(text),
    drop: () => socket.close(),
  };
  socket.onopen = () => on.opened(link);
  socket.onmessage = (event) => on.received(link, event.data);
  socket.onclose = (event) => on.lost(link, event.code);
  return link;
}

/** @param {URL} target @param {Handlers} on @returns {Link} */
export function openEvents(target, on) {
  const source = new EventSource(target);
  /** @type {Link} */
  const link = { way: "events", opened: false, open: false, send: null, drop: () => source.close() };
  source.onopen = () => on.opened(link);
  source.onmessage = (event) => on.received(link, event.data);
  // The browser would come back with the old address, at its own pace and all phones at once.
  source.onerror = async () => {
    const refused = source.readyState === EventSource.CLOSED && !link.opened ? await refusal(target) : 0;
    on.lost(link, refused);
  };
  return link;
}

/** EventSource hides the status of a refusal: ask once more to distinguish "not allowed" from "not there". @param {URL} target */
async function refusal(target) {
  const abort = new AbortController();
  try {
    const answer = await fetch(target, { signal: abort.signal, headers: { Accept: "text/event-stream" } });
    return closeCode(answer);
  } catch {
    return 0;
  } finally {
    abort.abort();
  }
}

/** The close code that means the same as an answer of our server; 0: it means nothing for certain. @param {Response} answer */
export function closeCode({ status, headers }) {
  if (!headers.get("Content-Type")?.startsWith("application/problem+json")) return 0; // a log-in page may answer anything
  return { 400: 4400, 401: 4401, 403: 4401, 404: 4404 }[status] ?? 0;
}
