// The tokens of base.css as they are now, read from the style sheet: one that is added there is here.
// @ts-check
import { html } from "../shared/html.js";

/** Names of the custom properties, in their order. @returns {string[]} */
function tokens() {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const names = rules.flatMap((rule) =>
    rule instanceof CSSStyleRule && rule.selectorText === ":root" ? [...rule.style] : [],
  );
  return [...new Set(names)].filter((name) => name.startsWith("--"));
}

const valueOfToken = (/** @type {string} */ name) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const isColour = (/** @type {string} */ name) => CSS.supports("color", valueOfToken(name));
const isTheme = (/** @type {string} */ name) => /^--t\d/.test(name);
const begins = (/** @type {string} */ prefix) => (/** @type {string} */ name) => name.startsWith(prefix);

/** @returns {import("./shelves.js").Shelf[]} */
export function tokenShelves() {
  const all = tokens();
  const colours = all.filter(isColour);
  /** @param {string} className @param {(name: string) => unknown} view @returns {(name: string) => import("./shelves.js").Piece} */
  const piece = (className, view) => (name) => ({
    name: `${name}  ${valueOfToken(name)}`,
    className,
    view: view(name),
  });
  const swatch = piece("is-swatch", (name) => html`<i class="swatch" data-token=${name} data-as="background"></i>`);
  return [
    {
      id: "colours",
      title: "Colours",
      note: "Of the light this page is seen in; the other one has its own.",
      pieces: colours.filter((name) => !isTheme(name)).map(swatch),
    },
    {
      id: "theme-colours",
      title: "Colours of themes",
      note: "The strong one, its paper, its ink.",
      pieces: colours.filter(isTheme).map(swatch),
    },
    {
      id: "type",
      title: "Type",
      pieces: all
        .filter(begins("--size-"))
        .map(piece("is-type", (name) => html`<p data-token=${name} data-as="font-size">Brilliance, ស្តាប់, استمع</p>`)),
    },
    {
      id: "faces",
      title: "Faces",
      pieces: all
        .filter(begins("--font-"))
        .map(
          piece(
            "is-type",
            (name) => html`<p data-token=${name} data-as="font-family">Nadia Rahman 0123456789 ẩ ğ ø</p>`,
          ),
        ),
    },
    {
      id: "spaces",
      title: "Spaces",
      pieces: all
        .filter(begins("--space-"))
        .map(piece("is-swatch", (name) => html`<i class="measure" data-token=${name} data-as="inline-size"></i>`)),
    },
    {
      id: "corners",
      title: "Corners",
      pieces: all
        .filter((name) => begins("--radius")(name) || name === "--round")
        .map(
          piece("is-swatch", (name) => html`<i class="swatch is-sunk" data-token=${name} data-as="border-radius"></i>`),
        ),
    },
  ];
}

/** The content policy lets no style be written into markup. */
export function applyTokens() {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-token]"))) {
    element.style.setProperty(String(element.dataset.as), `var(${element.dataset.token})`);
  }
}
