// The folder to take home in the browser: how much there is by now, and never half a file.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCounting } from "../../static/js/organise/counting.js";
import { megabytes, quarter, whole } from "../../static/js/organise/taking.js";

const stream = (parts, end) =>
  new Response(
    new ReadableStream({
      start(to) {
        for (const part of parts) to.enqueue(new TextEncoder().encode(part));
        end(to);
      },
    }),
    { headers: { "Content-Type": "application/zip" } },
  );

test("what came is counted, and is whole at the end", async () => {
  const heard = [];
  const archive = await whole(
    stream(["abc", "de"], (to) => to.close()),
    (part) => heard.push(part.byteLength),
  );
  assert.equal(await archive.text(), "abcde");
  assert.equal(archive.type, "application/zip");
  assert.deepEqual(heard, [3, 2]);
});

test("an archive that is larger than what a script holds is in its order", async () => {
  const parts = [..."abcdefg"].map((letter) => letter.repeat(1_500_000));
  const archive = await whole(
    stream(parts, (to) => to.close()),
    () => {},
  );
  assert.equal(await archive.text(), parts.join(""));
});

test("an answer that breaks off, or a refusal, is no file", async () => {
  const broken = stream(["abc"], (to) => setTimeout(() => to.error(new TypeError("gone"))));
  await assert.rejects(whole(broken, () => {}), { network: true });
  const refused = new Response(JSON.stringify({ title: "No", detail: "Not yours." }), { status: 403 });
  await assert.rejects(whole(refused, () => {}), { status: 403, detail: "Not yours." });
  const wifi = new Response("<h1>Log in</h1>", { headers: { "Content-Type": "text/html" } });
  await assert.rejects(whole(wifi, () => {}), { network: true, detail: "network-silent" });
});

/** A file of an archive: its header, its name, an extra field, its bytes. */
function file(name, extra, bytes) {
  const header = new DataView(new ArrayBuffer(30));
  header.setUint32(0, 0x04034b50, true);
  header.setUint32(18, bytes, true);
  header.setUint16(26, name.length, true);
  header.setUint16(28, extra, true);
  return [...new Uint8Array(header.buffer), ...new TextEncoder().encode(name), ...Array(extra + bytes).fill(0x50)];
}

test("files are counted where each ends, however the archive is cut", () => {
  const archive = [...file("a", 0, 70_000), ...file("empty", 0, 0), ...file("b.html", 8, 5), ...file("c", 0, 40)];
  const ends = [70_031, 70_066, 70_115, 70_186];
  assert.equal(archive.length, ends[3]);
  const table = [0x50, 0x4b, 1, 2, ...Array(200).fill(0)];
  for (const size of [1, 29, 31, 4_096, 100_000]) {
    const count = createCounting();
    for (let at = 0; at < archive.length; at += size) {
      const there = Math.min(at + size, archive.length);
      const whole = ends.filter((end) => end <= there).length;
      assert.equal(count(Uint8Array.from(archive.slice(at, there))), whole, `${size} at ${at}`);
    }
    assert.equal(count(Uint8Array.from(table)), 4, "the table at the end is no file");
  }
});

test("each quarter is said aloud", () => {
  assert.deepEqual(
    [0, 1, 24, 25, 99, 100].map((done) => quarter(done, 100)),
    [0, 0, 0, 1, 3, 4],
  );
  assert.equal(quarter(0, 0), 0, "while nobody knows how many there are");
});

test("a size has one decimal", () => assert.equal(megabytes(3_140_000, "en"), "3.1"));
