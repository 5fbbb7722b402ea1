// The colour that the organiser chose for a board, on every page; the server has made sure that it can be read.
// @ts-check

/** @param {{accent?: string|null, accent_ink?: string}|null} board without a colour: the product's own */
export function wear(board) {
  const { style } = document.documentElement;
  style.setProperty("--accent", board?.accent ?? "");
  style.setProperty("--accent-strong", board?.accent ?? "");
  style.setProperty("--accent-ink", board?.accent_ink ?? "");
}
