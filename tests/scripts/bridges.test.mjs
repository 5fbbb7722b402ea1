import assert from "node:assert/strict";
import { test } from "node:test";

import { createBridges } from "../../static/js/screen/bridges.js";
import { createStory } from "../../static/js/screen/story.js";

const LATER_MS = 10_000;

for (const create of [createBridges, createStory])
  test(`${create.name}: a card that came and went leaves the same numbers, and is asked for anew`, async () => {
    const answers = ["with the card", "without it"];
    const asked = create({ ask: async () => answers.shift(), changed: () => {} });
    const totals = { cards: 2, people: 1, pairs: 1 };
    await asked.want({ totals }, 0);
    assert.equal(asked.known(), "with the card");
    await asked.want({ totals }, LATER_MS);
    assert.equal(asked.known(), "with the card", "nothing has changed");
    await asked.want({ totals: { ...totals } }, 2 * LATER_MS);
    assert.equal(asked.known(), "without it");
  });
