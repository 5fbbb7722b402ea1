// The operator's keys. Pure: a key becomes a command, or nothing.
// @ts-check
import { meant } from "../shared/layout.js";
import { SCENES } from "./scene.js";

const COMPOSING = 229; // of browsers that do not say it otherwise

/** What the help shows: keys of the keyboard, and the key of the text that says what they do. */
export const KEYS = [
  ["1 – 7", "screen-key-scenes"],
  ["← →", "screen-key-beside"],
  ["B", "screen-key-blank"],
  ["Q", "screen-key-join"],
  ["Esc", "screen-key-moderator"],
  ["+ −", "screen-key-size"],
  ["L", "screen-key-stage"],
  ["F", "screen-key-full"],
  ["?", "screen-key-help"],
];

const SIGNS = "123456789+=-_?";

/**
 * @param {{key: string, code?: string, shiftKey?: boolean, isComposing?: boolean, keyCode?: number, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean}} event @param {string} scene the present one
 * @returns {{do: "scene", scene: string}|{do: "toggle", scene: string}|{do: "size", by: number}|{do: "moderator"|"full"|"stage"|"help"}|null}
 */
export function command(event, scene) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null; // the browser's own, such as zoom
  if (event.isComposing || event.keyCode === COMPOSING) return null; // an input method's
  const key = meant(event, SIGNS);
  if (/^[1-9]$/.test(key)) return SCENES[Number(key) - 1] ? { do: "scene", scene: SCENES[Number(key) - 1] } : null;
  switch (key) {
    case "b":
      return { do: "toggle", scene: "blank" };
    case "q":
      return { do: "toggle", scene: "join" };
    case "arrowright":
    case "arrowdown":
    case "pagedown": // a presenter's clicker
      return { do: "scene", scene: beside(scene, 1) };
    case "arrowleft":
    case "arrowup":
    case "pageup":
      return { do: "scene", scene: beside(scene, -1) };
    case "+":
    case "=":
      return { do: "size", by: 1 };
    case "-":
    case "_":
      return { do: "size", by: -1 };
    case "escape":
      return { do: "moderator" };
    case "f":
      return { do: "full" };
    case "l":
      return { do: "stage" };
    case "?":
    case "h":
      return { do: "help" };
    default:
      return null;
  }
}

/**
 * Blank is not among the neighbours: nobody should come upon it by chance.
 * @param {string} scene @param {number} step
 */
function beside(scene, step) {
  const ring = SCENES.filter((one) => one !== "blank" && one !== "spotlight");
  const at = ring.indexOf(scene);
  return ring[(at + step + ring.length) % ring.length] ?? ring[0];
}
