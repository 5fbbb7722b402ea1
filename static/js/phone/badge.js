// "Are you Dara?" A badge names this phone when its owner says yes, and not because an application looked at its address.
// @ts-check
import { call, problemOf } from "../shared/api.js";
import { readConfig } from "../shared/config.js";

const config = readConfig();
const button = /** @type {HTMLButtonElement} */ (document.querySelector('[data-act="yes"]'));
const line = /** @type {HTMLElement} */ (document.getElementById("badge-error"));

async function enter() {
  button.disabled = true;
  line.hidden = true;
  try {
    await call("POST", "/badge", "participant", { badge: config.badge });
    location.replace(config.board);
  } catch (problem) {
    line.textContent = problemOf(problem).detail;
    line.hidden = false;
  } finally {
    button.disabled = false;
  }
}

button.addEventListener("click", () => void enter());
