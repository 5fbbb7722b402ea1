// Lengths, numbers and times of the board, as the page brings them: each stands in one place (board/web/page_limits.py).
// @ts-check
import { readConfig } from "./config.js";

/** @returns {import("./wire").Limits} */
export const limits = () => readConfig().limits;
