// Lengths, numbers and times of the board, as the page brings them: each stands in one place (board/web/page_limits.py).
// @ts-check
import { readConfig } from "./config.js";

/**
 * @typedef {{card_text: [number, number], question_text: [number, number], name: number, reason: number, answer: number,
 *   recipients: number, posts_at_once: number, posts_a_page: number, search_words: number, search_code_points: number,
 *   edit_seconds: number, undo_seconds: number, turn_seconds: [number, number], beat_seconds: [number, number], teams_on_map: number, import_bytes: number,
 *   session_title: number, shift_minutes: number}} Limits
 *   of texts in characters as people see them: least and most, or most; beat_seconds: of feeds that are watched, of phones
 */

/** @returns {Limits} */
export const limits = () => readConfig().limits;
