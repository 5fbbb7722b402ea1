// A large screen has nothing to tap: Bombadil waits, reloads, and presses the operator's keys (1 to 7: scenes).
import { actions } from "@antithesishq/bombadil/browser";
export * from "@antithesishq/bombadil/browser/defaults/properties";

const SCENES = [49, 50, 51, 52, 53, 54, 55];

export const operator = actions(() => ["Wait", "Wait", "Reload", ...SCENES.map((code) => ({ PressKey: { code } }))]);
