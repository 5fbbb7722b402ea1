// The page of a shared tablet.
// @ts-check
import { readConfig } from "../shared/config.js";
import { createTablet } from "./tablet.js";

createTablet({ config: readConfig(), root: /** @type {HTMLElement} */ (document.getElementById("app")) }).start();
