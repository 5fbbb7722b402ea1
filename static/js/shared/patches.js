// What others changed in the page, kept by parent, so that it can be taken back: each change in reverse, the last one
// first. It asks nothing of the other side: a record says what was there before, for nodes and for text.
// @ts-check

const TRANSLATED = "FONT"; // in which browsers put a translation

export function createPatches() {
  /** @type {Map<Node, MutationRecord[]>} */
  const patches = new Map();
  /** @type {WeakSet<Node>} */
  const theirs = new WeakSet();
  /** @type {WeakMap<Node, Node>} */
  const homes = new WeakMap(); // a node of the page that was taken out, and its parent

  /** @param {MutationRecord[]} records @returns {Set<Node>} the parents that they are about */
  function add(records) {
    const touched = new Set();
    for (const record of records) {
      learn(record);
      const parent = record.type === "characterData" ? homeOf(record.target) : record.target;
      if (!parent || isTheirs(parent)) continue; // how they change what is theirs goes away with it
      patches.set(parent, [...(patches.get(parent) ?? []), record]);
      touched.add(parent);
    }
    return touched;
  }

  function learn(/** @type {MutationRecord} */ { target, addedNodes, removedNodes }) {
    for (const node of removedNodes) if (!isTheirs(target) && !theirs.has(node)) homes.set(node, target);
    for (const node of addedNodes) if (!homes.has(node)) theirs.add(node);
  }

  /** Was it added by others, or within what they added? The page's own nodes stay its own, even inside of others' nodes. */
  function isTheirs(/** @type {Node|null} */ node) {
    for (let one = node; one && !homes.has(one); one = one.parentNode) if (theirs.has(one)) return true;
    return false;
  }

  /**
   * Makes the children of this parent again what we had left there.
   * @param {Node} parent @returns {Node[]} what was put back
   */
  function undo(parent) {
    const records = patches.get(parent) ?? [];
    patches.delete(parent);
    const back = [];
    for (const record of records.reverse()) {
      if (record.type === "characterData") revert(record);
      else back.push(...swapBack(/** @type {ParentNode & Node} */ (parent), record));
    }
    return back;
  }

  function revert(/** @type {MutationRecord} */ { target, oldValue }) {
    if (!theirs.has(target) && target.nodeValue !== oldValue) target.nodeValue = oldValue;
  }

  /** @param {Node} parent @param {MutationRecord} record */
  function swapBack(parent, { addedNodes, removedNodes, previousSibling, nextSibling }) {
    for (const node of addedNodes) if (node.parentNode === parent) parent.removeChild(node);
    const isHere = /** @type {(node: Node|null) => node is Node} */ ((node) => node?.parentNode === parent);
    const next = isHere(nextSibling) ? nextSibling : isHere(previousSibling) ? previousSibling.nextSibling : null;
    const back = [...removedNodes].filter((node) => !theirs.has(node));
    for (const node of back) parent.insertBefore(node, next);
    return back;
  }

  /**
   * Did they only say in other words what we say there? Then our elements are all there, and text stands for text.
   * @param {Node} parent
   */
  function isTranslation(parent) {
    const found = { reworded: 0, went: 0, came: 0 };
    for (const record of patches.get(parent) ?? []) {
      if (record.type === "characterData") {
        if (!record.oldValue?.trim()) return false; // words where there were none
        found.reworded += 1;
      } else if (!isOfText(parent, record, found)) return false;
    }
    return (found.reworded > 0 || (found.went > 0 && found.came > 0)) && parent.textContent?.trim() !== "";
  }

  /** @param {Node} parent @param {MutationRecord} record @param {{went: number, came: number}} found */
  function isOfText(parent, { addedNodes, removedNodes }, found) {
    const isText = (/** @type {Node} */ node) => node.nodeType === Node.TEXT_NODE;
    for (const node of removedNodes) {
      if (theirs.has(node)) continue;
      if (node.nodeType === Node.ELEMENT_NODE && !parent.contains(node)) return false;
      if (isText(node)) found.went += 1;
    }
    for (const node of addedNodes) {
      if (!theirs.has(node)) continue;
      if (!isText(node) && node.nodeName !== TRANSLATED) return false;
      if (parent.contains(node)) found.came += 1;
    }
    return true;
  }

  /** The parent of a node of the page, even if others have taken it out or put something around it. */
  function homeOf(/** @type {Node} */ node) {
    const { parentNode } = node;
    return parentNode && !isTheirs(parentNode) ? parentNode : (homes.get(node) ?? null);
  }

  /** Parents that left the page need no mending. */
  function prune() {
    for (const parent of patches.keys()) if (!parent.isConnected) patches.delete(parent);
  }

  return {
    add,
    undo,
    isTranslation,
    homeOf,
    prune,
    has: (/** @type {Node} */ parent) => patches.has(parent),
    size: (/** @type {Node} */ parent) => patches.get(parent)?.length ?? 0,
    parents: () => [...patches.keys()],
  };
}
