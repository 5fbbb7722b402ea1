// Which of a board's large screens a window is stands in its address: a reload, or another window of this computer, does not change it.
// @ts-check

/** @param {string|undefined} id @param {boolean|undefined} several has the board others? Else the address stays as short as it was */
export function pin(id, several) {
  const here = new URL(location.href);
  if (!id || !several || here.searchParams.get("screen") === id) return;
  here.searchParams.set("screen", id);
  history.replaceState(history.state, "", here);
}
