// The page of a new board.
// @ts-check
import { readConfig } from "../shared/config.js";
import { createNewBoard } from "./newboard.js";

createNewBoard({ config: readConfig(), root: /** @type {HTMLElement} */ (document.getElementById("app")) }).start();
