// A sheet for a printer: names as large as their space allows, and a button. What is printed stands there without it, too.
// @ts-check
import { tall } from "../shared/text.js";
import { fitAll } from "./fitting.js";

const MARGIN_PX = 16;

const sheets = /** @type {HTMLElement} */ (document.querySelector('[data-part="sheets"]'));

function start() {
  document.querySelector('[data-act="print"]')?.addEventListener("click", () => window.print());
  for (const field of document.querySelectorAll(".bar-form select"))
    field.addEventListener("change", () => /** @type {HTMLSelectElement} */ (field).form?.requestSubmit());
  for (const text of sheets.querySelectorAll('[dir="auto"]'))
    if (tall(text.textContent ?? "")) text.classList.add("tall");
  addEventListener("resize", shrink);
  fit();
  // Letters of other fonts are wider. A browser that prints before they are there prints the safe sizes.
  document.fonts.ready.then(() => {
    fit();
    document.documentElement.dataset.ready = "yes";
  });
}

function fit() {
  sheets.style.setProperty("--zoom", "1"); // sizes are those on paper
  fitAll(sheets);
  shrink();
}

/** On a phone the sheets are shown as small as its screen; on paper they keep their size. */
function shrink() {
  sheets.style.setProperty("--zoom", "1");
  const widest = sheets.firstElementChild?.getBoundingClientRect().width ?? 0;
  const room = document.documentElement.clientWidth - MARGIN_PX;
  if (widest > room) sheets.style.setProperty("--zoom", (room / widest).toFixed(4));
}

start();
