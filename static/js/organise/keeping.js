// How long the board is kept: when organisers are warned, and what "keep longer" asks for. Pure but for the call.
// @ts-check
import { problemOf } from "../shared/api.js";
import { limits } from "../shared/limits.js";
import { say } from "../shared/words.js";
import { daysBetween } from "./times.js";

/** @import { Retention } from "../shared/wire" */
/** @import { Calls, Page, Telling } from "./types" */

export const LONGER_DAYS = 90;

/** @param {Retention|undefined} retention @param {string} today in the board's zone */
export function warningOf(retention, today) {
  if (!retention) return null;
  const left = daysBetween(today, retention.erased_on);
  return left <= retention.warned_days ? Math.max(0, left) : null;
}

/**
 * The days to be chosen for `LONGER_DAYS` more, or for as many as there can be; `more`: so many more than now.
 * @param {Retention} retention @param {number} most days
 */
export function longer({ counted_from, erased_on }, most) {
  const now = daysBetween(counted_from, erased_on);
  const days = Math.min(most, now + LONGER_DAYS);
  return { days, more: days - now };
}

/** @param {{settings: Page["settings"], calls: Calls, telling: Telling, draw: () => void}} page */
export function createKeeping({ settings, calls, telling, draw }) {
  const keeping = { busy: false, keep };

  async function keep() {
    const retention = settings.value?.retention;
    if (keeping.busy || !retention) return;
    keeping.busy = true;
    draw();
    try {
      await save(longer(retention, limits().retention_days[1]).days);
      telling.say(say("keeping-kept"), async () => {
        await save(retention.days);
        telling.say(say("organise-undone"));
      });
    } catch (error) {
      telling.complain(problemOf(error).detail);
    } finally {
      keeping.busy = false;
      draw();
    }
  }

  /** @param {number} days */
  async function save(days) {
    await calls.save({ retention_days: days });
    await settings.load();
  }

  return keeping;
}
