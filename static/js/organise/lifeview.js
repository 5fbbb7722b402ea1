// How a board's life looks: rehearsal, copy, archive, purge.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";

/** @param {any} _page */
export const rehearsalView = (_page) => nothing;
