// The brilliant of the organiser's page: of its forty facets as many are lit as things are done. Pure.
// @ts-check
import { angle, centre, crown, table, tone } from "../shared/brilliant.js";

/** @import { Point } from "../shared/brilliant.js" */

/** @param {Point[]} corners */
const path = (corners) => `M${corners.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L")}Z`;

export const TABLE_PATH = path(table());

/** @param {number} share 0 to 1 of the facets are lit @returns {{d: string, tone: number, lit: boolean}[]} */
export function stone(share) {
  const all = crown().sort((one, other) => angle(centre(one)) - angle(centre(other)));
  const lit = Math.round(all.length * share);
  return all.map((triangle, index) => ({ d: path(triangle), tone: tone(centre(triangle), index), lit: index < lit }));
}
