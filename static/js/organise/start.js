// The organiser's page.
// @ts-check
import { readConfig } from "../shared/config.js";
import { createOrganise } from "./organise.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("sheet"));

createOrganise({ config: readConfig(), root, dialog }).start();
