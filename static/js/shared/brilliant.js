// The brilliant seen from above: a table of eight sides, and a crown of forty triangles round it. Radius 1, centre 0, y down. Pure.
// @ts-check

/** @typedef {[number, number]} Point @typedef {[Point, Point, Point]} Triangle */

const EDGES = 16; // of the girdle
// Radii.
export const TABLE = 0.5;
const MIDDLE = 0.78;
const GIRDLE = 1;
const LIGHT = -135; // degrees: from the upper left

/** @param {number} radius @param {number} sixteenth 0 stands at the top @returns {Point} */
export function point(radius, sixteenth) {
  const turn = ((sixteenth - EDGES / 4) * 2 * Math.PI) / EDGES;
  return [Math.cos(turn) * radius, Math.sin(turn) * radius];
}

/** The crown: eight stars, sixteen halves of kites, sixteen halves at the girdle. @param {number} [inner] radius of the table @returns {Triangle[]} */
export function crown(inner = TABLE) {
  const all = /** @type {Triangle[]} */ ([]);
  const half = inner + (MIDDLE - TABLE) * ((GIRDLE - inner) / (GIRDLE - TABLE));
  for (let at = 0; at < EDGES; at += 2) {
    const [table, next] = [point(inner, at), point(inner, at + 2)];
    const [middle, before, outer] = [point(half, at + 1), point(half, at - 1), point(GIRDLE, at)];
    const [between, following] = [point(GIRDLE, at + 1), point(GIRDLE, at + 2)];
    all.push([table, next, middle], [table, middle, outer], [table, before, outer]);
    all.push([middle, outer, between], [middle, between, following]);
  }
  return all;
}

/** The table's corners, from the top clockwise. @param {number} [inner] */
export const table = (inner = TABLE) => Array.from({ length: EDGES / 2 }, (_, index) => point(inner, index * 2));

/** The girdle's corners. */
export const girdle = () => Array.from({ length: EDGES }, (_, index) => point(GIRDLE, index));

/** All forty-eight triangles: the table is eight of them. @returns {Triangle[]} */
export function facets() {
  const corners = table();
  const inner = corners.map(
    (corner, index) => /** @type {Triangle} */ ([[0, 0], corner, corners[(index + 1) % corners.length]]),
  );
  return [...inner, ...crown()];
}

/** @param {Triangle} triangle @returns {Point} */
export const centre = ([a, b, c]) => [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3];

/** From the top clockwise, in degrees. @param {Point} at */
export const angle = ([x, y]) => (Math.atan2(x, -y) * (180 / Math.PI) + 360) % 360;

/** How far a facet looks away from the light, in degrees: 0 to 180. @param {Point} at its centre */
export const shade = ([x, y]) => Math.abs((((Math.atan2(y, x) * 180) / Math.PI - LIGHT + 540) % 360) - 180);

/** 0 in full light to 4 in the shade; neighbours are never alike. @param {Point} at @param {number} index */
export const tone = (at, index) => Math.max(0, Math.min(4, Math.round(shade(at) / 45 + ((index % 3) - 1) * 0.7)));

export const FACETS_MOST = 5000; // more would look alike; it also bounds the work

/**
 * As many facets as wanted: the largest triangle is halved at its longest edge, again and again. There are never less than 48.
 * @param {number} count @returns {Triangle[]}
 */
export function cut(count) {
  const sorted = facets()
    .map(sized)
    .sort((one, other) => one.area - other.area); // the largest last
  while (sorted.length < Math.min(count, FACETS_MOST)) {
    const largest = sorted.pop();
    if (!largest) break;
    for (const half of halved(largest.triangle)) sorted.splice(place(sorted, half.area), 0, half);
  }
  return sorted.map(({ triangle }) => triangle);
}

/** @param {Triangle} triangle */
const sized = (triangle) => ({ triangle, area: area(triangle) });

/** @param {Triangle} triangle */
const area = ([a, b, c]) => Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;

/** @param {Triangle} triangle */
function halved([a, b, c]) {
  const turns = /** @type {Triangle[]} */ ([
    [a, b, c],
    [b, c, a],
    [c, a, b],
  ]);
  const [from, to, tip] = turns.sort((one, other) => edge(other) - edge(one))[0];
  const middle = /** @type {Point} */ ([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
  return [sized([from, middle, tip]), sized([middle, to, tip])];
}

/** Its first one. @param {Triangle} triangle */
const edge = ([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Where one of this area belongs: before all that are larger. @param {{area: number}[]} sorted @param {number} wanted */
function place(sorted, wanted) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].area < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
