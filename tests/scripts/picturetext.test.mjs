// Name and sentence on a picture to keep: how large they are, and where lines end.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { broken, fitted } from "../../static/js/phone/picturetext.js";

// Every letter is half as wide as it is high.
const pen = { font: "", measureText: (text) => ({ width: (text.length * Number(/(\d+)px/.exec(pen.font)[1])) / 2 }) };
const faces = { display: "D", text: "T" };
const SENTENCE = "You showed us how to measure heat where people sit, not where managers stand.";
const room = { width: 900, nameWidth: 700, height: 1000, largest: 128, smallest: 26 };

test("a name that needs not be much smaller for it stands on one line, and the sentence keeps its size", () => {
  const { name, text } = fitted(pen, { name: "Nadia Rahman", text: SENTENCE }, faces, room);
  assert.deepEqual(name.lines, ["Nadia Rahman"]);
  assert.ok(name.size >= 100 && name.size < 128);
  assert.equal(text.size, 82);
});

test("a long name takes a line less where it may, and is never much smaller for that", () => {
  const { name } = fitted(pen, { name: "Nadia Rahman Chowdhury", text: SENTENCE }, faces, room);
  assert.deepEqual(name.lines, ["Nadia Rahman", "Chowdhury"], "two lines at 116 px, where 128 would need three");
  assert.ok(name.size >= 128 * 0.78);
});

test("a short name is as large as it may be", () => {
  assert.equal(fitted(pen, { name: "Budi", text: SENTENCE }, faces, room).name.size, 128);
});

test("no word stands alone on the last line where the lines above can give it one", () => {
  const text = "You showed us how to find out, and how to measure all the heat now."; // "now." would stand alone
  const { lines } = fitted(pen, { name: "Budi", text }, faces, room).text;
  assert.deepEqual(lines, ["You showed us how", "to find out, and", "how to measure all", "the heat now."]);
  const short = fitted(pen, { name: "Budi", text: "Thank you." }, faces, room).text;
  assert.deepEqual(short.lines, ["Thank you."]);
});

test("a few words fill the picture as a whole sentence does", () => {
  const { name, text, height } = fitted(pen, { name: "Budi", text: "Thank you!" }, faces, room);
  assert.ok(name.size >= 200 && text.size >= 150, `${name.size}, ${text.size}`);
  assert.ok(height <= room.height);
  const long = fitted(pen, { name: "Budi", text: "You showed us how to measure heat where people sit. ".repeat(4) }, faces, room);
  assert.ok(long.name.size <= 128, "not where the sentence needs the room");
});

test("a word that is longer than a line is set smaller, not torn; one that no size helps stays large", () => {
  const word = "Wirtschaftsprüfungsgesellschaft!";
  assert.deepEqual(fitted(pen, { name: "Budi", text: word }, faces, room).text.lines, [word]);
  const endless = fitted(pen, { name: "Budi", text: "w".repeat(200) }, faces, room).text;
  assert.ok(endless.lines.length > 1 && endless.size > 26);
});

test("of several names each stays on one line, with the sign that lets it run its own way", () => {
  const apart = (name) => `\u2068${name.replaceAll(" ", "\u00a0")}\u2069`;
  pen.font = "10px";
  const names = `${apart("Nadia Rahman")}, ${apart("Trần Thị Thu Hương")} & ${apart("Omar Haddad")}`;
  assert.deepEqual(broken(pen, names, 140), [`${apart("Nadia Rahman")},`, `${apart("Trần Thị Thu Hương")} &`, apart("Omar Haddad")]);
});

test("scripts without spaces break between any two words, also after a vowel sign", () => {
  pen.font = "10px";
  const lines = broken(pen, "អរគុណដែលបានបង្រៀនខ្ញុំឱ្យស្តាប់", 50);
  assert.ok(lines.length > 2 && lines.every((line) => line.length <= 11), lines.join("|"));
});
