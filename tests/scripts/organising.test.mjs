// The rules of the organiser's page: a form that two edit, an agenda by day, the checklist's headline. No page, no clock.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { days, neighbours, planned, proposed, reordered, stoodAt, wanted } from "../../static/js/organise/agendaplan.js";
import { Problem } from "../../static/js/shared/api.js";
import * as editing from "../../static/js/organise/editing.js";
import { createEditor } from "../../static/js/organise/editor.js";
import { helpFor, speaking } from "../../static/js/organise/quiethelp.js";
import { createResend } from "../../static/js/organise/resend.js";
import { standing } from "../../static/js/organise/overview.js";
import { stone } from "../../static/js/organise/stone.js";
import { later, localOf } from "../../static/js/organise/times.js";

const BOARD = { title: "Lab", room: "", teams: [{ name: "Jordan" }] };
const type = (fields, present = BOARD, edit = editing.untouched()) =>
  Object.entries(fields).reduce((one, [field, value]) => editing.typed(one, present, field, value), edit);

test("what is not typed follows the board, what is typed stays", () => {
  const edit = type({ title: "Lab 2026" });
  const news = { ...BOARD, title: "Lab", room: "Lotus" };
  assert.equal(editing.shown(edit, news, "title"), "Lab 2026");
  assert.equal(editing.shown(edit, news, "room"), "Lotus");
});

test("what was typed and taken back is not sent", () => {
  const edit = type({ title: "Lab" }, BOARD, type({ title: "Lab 2026" }));
  assert.equal(editing.isTouched(edit), false);
});

test("the request says what the page showed when typing began", () => {
  assert.deepEqual(editing.asked(type({ title: "New", room: "Lotus" })), {
    title: "New",
    room: "Lotus",
    expect: { title: "Lab", room: "" },
  });
});

test("a field that somebody else changed meanwhile is a conflict, the same change of both is none", () => {
  const edit = type({ title: "Mine" });
  assert.deepEqual(editing.conflicts(edit, { ...BOARD, title: "Theirs" }), ["title"]);
  assert.deepEqual(editing.conflicts(edit, { ...BOARD, title: "Mine" }), []);
  assert.deepEqual(editing.conflicts(edit, BOARD), []);
  assert.equal(editing.isTouched(editing.settled(edit, { ...BOARD, title: "Mine" })), false);
});

test("of a conflict either version can be kept, and nothing typed elsewhere is lost", () => {
  const [edit, news] = [type({ title: "Mine", room: "Lotus" }), { ...BOARD, title: "Theirs" }];
  const mine = editing.keptMine(edit, news, "title");
  assert.deepEqual(editing.conflicts(mine, news), []);
  assert.deepEqual(editing.asked(mine).expect, { title: "Theirs", room: "" });
  const theirs = editing.without(edit, "title");
  assert.equal(editing.shown(theirs, news, "title"), "Theirs");
  assert.equal(editing.shown(theirs, news, "room"), "Lotus");
});

test("what is typed while the save is under way stays, and knows what was saved", () => {
  const was = type({ title: "One" });
  const now = type({ title: "One and more" }, BOARD, was);
  assert.deepEqual(editing.taken(now, was), { base: { title: "One" }, typed: { title: "One and more" } });
  assert.equal(editing.isTouched(editing.taken(was, was)), false);
});

const session = (id, starts, ends, room = "") => ({ id, day: "2026-05-04", starts, ends, room });
const shape = (found) => found.map(({ slots }) => slots.map((columns) => columns.map((column) => column.map(({ id }) => id).join(" "))));

test("what runs at the same time stands side by side, a column for each room", () => {
  const found = days([session("a", "09:00", "10:00"), session("b", "10:00", "12:00", "L"), session("c", "10:30", "11:00", "J"), session("d", "11:00", "11:30", "J"), session("e", "12:00", "")]);
  assert.deepEqual(shape(found), [[["a"], ["b", "c d"], ["e"]]]);
});

