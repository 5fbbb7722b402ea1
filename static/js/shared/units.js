// How long a text may get in a field. It stands apart: a phone's first script has no such field.
// @ts-check
import { limits } from "./limits.js";

/**
 * The `maxlength` of a field for so many characters as people see them. Browsers count the units of UTF-16, and cut what is pasted
 * without a word: a letter of Khmer or Bengali has two or three, a family of emoji eleven. The server says what is too long.
 * @param {number} characters
 */
export const unitsOf = (characters) => characters * limits().units_a_character;
