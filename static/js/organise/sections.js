// Which section of the page is open: it stands in the address, so a reload and the way back keep it.
// @ts-check

export const SECTIONS = /** @type {const} */ ([
  "overview",
  "board",
  "agenda",
  "people",
  "screens",
  "links",
  "print",
  "after",
]);
const MORE = "more"; // on a phone: a list of the sections that the bar has no room for

/** @param {{opened: (section: string, first: boolean) => void}} page */
export function createSections({ opened }) {
  let now = read();

  function read() {
    const name = location.hash.slice(1).split("/")[0];
    return /** @type {readonly string[]} */ (SECTIONS).includes(name) || name === MORE ? name : "overview";
  }

  function changed() {
    const next = read();
    if (next !== now) {
      now = next;
      opened(now, false);
    }
    const place = location.hash.split("/")[1];
    if (place) requestAnimationFrame(() => requestAnimationFrame(() => show(place))); // after the section was drawn
  }

  /** A part of the section, as #board/teams. @param {string} id */
  const show = (id) => document.getElementById(id)?.scrollIntoView({ block: "start" });

  function start() {
    addEventListener("hashchange", changed);
    opened(now, true);
  }

  return { now: () => now, start, go: (/** @type {string} */ section) => location.assign(`#${section}`) };
}
