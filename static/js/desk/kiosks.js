// Links of shared tablets: made here, shown once, taken back.
// @ts-check
import { problemOf } from "../shared/api.js";
import { POWERS } from "./laterwords.js";

/**
 * @import {Common, Submit} from "./types"
 * @typedef {{id: string, name: string}} Kiosk
 * @param {Common} desk
 */
export function createKiosks({ api, draw, complain }) {
  const kiosks = {
    all: /** @type {Kiosk[]} */ ([]),
    made: /** @type {{name: string, url: string}|null} */ (null),
    typed: "",
    copied: false,
  };
  const failed = (/** @type {string} */ what, /** @type {unknown} */ problem) =>
    complain(POWERS.not(what, problemOf(problem).message));

  async function fetch() {
    try {
      kiosks.all = (await api.kiosks()).kiosks;
    } catch (problem) {
      failed(POWERS.kiosk, problem);
    }
    draw();
  }

  async function make(/** @type {Submit} */ event) {
    event.preventDefault();
    const name = kiosks.typed.trim() || POWERS.kiosk;
    try {
      const { url } = await api.makeKiosk(name);
      Object.assign(kiosks, { made: { name, url }, typed: "", copied: false });
      await fetch();
    } catch (problem) {
      failed(POWERS.kioskMake, problem);
    }
  }

  async function revoke(/** @type {Kiosk} */ one) {
    try {
      await api.revokeKiosk(one.id);
      kiosks.made = null;
      await fetch();
    } catch (problem) {
      failed(POWERS.revokeIt, problem);
    }
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(kiosks.made?.url ?? "");
      kiosks.copied = true;
    } catch {
      // the address stands there to be selected
    }
    draw();
  }

  function type(/** @type {string} */ value) {
    kiosks.typed = value;
    draw();
  }

  return { now: () => kiosks, fetch, make, revoke, copy, type };
}
