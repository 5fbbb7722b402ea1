// Which way to the board is tried next: a WebSocket, Server-Sent Events, and, where both stay silent, asking for the snapshot again and
// again. A way counts as working when its first frame has come: proxies and scanners let connections open and pass nothing down. Pure.
// @ts-check

const SILENT_AT_MOST = 2; // sockets in a row that opened, or hung, and brought nothing
const REFUSED_AT_MOST = 2; // sockets in a row that could not even be opened
const REFUSED_AFTER_WORK_AT_MOST = 6; // where a socket has worked already, the server is more likely away than blocked

/**
 * @typedef {"socket"|"events"} Way
 * @typedef {{silent: number, refused: number, socketWorked: boolean, eventsOnly: boolean, ask: boolean}} Tries
 *   ask: neither way brought anything at its last try, so the page asks by itself meanwhile
 */

/** @returns {Tries} */
export const untried = () => ({ silent: 0, refused: 0, socketWorked: false, eventsOnly: false, ask: false });

/** @param {Tries} tries @returns {Way} */
export function nextWay({ silent, refused, socketWorked, eventsOnly }) {
  const patience = socketWorked ? REFUSED_AFTER_WORK_AT_MOST : REFUSED_AT_MOST;
  return eventsOnly || silent >= SILENT_AT_MOST || silent + refused >= patience ? "events" : "socket";
}

/**
 * The try ended without a frame. After the last way comes the first again.
 * @param {Tries} tries @param {Way} way @param {boolean} swallowed it opened, or hung: it was not refused
 * @returns {Tries}
 */
export function failed(tries, way, swallowed) {
  if (way === "events") return { ...tries, silent: 0, refused: 0, eventsOnly: false, ask: true };
  return swallowed ? { ...tries, silent: tries.silent + 1 } : { ...tries, refused: tries.refused + 1 };
}

/** The first frame came. Where a socket has worked before, the next try is one socket again. @param {Tries} tries @param {Way} way @returns {Tries} */
export function worked(tries, way) {
  if (way === "socket") return { ...untried(), socketWorked: true };
  const oneSocket = { silent: SILENT_AT_MOST - 1, refused: REFUSED_AFTER_WORK_AT_MOST - SILENT_AT_MOST };
  return { ...tries, ...(tries.socketWorked ? oneSocket : { eventsOnly: true }), ask: false };
}
