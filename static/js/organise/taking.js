// The folder to take home: it is made while it comes. The page says how far it is, can stop it, and saves it when it is whole.
// @ts-check
import { Problem, problemOf } from "../shared/api.js";
import { say } from "../shared/words.js";
import { createCounting } from "./counting.js";

/** @import { Telling } from "./types" */

const MEGABYTE = 1e6;
const SAVING_MS = 60_000; // until the browser has it
const SILENT_MS = 60_000; // a line that is dead says nothing: it does not even break
// The browser may keep a Blob on the disk, but not what the script holds.
const HELD_BYTES = 4 * MEGABYTE;
const PARTS_SAID = 4; // each quarter is said aloud; each page would be noise

/** @param {number} bytes @param {string} language */
export const megabytes = (bytes, language) =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / MEGABYTE);

/** Which quarter is reached. @param {number} done @param {number} total */
export const quarter = (done, total) => (total ? Math.floor((PARTS_SAID * done) / total) : 0);

/**
 * All of an answer. One that breaks off in the middle is a mistake, never half a file.
 * @param {Response} response @param {(part: Uint8Array) => void} heard
 * @returns {Promise<Blob>}
 */
export async function whole(response, heard) {
  if (!response.ok || !response.body || !isArchive(response)) throw await refusal(response);
  const reader = response.body.getReader();
  let parts = /** @type {BlobPart[]} */ ([]);
  let held = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      heard(read.value);
      parts.push(read.value);
      held += read.value.byteLength;
      if (held > HELD_BYTES) [parts, held] = [[new Blob(parts)], 0];
    }
  } catch {
    throw new Problem({ detail: say("taking-broken"), network: true });
  }
  return new Blob(parts, { type: "application/zip" });
}

/** The Wi-Fi's log-in page comes with 200, too. @param {Response} response */
const isArchive = (response) => response.headers.get("Content-Type") === "application/zip";

/** @param {Response} response */
async function refusal(response) {
  const about = response.ok ? {} : await response.json().catch(() => ({}));
  return new Problem(
    about.title ? { ...about, status: response.status } : { detail: say("network-silent"), network: true },
  );
}

/**
 * @param {{address: string, name: string, telling: Telling, draw: () => void, focusOn: (id: string) => void}} page
 * `address`: of the archive
 */
export function createTaking({ address, name, telling, draw, focusOn }) {
  const taking = {
    busy: false,
    done: 0, // pages that are there
    total: 0, // 0: not known yet
    size: "",
    aloud: "",
    take,
    stop: () => line.abort(STOPPED),
  };
  let line = new AbortController();

  /** @param {Event} event of the link, which leads there without this script, too */
  async function take(event) {
    event.preventDefault();
    if (taking.busy) return;
    line = new AbortController();
    telling.trouble = "";
    Object.assign(taking, { busy: true, done: 0, total: 0, size: "", aloud: say("taking-starts") });
    draw();
    const silence = createSilence(() => line.abort());
    try {
      save(await whole(await asked(), hearing(silence.over)));
      telling.say(say("taking-done", { size: taking.size }));
    } catch (error) {
      if (line.signal.reason === STOPPED) telling.say(say("taking-stopped"));
      else telling.complain(problemOf(error).detail);
    } finally {
      silence.end();
      Object.assign(taking, { busy: false, aloud: "" });
      if (document.activeElement?.id === "taking-stop") focusOn("taking"); // it goes, and the focus would go with it
      draw();
    }
  }

  async function asked() {
    try {
      const response = await fetch(address, {
        signal: line.signal,
        credentials: "same-origin",
        headers: { "Accept-Language": document.documentElement.lang },
      });
      taking.total = Number(response.headers.get("Board-Pages")) || 0;
      return response;
    } catch {
      throw new Problem({ detail: say("network-silent"), network: true });
    }
  }

  /** @param {() => void} came @returns {(part: Uint8Array) => void} */
  function hearing(came) {
    const count = createCounting();
    let bytes = 0;
    return (part) => {
      came();
      bytes += part.byteLength;
      see(Math.min(count(part), taking.total), megabytes(bytes, document.documentElement.lang));
    };
  }

  /** @param {number} done @param {string} size */
  function see(done, size) {
    if (done === taking.done && size === taking.size) return; // nothing that anybody could see
    const { total } = taking;
    if (quarter(done, total) > quarter(taking.done, total)) taking.aloud = say("taking-pages", { done, total });
    Object.assign(taking, { done, size });
    draw();
  }

  /** @param {Blob} archive */
  function save(archive) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(archive);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), SAVING_MS);
  }

  return taking;
}

const STOPPED = "stopped";

/** Calls `then` when nothing has come for long. @param {() => void} then */
function createSilence(then) {
  let timer = setTimeout(then, SILENT_MS);
  const end = () => clearTimeout(timer);
  return {
    end,
    over() {
      end();
      timer = setTimeout(then, SILENT_MS);
    },
  };
}
