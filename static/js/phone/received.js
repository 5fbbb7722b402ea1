// Being celebrated: a card for the one who holds this phone fills it, once. What came meanwhile is opened at the next visit.
// @ts-check
import { html } from "../shared/html.js";
import { createMender } from "../shared/mender.js";
import { called } from "../shared/text.js";
import { say as tell } from "../shared/words.js";
import { isForMe } from "./forme.js";
import { cardMoment, goneMoment, sealedMoment } from "./receivedview.js";
import { isFor, missed, remembered, SEALED_AT_MOST } from "./receiving.js";

/** @import { Post } from "../shared/wire" */
/** @import { First, Drawn } from "./types" */

const BUZZ_MS = [20, 60, 40];
const TOO_SOON_MS = 500; // a tap that was meant for what lay below

/**
 * @param {First & {thanking: ReturnType<typeof import("./thanking.js").createThanking>, share: (post: Drawn) => void}} phone
 */
export function createReceived({ held, keep, own, composer, self, draw, say, thanking, share }) {
  let queue = /** @type {string[]} */ ([]);
  let at = -1; // which of them is open; -1: they are sealed
  let openedAt = 0;
  let known = /** @type {Map<string, Post>} */ (new Map()); // cards for me on the board
  const dialog = document.createElement("dialog");
  dialog.className = "sheet moment-sheet";
  dialog.setAttribute("aria-labelledby", "moment-title");
  document.body.append(dialog);
  const mender = createMender({ roots: [dialog], translatable: true });
  const opened = () => /** @type {string[]} */ (keep.get("opened", []));

  /** The board changed, or time went on. @param {Post[]} cards all for me and my team */
  function look(cards) {
    known = new Map(cards.map((post) => [post.id, post]));
    thanking.flush();
    tellThanks();
    const seen = Object.keys(keep.get("seen", {}));
    const news = missed(cards, self(), new Set([...opened(), ...seen, ...queue]));
    if (dialog.open) {
      queue.push(...news.map(({ id }) => id));
      return refresh();
    }
    if (news.length && !composer.isOpen() && !document.hidden) begin(news.map(({ id }) => id));
  }

  /** @param {string[]} ids */
  function begin(ids) {
    queue = ids;
    at = ids.length > 1 ? -1 : 0;
    openedAt = performance.now();
    refresh();
    history.pushState({ ...history.state, moment: true }, "");
    dialog.showModal();
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ_MS);
    remember();
  }

  function refresh() {
    const cards = queue.flatMap((id) => known.get(id) ?? []);
    mender.render(view(cards), dialog);
  }

  /** A card that left the board leaves the phone. @param {Post[]} cards */
  function view(cards) {
    const { themes } = held.board;
    if (at < 0 && cards.length) return sealedMoment({ cards, themes, isList: cards.length > SEALED_AT_MOST, act });
    const post = known.get(queue[at]);
    if (!post) return goneMoment(close);
    const [name, all] = [self().name ?? "", queue.length];
    const thanked = thanking.isOn(post.id);
    return cardMoment({ post, name, themes, at, all, thanked, waits: thanking.waits(post.id), act });
  }

  /** @param {number} next */
  function open(next) {
    if (isTooSoon()) return;
    const wanted = at < 0 ? queue.filter((id) => known.has(id))[next] : queue[next];
    at = Math.max(0, queue.indexOf(wanted));
    remember();
    mender.render(html``, dialog); // what moves begins anew
    refresh();
    dialog.querySelector("h2")?.focus();
  }

  /** What is on the screen has been seen; the rest when it is opened, or put off. */
  function remember(all = false) {
    const seen = all ? queue : at < 0 ? [] : [queue[at]];
    keep.set("opened", remembered(opened(), seen));
  }

  const isTooSoon = () => performance.now() - openedAt < TOO_SOON_MS;

  function close() {
    if (!dialog.open || isTooSoon()) return;
    dialog.close();
    if (history.state?.moment) history.back();
  }

  function closed() {
    remember(true);
    queue = [];
    draw();
  }

  /** An author hears that somebody says thanks, also what came while the phone was away. */
  function tellThanks() {
    const seen = keep.get("thanked", {});
    const now = Object.fromEntries([...own.posts.values()].flatMap(({ id, thanks }) => (thanks ? [[id, thanks]] : [])));
    const names = Object.entries(now).flatMap(([id, said]) =>
      said.filter((/** @type {string} */ one) => !seen[id]?.includes(one)),
    );
    if (names.length) say(tell("received-says-thanks", { names: names.join(", "), n: names.length }), "ok");
    if (own.posts.size && JSON.stringify(now) !== JSON.stringify(seen)) keep.set("thanked", now);
  }

  /** @param {Post} post */
  function thank(post) {
    if (!isTooSoon()) thanking.toggle(post.id).then(() => dialog.open && refresh());
    if (dialog.open) refresh();
  }

  /** How a card for me looks in the feed and under Me. @param {Post} post @param {boolean} [isNow] it is on the large screen */
  function inFeed(post, isNow = false) {
    const who = self();
    if (!isFor(post, who)) {
      const team = !isNow && !post.pinned && isForMe({ team: who.team }, held.board.teams)(post);
      return team ? { badge: html`<p class="badge">${tell("received-badge-team")}</p>` } : undefined;
    }
    const thanked = thanking.isOn(post.id);
    return {
      className: post.to?.length === 1 ? "is-ours is-alone" : "is-ours",
      badge: html`<p class="badge badge-ours">${tell(isNow ? "now-on-screen" : "received-badge")}</p>`,
      onReact: undefined,
      foot: html`<div class="state-acts">
        <button type="button" class="button ${thanked ? "" : "button-ink"}" aria-pressed=${thanked ? "true" : "false"} @click=${() => thank(post)}
          >${thanked ? html`<span aria-hidden="true">✓ </span>${post.author?.name ? tell("received-knows", { name: called(post.author) }) : tell("received-knows-somebody")}` : tell("received-thanks")}</button>
        <button type="button" class="button" @click=${() => share(post)}>${tell("received-keep")}</button>
      </div>`,
    };
  }

  const act = { close, next: () => open(at + 1), open, thank, keep: share };
  if (history.state?.moment) history.replaceState(null, "");
  dialog.addEventListener("close", closed);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  window.addEventListener("popstate", () => dialog.open && !history.state?.moment && dialog.close());
  document.addEventListener("visibilitychange", draw);
  own.loadReceived(); // of days ago

  return { look, inFeed };
}
