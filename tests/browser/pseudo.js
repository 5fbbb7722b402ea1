// What a page shows in a pseudo-locale: texts that are not from the catalogue, texts that are cut, controls that overlap.
// Run in the page by tests/browser/test_pseudo_locales.py; gives one line for each fault.
({ data, labels = [] }) => {
  const ISOLATED = /[\u2066-\u2068][^\u2069]*\u2069/g; // a value within a sentence
  const MIRRORED = /\u202e[^\u202c]*\u202c/g; // a text of the mirrored catalogue
  const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  const PLAIN = /[AEIOUYaeiouycnsz]/; // what the accented catalogue never has
  const WEEKDAY_AND_TIME = /^[A-Z][a-z]{2},? \d+:\d+( [AP]M)?$/; // by Intl, whose languages have no pseudo-locale
  const A_KEY = /^[A-Z]$/; // of the keyboard, the same in each language
  const SLACK = 1.5; // px: parts of pixels, and letters that lean over
  const INK = 0.6; // of a line's height
  const LABEL_BEGINS = 46; // of a long text, in labels of the desk
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=switch], [role=option]";
  const mirrored = document.documentElement.lang === "ar-XB";
  const known = data.flatMap((one) => [one, one.slice(0, LABEL_BEGINS)]).sort((a, b) => b.length - a.length);
  const faults = new Set();
  const root = document.body;
  // Nothing changes while this looks: each element and each text is asked once.
  function once(ask) {
    const answers = new Map();
    return (about) => {
      if (!answers.has(about)) answers.set(about, ask(about));
      return answers.get(about);
    };
  }
  const hiding = once((element) => {
    const { overflowX, overflowY, position } = getComputedStyle(element);
    return { overflowX, overflowY, position };
  });
  const rectOf = once((element) => element.getBoundingClientRect());

  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);
  function path(element) {
    const one = (e) => e.tagName.toLowerCase() + (e.id ? `#${e.id}` : e.classList.length ? `.${e.classList[0]}` : "");
    const shelf = element.closest("[data-shelf]")?.id;
    return [shelf, element.parentElement ? one(element.parentElement) : "", one(element)].filter(Boolean).join(" ");
  }
  const skips = `script, style, noscript, ${["kbd", ...labels].join()}`;
  const skipped = once((element) => element.closest(skips));
  const plain = (text) => text.replace(MARKS, "").normalize("NFC");
  const without = (text) => known.reduce((left, one) => left.replaceAll(one, ""), plain(text));
  // What people wrote, alone or within a sentence: it may be of any length, and be cut with an ellipsis.
  const isData = once((text) => {
    const composed = text.normalize("NFC");
    return !/\p{L}/u.test(text) || known.some((one) => composed.includes(one));
  });
  const untranslated = once((text) => {
    if (WEEKDAY_AND_TIME.test(text.trim())) return false;
    const own = mirrored ? text.replace(MIRRORED, "").replace(ISOLATED, "") : text;
    const foreign = mirrored ? /[A-Za-z]/ : PLAIN;
    return foreign.test(plain(own)) && foreign.test(without(own));
  });

  const visible = once((element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { width, height } = rectOf(element);
    return width > 1 && height > 1; // else for screen readers alone
  });

  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim() && node.parentElement && !skipped(node.parentElement)) texts.push(node);
  }

  // Nothing untranslated: texts, and what is read out.
  // A name that flies stands in a span for each word.
  const whole = (node) => (node.parentElement.matches(".word") ? node.parentElement.parentElement.textContent : node.data);
  // A language stands under its own name, and beside it under one by Intl.
  const names = (node) => node.parentElement.matches("option[lang], bdi[lang]");
  for (const node of texts) if (!names(node) && untranslated(whole(node))) faults.add(`untranslated: ${short(node.data)} [${path(node.parentElement)}]`);
  for (const element of root.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join())) {
    if (skipped(element)) continue;
    for (const name of ATTRIBUTES) {
      const text = element.getAttribute(name) ?? "";
      if (untranslated(text) && !A_KEY.test(text)) faults.add(`untranslated ${name}: ${short(text)} [${path(element)}]`);
    }
  }
  if (untranslated(document.title)) faults.add(`untranslated title: ${document.title}`);

  // Nothing cut: a text of the catalogue lies within the page, its control, and whatever hides what sticks out.
  const range = document.createRange();
  const rectsOf = once((node) => {
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
  });
  function boxesOf(node) {
    const boxes = [];
    for (let element = node.parentElement; element && element !== document.documentElement; element = element.parentElement) {
      const { overflowX, overflowY, position } = hiding(element);
      const hides = { x: /hidden|clip/.test(overflowX), y: /hidden|clip/.test(overflowY) };
      const scrolls = /auto|scroll/.test(overflowX);
      if (element.matches("button, a.button, select, .chip, .tag")) hides.x = hides.y = true;
      if (hides.x || hides.y) boxes.push({ element, hides, rect: rectOf(element) });
      if (scrolls || position === "fixed") break;
      if (element === document.body) boxes.push({ element, hides: { x: true }, rect: { left: 0, right: innerWidth } });
    }
    return boxes;
  }
  for (const node of texts) {
    if (isData(node.data) || !visible(node.parentElement) || node.parentElement.closest("option")) continue;
    const boxes = boxesOf(node);
    for (const rect of rectsOf(node)) {
      for (const { element, hides, rect: box } of boxes) {
        const beside = hides.x && (rect.left < box.left - SLACK || rect.right > box.right + SLACK);
        const below = hides.y && (rect.top < box.top - SLACK - rect.height / 4 || rect.bottom > box.bottom + SLACK + rect.height / 4);
        // Beside a long theme there may be no room for the word above the name: it is left out whole.
        const leftOut = element.matches(".card-head") && (rect.bottom <= box.top + SLACK || rect.top >= box.bottom - SLACK);
        if ((beside || below) && !leftOut) faults.add(`cut: ${short(node.data)} [${path(node.parentElement)}] by [${path(element)}]`);
      }
    }
  }
  const pen = document.createElement("canvas").getContext("2d");
  function widthOf(text, element) {
    const { font, letterSpacing } = getComputedStyle(element);
    pen.font = font;
    pen.letterSpacing = letterSpacing === "normal" ? "0px" : letterSpacing;
    return pen.measureText(text.replace(MARKS, "")).width;
  }
  const room = (element) => {
    const { paddingLeft, paddingRight } = getComputedStyle(element);
    return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  };
  for (const element of root.querySelectorAll("input[placeholder]")) {
    if (skipped(element) || !visible(element) || isData(element.placeholder)) continue;
    if (widthOf(element.placeholder, element) > room(element) + SLACK) faults.add(`cut placeholder: ${short(element.placeholder)} [${path(element)}]`);
  }
  for (const element of root.querySelectorAll("select")) {
    const text = element.selectedOptions[0]?.text ?? "";
    if (skipped(element) || !visible(element) || isData(text)) continue;
    if (widthOf(text, element) > room(element) + SLACK) faults.add(`cut choice: ${short(text)} [${path(element)}]`);
  }

  // What is written in an empty field begins where the page's lines begin.
  for (const element of root.querySelectorAll("input[placeholder], textarea[placeholder]")) {
    if (skipped(element) || element.value || !visible(element)) continue;
    const { direction } = getComputedStyle(element);
    if (direction !== document.documentElement.dir) faults.add(`placeholder runs ${direction}: [${path(element)}]`);
  }

  // No control over another, no text over another.
  function overlap(a, b) {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return width > 2 && height > 2 ? { width, height } : null;
  }
  /** What is seen of it: not what is scrolled away, or hidden because it sticks out. */
  function seen(element, { left, right, top, bottom }) {
    const rect = { left, right, top, bottom };
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const { overflowX, overflowY, position } = hiding(one);
      const box = rectOf(one);
      if (overflowX !== "visible") [rect.left, rect.right] = [Math.max(rect.left, box.left), Math.min(rect.right, box.right)];
      if (overflowY !== "visible") [rect.top, rect.bottom] = [Math.max(rect.top, box.top), Math.min(rect.bottom, box.bottom)];
      if (position === "fixed") break;
    }
    return { ...rect, height: rect.bottom - rect.top };
  }
  function inked({ left, right, top, bottom, height }) {
    const margin = (height * (1 - INK)) / 2;
    return { left, right, top: top + margin, bottom: bottom - margin };
  }
  const isLayer = once((one) => /fixed|sticky/.test(hiding(one).position) || one.matches("dialog, .piece"));
  const layerOf = once((element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) if (isLayer(one)) return one;
    return document.body;
  });
  const inLayers = Map.groupBy([...root.querySelectorAll(CONTROLS)].filter((one) => !skipped(one) && visible(one)), layerOf);
  for (const controls of inLayers.values()) {
    const placed = controls.map((element) => ({ element, rect: seen(element.parentElement, rectOf(element)) }));
    placed.forEach((a, index) => {
      for (const b of placed.slice(index + 1)) {
        if (!overlap(a.rect, b.rect) || a.element.contains(b.element) || b.element.contains(a.element)) continue;
        faults.add(`overlap: [${path(a.element)}] ${short(a.element.textContent)} and [${path(b.element)}] ${short(b.element.textContent)}`);
      }
    });
  }
  const shown = texts.filter((node) => visible(node.parentElement) && !node.parentElement.closest("option, .visually-hidden"));
  const lines = (node) => rectsOf(node).map((rect) => ({ node, rect: seen(node.parentElement, inked(rect)) }));
  const written = Map.groupBy(shown.flatMap(lines), ({ node }) => layerOf(node.parentElement));
  for (const placed of written.values()) {
    placed.sort((a, b) => a.rect.top - b.rect.top);
    placed.forEach((a, index) => {
      for (let next = index + 1; next < placed.length && placed[next].rect.top < a.rect.bottom; next += 1) {
        const b = placed[next];
        const both = a.node !== b.node && overlap(a.rect, b.rect);
        if (both && both.height > Math.min(a.rect.height, b.rect.height) / 2 && !(isData(a.node.data) && isData(b.node.data)))
          faults.add(`text over text: ${short(a.node.data)} [${path(a.node.parentElement)}] and ${short(b.node.data)} [${path(b.node.parentElement)}]`);
      }
    });
  }
  return [...faults];
}
