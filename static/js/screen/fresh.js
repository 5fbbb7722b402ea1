// Opens the page anew where it failed: nobody is there to press reload.
// @ts-check

const AFTER_MS = 2500;
const AT_MOST_EVERY_MS = 60000;

/**
 * At most once a minute, not all screens at once, and only where the server answers: else the picture would go.
 * @param {{snapshot: () => Promise<{board?: {code: string}}>, code: string}} board
 */
export async function startAfresh({ snapshot, code }) {
  if (Math.abs(Date.now() - Number(sessionStorage.getItem("fresh") ?? 0)) < AT_MOST_EVERY_MS) return;
  sessionStorage.setItem("fresh", String(Date.now()));
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS * (1 + 3 * Math.random())));
  const answer = await snapshot().catch(() => null);
  if (answer?.board?.code === code) location.reload(); // the log-in page of a Wi-Fi answers 200, too
}
