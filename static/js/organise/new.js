// A new board: sent, then its organiser's link is followed.

const form = /** @type {HTMLFormElement} */ (document.getElementById("new"));
const problem = /** @type {HTMLElement} */ (document.getElementById("new-error"));
const zone = /** @type {HTMLInputElement} */ (form.elements.namedItem("time_zone"));
zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? zone.value;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(form)));
  try {
    const answer = await fetch("/api/boards", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    const made = await answer.json();
    if (answer.ok) location.assign(made.organise_url);
    else problem.textContent = made.detail;
  } catch (error) {
    problem.textContent = String(error);
  }
});
