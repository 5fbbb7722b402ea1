// The folder to take home in the browser: how much there is by now, and never half a file.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { megabytes, whole } from "../../static/js/organise/taking.js";

const stream = (parts, end) =>
  new Response(
    new ReadableStream({
      start(to) {
        for (const part of parts) to.enqueue(new TextEncoder().encode(part));
        end(to);
      },
    }),
  );

test("what came is counted, and is whole at the end", async () => {
  const heard = [];
  const parts = await whole(
    stream(["abc", "de"], (to) => to.close()),
    (bytes) => heard.push(bytes),
  );
  assert.equal(await new Blob(parts).text(), "abcde");
  assert.deepEqual(heard, [3, 5]);
});

test("an answer that breaks off, or a refusal, is no file", async () => {
  const broken = stream(["abc"], (to) => setTimeout(() => to.error(new TypeError("gone"))));
  await assert.rejects(whole(broken, () => {}), { network: true });
  const refused = new Response(JSON.stringify({ title: "No", detail: "Not yours." }), { status: 403 });
  await assert.rejects(whole(refused, () => {}), { status: 403, detail: "Not yours." });
});

test("a size has one decimal", () => assert.equal(megabytes(3_140_000, "en"), "3.1"));
