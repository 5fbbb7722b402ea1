// The brilliant seen from above: a table, and forty facets of which as many are lit as things are done. Pure.
// @ts-check

const SIDES = 16;
const [TABLE, MIDDLE, GIRDLE] = [0.5, 0.78, 1];
const LIGHT = -135; // degrees: from the upper left

/** @param {number} radius @param {number} sixteenth */
const point = (radius, sixteenth) => {
  const turn = ((sixteenth - 4) * Math.PI) / 8; // 0 stands at the top
  return [Math.cos(turn) * radius, Math.sin(turn) * radius];
};

/** @returns {number[][][]} triangles, from the top round to the right */
function facets() {
  const all = /** @type {number[][][]} */ ([]);
  for (let at = 0; at < SIDES; at += 2) {
    const [table, next] = [point(TABLE, at), point(TABLE, at + 2)];
    const [middle, before, outer] = [point(MIDDLE, at + 1), point(MIDDLE, at - 1), point(GIRDLE, at)];
    const [between, following] = [point(GIRDLE, at + 1), point(GIRDLE, at + 2)];
    all.push([table, next, middle], [table, middle, outer], [table, before, outer]);
    all.push([middle, outer, between], [middle, between, following]);
  }
  return all.sort((one, other) => angle(one) - angle(other));
}

/** @param {number[][]} triangle */
const centre = (triangle) =>
  [0, 1].map((axis) => triangle.reduce((sum, corner) => sum + corner[axis], 0) / triangle.length);

/** From the top clockwise, in degrees. @param {number[][]} triangle */
function angle(triangle) {
  const [x, y] = centre(triangle);
  return (Math.atan2(x, -y) * (180 / Math.PI) + 360) % 360;
}

/** 0 in full light to 4 in the shade. @param {number[][]} triangle @param {number} index */
function tone(triangle, index) {
  const [x, y] = centre(triangle);
  const away = Math.abs((((Math.atan2(y, x) * 180) / Math.PI - LIGHT + 540) % 360) - 180);
  return Math.max(0, Math.min(4, Math.round(away / 45 + ((index % 3) - 1) * 0.7)));
}

/** @param {number[][]} corners */
const path = (corners) => `M${corners.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L")}Z`;

export const TABLE_PATH = path(Array.from({ length: 8 }, (_, index) => point(TABLE, index * 2)));

/** @param {number} share 0 to 1 of the facets are lit @returns {{d: string, tone: number, lit: boolean}[]} */
export function stone(share) {
  const all = facets();
  const lit = Math.round(all.length * share);
  return all.map((triangle, index) => ({ d: path(triangle), tone: tone(triangle, index), lit: index < lit }));
}
