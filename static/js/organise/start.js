// The organiser's page.
// @ts-check
import { readConfig } from "../shared/config.js";
import { createOrganise } from "./organise.js";

/** @import { OrganiseConfig } from "./types" */

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("sheet"));

const config = /** @type {OrganiseConfig} */ (readConfig());

createOrganise({ config, root, dialog }).start();
