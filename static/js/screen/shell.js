// The large screen's page as it was delivered, kept true although others change it (a translation, an extension). Nobody
// types there, so nothing has to be spared: what was delivered is put back, and what is drawn is drawn anew.
// @ts-check
import { countMended, watchForeign } from "../shared/foreign.js";

const PACE_MS = 1500; // an extension may not give up

/**
 * @param {{drawn: Element[], startOver: () => void}} page drawn: what is drawn into, all else stays as delivered;
 *   startOver: throws away what was drawn and draws it anew
 * @returns {{own: <T>(act: () => T) => T}} all of our own changes are made within `own`
 */
export function keepShell({ drawn, startOver }) {
  const { body } = document;
  const delivered = new Map(elements(body, drawn).map((element) => [element, [...element.childNodes]]));
  const words = new Map(
    [...delivered.values()]
      .flat()
      .filter(isText)
      .map((text) => [text, text.data]),
  );
  const ours = new Set(body.childNodes);
  const watch = watchForeign([body], heard);
  let spoilt = false;
  let mendedAt = -Infinity;
  let timer = 0;

  /** @param {MutationRecord[]} records @param {boolean} now */
  function heard(records, now) {
    spoilt ||= records.some(concerns);
    if (!spoilt || now || timer) return;
    timer = window.setTimeout(() => own(() => {}), Math.max(0, mendedAt + PACE_MS - performance.now()));
  }

  /** What others put beside our page, and what they do there, is theirs. @param {MutationRecord} record */
  function concerns({ target, removedNodes }) {
    if (target === body) return [...removedNodes].some((node) => ours.has(/** @type {ChildNode} */ (node)));
    let top = /** @type {Node} */ (target);
    while (top.parentNode && top.parentNode !== body) top = top.parentNode;
    return !top.parentNode || ours.has(/** @type {ChildNode} */ (top));
  }

  /** @template T @param {() => T} act @returns {T} */
  function own(act) {
    return watch.own(() => {
      if (spoilt) mend();
      return act();
    });
  }

  function mend() {
    clearTimeout(timer);
    countMended();
    [spoilt, timer, mendedAt] = [false, 0, performance.now()];
    for (const [element, children] of delivered) putBack(element, children);
    for (const [text, data] of words) if (text.data !== data) text.data = data;
    startOver();
  }

  /** @param {Element} element @param {ChildNode[]} children */
  function putBack(element, children) {
    const there = element === body ? [...body.childNodes].filter((node) => ours.has(node)) : [...element.childNodes];
    if (there.length === children.length && there.every((node, index) => node === children[index])) return;
    if (element === body) body.append(...children);
    else element.replaceChildren(...children);
  }

  return { own };
}

/** @param {Element} element @param {Element[]} drawn @returns {Element[]} this one and all in it, but for what is within `drawn` */
const elements = (element, drawn) => {
  const kept = [...element.children].filter((one) => !drawn.includes(one));
  return [element, ...kept.flatMap((one) => elements(one, drawn))];
};

/** @param {Node} node @returns {node is Text} */
const isText = (node) => node.nodeType === Node.TEXT_NODE;
