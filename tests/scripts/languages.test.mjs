// In which language a text is, where its script tells it: by the examples that the server is held to (tests/vectors/languages.json).
import "./page.mjs";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { languageOf } from "../../static/js/shared/text.js";

const { cases } = JSON.parse(readFileSync(new URL("../vectors/languages.json", import.meta.url), "utf8"));

for (const { text, language, why } of cases) test(why, () => assert.equal(languageOf(text), language, text));
