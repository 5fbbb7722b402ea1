// Name and sentence on a picture to keep: how large they are, and where lines end.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted } from "../../static/js/phone/picturetext.js";

// Every letter is half as wide as it is high.
const pen = { font: "", measureText: (text) => ({ width: (text.length * Number(/(\d+)px/.exec(pen.font)[1])) / 2 }) };
const faces = { display: "D", text: "T" };
const room = { width: 900, nameWidth: 700, height: 1000, largest: 128, smallest: 26 };

test("a name that needs not be much smaller for it stands on one line, and the sentence keeps its size", () => {
  const { name, text } = fitted(pen, { name: "Nadia Rahman", text: "Thank you." }, faces, room);
  assert.deepEqual(name.lines, ["Nadia Rahman"]);
  assert.ok(name.size >= 100 && name.size < 128);
  assert.equal(text.size, 82);
});

test("a long name takes a line less where it may, and is never much smaller for that", () => {
  const { name } = fitted(pen, { name: "Nadia Rahman Chowdhury", text: "Thank you." }, faces, room);
  assert.deepEqual(name.lines, ["Nadia Rahman", "Chowdhury"], "two lines at 116 px, where 128 would need three");
  assert.ok(name.size >= 128 * 0.78);
});

test("a short name is as large as it may be", () => {
  assert.equal(fitted(pen, { name: "Budi", text: "Thank you." }, faces, room).name.size, 128);
});

test("no word stands alone on the last line where the lines above can give it one", () => {
  const text = "You showed us how to measure all that heat now."; // "now." would stand alone
  const { lines } = fitted(pen, { name: "Budi", text }, faces, room).text;
  assert.deepEqual(lines, ["You showed us how to", "measure all that", "heat now."]);
  const short = fitted(pen, { name: "Budi", text: "Thank you." }, faces, room).text;
  assert.deepEqual(short.lines, ["Thank you."]);
});
