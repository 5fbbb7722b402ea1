// The gallery of the phone: its parts by lanes.js and view.js, its sheet by composer.js, and the tokens of all pages.
// @ts-check
import { cardShelves } from "./phonecards.js";
import { controlShelves } from "./phonecontrols.js";
import { laneShelves } from "./phonelanes.js";
import { openSheets, sheetShelves } from "./phonesheets.js";
import { NOW } from "./posts.js";
import { ready, show, stopClock } from "./shelves.js";
import { applyTokens, tokenShelves } from "./tokens.js";

const TYPED_MS = 900; // until the sheet has asked for what is like the words typed

stopClock(NOW);
show([...tokenShelves(), ...controlShelves(), ...cardShelves(), ...laneShelves(), ...sheetShelves()]);
applyTokens();
openSheets();

setTimeout(() => {
  // With nothing pressed so far, focus set from here shows as the keyboard's does.
  /** @type {HTMLElement} */ (document.querySelector(".is-focused .button")).focus({ preventScroll: true });
  scrollTo(0, 0);
  ready();
}, TYPED_MS);
