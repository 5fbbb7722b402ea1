// What a large screen's first sight does not need: the parts of its second script (shared/coming.js). Wiring only.
// @ts-check
import { openRecap } from "./recap.js";

/** @import { Parts } from "./parts.js" */

/** @param {{parts: Parts, own: (act: () => void) => void}} screen what the first script hands over */
export const createLater = ({ parts, own }) => ({ recap: openRecap({ place: parts.recap, own }) });
