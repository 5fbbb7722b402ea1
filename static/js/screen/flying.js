// A light that goes along a line of a picture. Only transform and opacity move; where a system asks for less motion, there is none.
// @ts-check
const STEPS = 16; // of a flight

/** Where a light stands on its way, in px of the box. @param {SVGPathElement} line @param {Element} box @returns {string[]} */
export function wayOf(line, box) {
  const whole = line.getTotalLength();
  const from = /** @type {DOMMatrix} */ (line.getScreenCTM());
  const { left, top } = box.getBoundingClientRect();
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const { x, y } = line.getPointAtLength((whole * step) / STEPS).matrixTransform(from);
    return `translate(${(x - left).toFixed(1)}px, ${(y - top).toFixed(1)}px)`;
  });
}

/** @param {HTMLElement} box @param {string[]} way @param {{duration: number, delay: number, easing?: string}} timing ms */
export function travel(box, way, timing) {
  const light = document.createElement("i");
  light.className = "flying-light";
  box.append(light);
  const frames = way.map((transform, step) => ({ transform, opacity: step && step < STEPS ? 1 : 0, easing: "linear" }));
  light.animate(frames, { ...timing, fill: "both" });
}