test("a session without an end lasts an hour, one over midnight to the end of the day", () => {
  assert.deepEqual(shape(days([session("a", "09:00", ""), session("b", "09:30", "11:00", "J")])), [[["a", "b"]]]);
  assert.deepEqual(shape(days([session("a", "22:00", "01:00"), session("b", "23:30", "23:45", "J")])), [[["a", "b"]]]);
});

test("sessions without a time come last, by themselves", () => {
  const found = days([{ id: "x", day: "", starts: "", ends: "", room: "" }, session("a", "09:00", "10:00")]);
  assert.deepEqual(found.map(({ day }) => day), ["2026-05-04", ""]);
});

test("sessions at one time have an order, and each knows who stands beside it", () => {
  const all = [session("a", "09:00"), session("b", "10:00", "", "L"), session("c", "10:00", "", "J"), session("d", "10:00"), session("e", "11:00")];
  assert.deepEqual(neighbours(all, "b"), { before: null, behind: "c", next: "d" });
  assert.deepEqual(neighbours(all, "d"), { before: "c", behind: null, next: null });
  assert.deepEqual(neighbours(all, "a"), { before: null, behind: null, next: null });
  assert.deepEqual(neighbours(all, "gone"), { before: null, behind: null, next: null });
});

test("what was edited goes back to its place among those of its time, while the one behind it is still there", () => {
  const at = (id, starts = "09:00") => ({ id, day: "2026-05-04", starts });
  const seen = at("a");
  assert.deepEqual(stoodAt([at("b"), at("a")], seen, "b"), { before: "b" });
  assert.deepEqual(stoodAt([at("b"), at("a")], seen, null), { before: null });
  assert.deepEqual(stoodAt([at("b", "10:00"), at("a")], seen, "b"), {}, "it is at another time since");
  assert.deepEqual(stoodAt([at("a")], seen, "b"), {}, "it is gone");
});

test("a session that goes up or down stands where the server puts it", () => {
  const stored = ["a9", "b10", "c10", "d10", "e11", "f"].map((key) => ({ id: key[0], starts_at: key.slice(1) || null }));
  const after = (id, before) => reordered(stored, id, before).map((one) => one.id).join("");
  assert.equal(after("d", "b"), "adbcef");
  assert.equal(after("b", "d"), "acbdef");
  assert.equal(after("b", null), "acdbef");
  assert.equal(after("f", null), "abcdef");
  assert.equal(after("b", "gone"), "abcdef");
});

test("a form becomes what the server takes, and back", () => {
  const form = { title: "Dinner", day: "2026-05-04", starts: "22:00", ends: "01:00", room: "Garden", speakers: "Omar\n Sana;\n", questions: "open", kind: "session" };
  assert.deepEqual(wanted(form), {
    title: "Dinner",
    starts_at: "2026-05-04T22:00",
    ends_at: "2026-05-05T01:00",
    room: "Garden",
    speakers: ["Omar", "Sana"],
    questions: "open",
    kind: "session",
  });
  assert.equal(wanted({ ...form, kind: "break" }).questions, "closed");
  const back = planned({ id: "a", title: "Dinner", starts_at: "2026-05-04T15:00:00Z", ends_at: "2026-05-04T18:00:00Z" }, "Asia/Bangkok");
  assert.deepEqual([back.day, back.starts, back.ends, back.kind], ["2026-05-04", "22:00", "01:00", "session"]);
});

test("a new session is offered after the last one, or on the first day", () => {
  const last = proposed([session("a", "09:00", "10:00", "L")], null);
  assert.deepEqual([last.day, last.starts, last.room], ["2026-05-04", "10:00", "L"]);
  assert.equal(proposed([], "2026-05-01").day, "2026-05-01");
});

test("times are the board's own, wherever the browser is", () => {
  assert.equal(localOf("2026-05-04T02:30:00Z", "Asia/Kathmandu"), "2026-05-04T08:15");
  assert.equal(localOf("2026-05-04T09:30:00+07:00", "Asia/Bangkok"), "2026-05-04T09:30");
  assert.equal(localOf("2026-05-04T00:30:00Z", "Nowhere/Atall"), "2026-05-04T00:30");
  assert.equal(localOf("", "UTC"), "");
  assert.equal(later("2026-12-31T23:50", 15), "2027-01-01T00:05");
});

