// Who writes on this phone: kept here, and delivered to the board until it has heard it.
// @ts-check
import { api, problemOf } from "../shared/api.js";

/** @import { Keep } from "../shared/keep.js" */
/** @import { Participant } from "../shared/wire" */

const NAME_PATIENCE_MS = 3000;

/**
 * @typedef {{name?: string, team?: string, person?: string, asked?: boolean, synced?: boolean}} Who
 *   synced: the board knows it
 * @param {{keep: Pick<Keep, "get"|"set">, deliverLater: () => void,
 *   onChange: () => void}} page deliverLater: says it again until it is heard
 */
export function createWho({ keep, deliverLater, onChange }) {
  const self = () => /** @type {Who} */ (keep.get("who", {}));

  /**
   * Throws a Problem where the board will not have this name.
   * @param {Who} wanted without a name: somebody does not want to give one
   */
  async function save({ name, team, person }) {
    const before = self();
    keep.set("who", name ? { name, team, person, asked: true, synced: false } : { ...before, asked: true });
    if (!name) return;
    try {
      await Promise.race([deliver(), new Promise((done) => setTimeout(done, NAME_PATIENCE_MS))]);
    } catch (problem) {
      if (problemOf(problem).passes) return void deliverLater();
      keep.set("who", before);
      throw problem;
    } finally {
      onChange();
    }
  }

  async function deliver() {
    const { name, team, person, synced } = self();
    if (!name || synced) return;
    const { participant } = await api.join(person ? { person } : team ? { name, team } : { name });
    keep.set("who", { ...self(), synced: true });
    learn(participant); // spelt as on the roster
  }

  /**
   * The board knows best, unless this phone has a name that it could not deliver yet.
   * Or the board has forgotten it: another cookie. @param {Participant|null} participant
   */
  function learn(participant) {
    const who = self();
    if (participant?.name && (who.synced || !who.name)) {
      const { name, team, person } = participant;
      keep.set("who", { name, team: team ?? undefined, person, asked: true, synced: true });
    } else if (who.synced && participant)
      forget(); // a moderator gave the name to another phone
    else if (who.name && !participant) keep.set("who", { ...who, synced: false });
  }

  /** It is asked again. */
  const forget = () => keep.set("who", null);

  return { self, save, deliver, learn, forget, isOwed: () => Boolean(self().name && !self().synced) };
}
