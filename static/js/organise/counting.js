// Counts the files of a ZIP archive while it comes. Pure.
// @ts-check

// Of the header before each file (APPNOTE 4.3.7): its mark, and where it says how long the rest of the file is. The server writes
// the lengths there, not behind the file (board/transfer/zipped.py).
const HEADER_BYTES = 30;
const MARK = 0x04034b50;
const [PACKED, NAME, EXTRA] = [18, 26, 28];

/** @returns {(part: Uint8Array) => number} takes the next part of the archive, and answers how many of its files are whole by now */
export function createCounting() {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  let [known, left, files] = [0, 0, 0]; // bytes of the header that came; bytes of the file that did not; files

  /** How much comes after the header. What is no file is the table at the end: nothing comes after it. */
  function rest() {
    if (header.getUint32(0, true) !== MARK) return Number.POSITIVE_INFINITY;
    return header.getUint32(PACKED, true) + header.getUint16(NAME, true) + header.getUint16(EXTRA, true);
  }

  return (part) => {
    for (let at = 0; at < part.length; ) {
      if (left) {
        const some = Math.min(left, part.length - at);
        at += some;
        left -= some;
        if (!left) files += 1;
      } else {
        header.setUint8(known++, part[at++]);
        if (known < HEADER_BYTES) continue;
        known = 0;
        left = rest();
      }
    }
    return files;
  };
}