test("the headline knows how far the first day is", () => {
  const phase = (today) => standing("2026-05-04", "2026-05-06", today).phase;
  assert.deepEqual(["2026-04-01", "2026-04-29", "2026-05-03", "2026-05-04", "2026-05-06", "2026-05-07"].map(phase), ["far", "near", "tomorrow", "today", "running", "over"]);
  assert.equal(standing(null, null, "2026-05-04").phase, "undated");
});

test("the stone has forty facets, and as many are lit as things are done", () => {
  assert.equal(stone(0).length, 40);
  assert.deepEqual([0, 0.5, 1].map((share) => stone(share).filter(({ lit }) => lit).length), [0, 20, 40]);
});

const NETWORK = { passes: true };
function waits(again = () => Promise.resolve()) {
  const found = { ms: [], act: () => {}, pending: false };
  const later = (act, ms) => {
    found.ms.push(ms);
    Object.assign(found, { act, pending: true });
    return 1;
  };
  return { found, resend: createResend({ again, later, never: () => (found.pending = false) }) };
}

test("what did not get through is sent again at longer and longer intervals, and what was refused is not", () => {
  const { found, resend } = waits();
  for (let n = 0; n < 6; n += 1) resend.failed(NETWORK);
  assert.deepEqual(found.ms, [2000, 4000, 8000, 16000, 30000, 30000]);
  resend.failed({ passes: true, retryAfter: 60 });
  assert.equal(found.ms.at(-1), 60000);
  resend.failed({ passes: false });
  assert.deepEqual([found.pending, found.ms.length], [false, 7]);
  resend.failed(NETWORK);
  assert.equal(found.ms.at(-1), 2000, "a new wish begins anew");
});

function form(answers) {
  const [kept, sent, board] = [new Map(), [], { title: "Lab" }];
  const drafts = { get: (id) => kept.get(id), set: (id, value) => kept.set(id, value), drop: (id) => kept.delete(id) };
  const send = async (changes) => {
    sent.push(changes);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const learn = ({ present }) => present && Object.assign(board, present);
  const counts = { resent: 0 };
  const editor = createEditor({ drafts, id: "x", read: () => board, send, learn, draw: () => {}, resent: () => (counts.resent += 1) });
  return { editor, sent, board, counts };
}
const refusal = ({ answer = {}, ...about }) => Object.assign(new Problem({ detail: "refused", ...about }), { answer });

test("a save that the network refused is kept, and sent once the line is back", async () => {
  const { editor, sent, counts } = form([refusal({ network: true }), {}]);
  editor.type("title", "Lab 2026");
  assert.equal(await editor.save(), false);
  await editor.retry();
  assert.deepEqual([sent.length, counts.resent, editor.problem], [2, 1, null]);
});

test("what was typed on after a save did not get through is not sent by itself", async () => {
  const { editor, sent } = form([refusal({ network: true })]);
  editor.type("title", "Lab 2026");
  await editor.save();
  editor.type("title", "Lab 2026, and ha");
  await editor.retry();
  assert.equal(sent.length, 1);
  assert.equal(editor.touched, true);
});

test("a save whose answer was lost is no conflict when it is sent again", async () => {
  const { editor, counts } = form([refusal({ network: true }), refusal({ answer: { present: { title: "Lab 2026" } } })]);
  editor.type("title", "Lab 2026");
  await editor.save();
  await editor.retry();
  assert.deepEqual([counts.resent, editor.problem, editor.touched], [1, null, false]);
});

test("what might help comes from the agenda and the roster", () => {
  const talks = speaking([{ title: "Heat", speakers: ["Mïra  Sok"] }, { title: "Later", speakers: ["Mira Sok"] }, { title: "Lunch" }]);
  assert.deepEqual(helpFor({ name: "mira sok", team: "Jordan" }, talks), { by: "talk", about: "Heat" });
  assert.deepEqual(helpFor({ name: "Leo", team: "Jordan" }, talks), { by: "team", about: "Jordan" });
  assert.deepEqual(helpFor({ name: "Leo", team: null }, talks), { by: "meeting", about: "" });
});
