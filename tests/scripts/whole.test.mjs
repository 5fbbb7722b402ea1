import assert from "node:assert/strict";
import { test } from "node:test";
import { whole } from "../../static/js/screen/whole.js";

const J = "\u2060";

test("a word with hyphens stays in one line, unless it is long; all else is as it was", () => {
  assert.equal(whole("a wet-bulb thermometer"), `a wet-${J}bulb thermometer`);
  assert.equal(whole("vis-à-vis"), `vis-${J}à-${J}vis`);
  assert.equal(whole("Arbeits-Schutz-Verordnung"), "Arbeits-Schutz-Verordnung");
  for (const text of ["from 9-11", "so - and so", "well-", "https://a-1.example", ""]) assert.equal(whole(text), text);
});
