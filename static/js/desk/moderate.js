// The page of the moderators' desk.
// @ts-check
import { readConfig } from "../shared/config.js";
import { createDesk } from "./desk.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("pop"));

createDesk({ config: readConfig(), root, dialog }).start();
