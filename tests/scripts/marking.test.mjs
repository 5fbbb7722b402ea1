// The field of recipients: which row is marked, which Enter takes, and that rows stay where a finger or the mark is.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLookup } from "../../static/js/shared/lookup.js";
import { keyOf, settled, takenOf } from "../../static/js/shared/recipients.js";

const [sokha, sophea, soran] = ["Sokha Chan", "Sophea Lim", "Soran Aziz"].map((name) => ({ name }));
const free = (name) => ({ name, free: true });
const how = (typed, about = {}) => ({ typed, chosen: "", strict: true, ...about });

test("Enter takes the chosen one, else who is called just so, else the first", () => {
  assert.equal(takenOf([sokha, sophea], how("so")), sokha);
  assert.equal(takenOf([sokha, sophea], how("SOPHEA  lim")), sophea);
  assert.equal(takenOf([sokha, sophea], how("sokha chan", { chosen: keyOf(sophea) })), sophea);
  assert.equal(takenOf([sokha], how("so", { chosen: keyOf(sophea) })), sokha, "a chosen one who is gone counts no more");
});

test("free text is taken where it was chosen, or nobody could have been found", () => {
  assert.equal(takenOf([free("zora")], how("zora")), null);
  assert.deepEqual(takenOf([free("zora")], how("zora", { chosen: keyOf(free("zora")) })), free("zora"));
  assert.deepEqual(takenOf([free("zora")], how("zora", { strict: false })), free("zora"));
  assert.equal(takenOf([], how("zora")), null);
});

test("who is marked stays, in place, when an answer leaves that person out", () => {
  assert.deepEqual(settled([soran, sokha], [sophea, sokha], soran), [soran, sokha, sophea]);
  assert.deepEqual(settled([soran, sokha], [sophea, sokha], null), [sokha, sophea]);
  assert.deepEqual(settled([free("so")], [sokha], free("so")), [sokha]);
});

/** @param {Record<string, string[]>} roster what it answers */
function looking(roster) {
  const state = { typed: "", answers: 0 };
  const lookup = createLookup({
    getBoard: () => /** @type {any} */ ({ teams: [], posts: new Map() }),
    isSelf: () => false,
    getTaken: () => [],
    typed: () => state.typed,
    findPeople: async (q) => ({ people: (roster[q] ?? []).map((name) => ({ id: name, name })) }),
    hasRoster: () => true,
    answered: () => void (state.answers += 1),
  });
  const type = async (typed) => {
    state.typed = typed;
    lookup.offer();
    await lookup.ask(typed, new AbortController().signal);
  };
  return { state, lookup, type };
}

test("what was marked when the name was ended is what a comma takes", async () => {
  const { state, lookup, type } = looking({ so: ["Sokha Chan", "Sophea Lim"] });
  await type("so");
  assert.equal(lookup.marked()?.name, "Sokha Chan");
  lookup.step(1);
  state.typed = "so,";
  lookup.offer();
  assert.equal(lookup.marked("so")?.name, "Sophea Lim");
});

test("an answer that cuts the marked person off does not put another under the mark", async () => {
  const { lookup, type } = looking({ s: ["Sokha Chan", "Sara"], so: ["Soran Aziz"] });
  await type("s");
  assert.equal(lookup.marked()?.name, "Sokha Chan");
  await type("so");
  assert.equal(lookup.marked()?.name, "Sokha Chan");
  assert.deepEqual(
    lookup.seen().shown.map(({ name }) => name),
    ["Sokha Chan", "Soran Aziz", "so"],
  );
});

test("the mark goes round", async () => {
  const { lookup, type } = looking({ so: ["Sokha Chan", "Sophea Lim"] });
  await type("so");
  const seen = [-1, -1, -1, 1, 1].map((by) => {
    lookup.step(by);
    return lookup.marked()?.name;
  });
  assert.deepEqual(seen, ["so", "Sophea Lim", "Sokha Chan", "Sophea Lim", "so"]);
});
