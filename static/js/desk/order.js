// The list in front of the moderator keeps its order: how posts come into it without moving what stands. Pure.
// @ts-check

/**
 * What stands at the end of the order, after everything that is in the list.
 * @param {string[]} order as of `listed` @param {Set<string>} inList
 * @returns {string[]} none where the list has nothing in common with the order
 */
export function trailing(order, inList) {
  let end = order.length;
  while (end && !inList.has(order[end - 1])) end -= 1;
  return end ? order.slice(end) : [];
}

/**
 * Each that enters takes its place, nothing else moves.
 * @param {string[]} shown @param {string[]} entering @param {string[]} order as of `listed`
 */
export function withEntering(shown, entering, order) {
  const known = new Set([...shown, ...entering]);
  const following = order.filter((id) => known.has(id));
  const coming = new Set(entering);
  let list = shown;
  // From the last to the first: the one that follows stands already.
  for (const [place, id] of [...following.entries()].reverse()) {
    if (!coming.has(id)) continue;
    const next = following[place + 1];
    const at = next === undefined ? list.length : list.indexOf(next);
    list = [...list.slice(0, at), id, ...list.slice(at)];
  }
  return list;
}
