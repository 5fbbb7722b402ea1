// The folder to take home: it is made while it comes, so the page says how much there is by now, and saves it when it is whole.
// @ts-check
import { Problem, problemOf } from "../shared/api.js";
import { say } from "../shared/words.js";

/** @import { Telling } from "./types" */

const MEGABYTE = 1e6;
const SAVING_MS = 60_000; // until the browser has it

/** @param {number} bytes @param {string} language */
export const megabytes = (bytes, language) =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / MEGABYTE);

/**
 * All of an answer. One that breaks off in the middle is a mistake, never half a file.
 * @param {Response} response @param {(bytes: number) => void} heard how many there are by now
 * @returns {Promise<BlobPart[]>}
 */
export async function whole(response, heard) {
  if (!response.ok || !response.body) throw await refusal(response);
  const parts = [];
  const reader = response.body.getReader();
  let bytes = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parts.push(read.value);
      bytes += read.value.byteLength;
      heard(bytes);
    }
  } catch {
    throw new Problem({ detail: say("network-silent"), network: true });
  }
  return parts;
}

/** @param {Response} response */
async function refusal(response) {
  const about = await response.json().catch(() => ({}));
  return new Problem(
    about.title ? { ...about, status: response.status } : { detail: say("network-silent"), network: true },
  );
}

/** @param {{address: string, name: string, telling: Telling, draw: () => void}} page `address`: of the archive */
export function createTaking({ address, name, telling, draw }) {
  const taking = { busy: false, size: "", take };

  /** @param {Event} event of the link, which leads there without this script, too */
  async function take(event) {
    event.preventDefault();
    if (taking.busy) return;
    taking.busy = true;
    heard(0);
    try {
      save(await whole(await asked(), heard));
      telling.say(say("taking-done", { size: taking.size }));
    } catch (error) {
      telling.complain(problemOf(error).detail);
    } finally {
      taking.busy = false;
      draw();
    }
  }

  async function asked() {
    try {
      return await fetch(address, {
        credentials: "same-origin",
        headers: { "Accept-Language": document.documentElement.lang },
      });
    } catch {
      throw new Problem({ detail: say("network-silent"), network: true });
    }
  }

  /** @param {number} bytes */
  function heard(bytes) {
    const size = megabytes(bytes, document.documentElement.lang);
    if (size === taking.size && bytes) return; // nothing that anybody could see
    taking.size = size;
    draw();
  }

  /** @param {BlobPart[]} parts */
  function save(parts) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, { type: "application/zip" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), SAVING_MS);
  }

  return taking;
}
