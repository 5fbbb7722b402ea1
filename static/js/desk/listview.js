// How the queue looks: tabs, filters, search, rows. lit-html templates only; what happened goes to `desk.on`.
// @ts-check
import { ownNames } from "../shared/translated.js";
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { languageOf, sharedTeam, tall, themeOf, timeAgo } from "../shared/text.js";
import { sentence } from "../shared/sentence.js";
import { unitsOf } from "../shared/units.js";
import { names, REACTIONS, themeTag, who } from "../shared/view.js";
import { asideLine, fateSign } from "./fateline.js";
import { joinedView, signsView, textView } from "./powersview.js";
import { allowed, filtering, NO_FILTERS, NO_SESSION, TABS, tabOf } from "./queue.js";
import { litOn } from "./screens.js";
import { WORDS, yes } from "./words.js";

/**
 * @import {On} from "../shared/dom"
 * @import {Post} from "../shared/wire"
 * @import {Controls, Picture, Press, Row} from "./types"
 */

// -- tabs and filters ---------------------------------------------------------------------------------------------

/** @param {Picture} desk */
export function tabsView(desk) {
  const { tab, counts, room, on } = desk;
  return html`<nav class="tabs" aria-label=${WORDS.queue}>
    ${TABS.map(
      (
        name,
      ) => html`<button type="button" class="tab is-${name}" data-tab=${name} aria-current=${tab === name && !room ? "page" : "false"} @click=${() => on.tab(name)}>
        <span class="tab-name">${WORDS.tabs[name]}</span><span class="tab-short" aria-hidden="true">${WORDS.tabsShort[name]}</span>
        <span class="tab-count">${WORDS.number(counts[name])}${name === "board" && desk.more ? "+" : ""}</span>
      </button>`,
    )}
    <button type="button" class="tab is-room-tab" data-tab="room" aria-current=${room ? "page" : "false"} @click=${on.room}>
      <span class="tab-short">${WORDS.room}</span><span class="tab-count"><span class="tab-sliders" aria-hidden="true"></span></span>
    </button>
    <button type="button" class="keys-button" @click=${on.help}>${WORDS.keys} <kbd>?</kbd></button>
  </nav>`;
}

/** @param {Picture} desk */
export function filtersView(desk) {
  const { filters, filtersOpen, sessions, teams, on } = desk;
  const folded = filtering({ ...filters, text: "" });
  return html`<div class="filters ${filtersOpen ? "is-open" : ""}" role="search">
    <label class="search"><span class="visually-hidden">${WORDS.search}</span>
      <input id="search" class="input" type="search" placeholder=${WORDS.searchHint} autocomplete="off" spellcheck="false" enterkeyhint="search" maxlength=${unitsOf(limits().search_code_points)} .value=${live(filters.text)} @input=${(/** @type {On} */ event) => on.filter({ text: event.target.value })}>
      <kbd aria-hidden="true">/</kbd>
    </label>
    <button type="button" class="button fold" aria-expanded=${yes(filtersOpen)} aria-controls="choices" @click=${on.fold}>
      ${WORDS.filters}${folded ? html`<span class="fold-dot"><span class="visually-hidden">${WORDS.filtersOn}</span></span>` : nothing}
    </button>
    <div class="choices" id="choices">
      <div class="kinds" role="group" aria-label=${WORDS.filters}>
        ${Object.entries(WORDS.kinds).map(([kind, name]) => html`<button type="button" data-kind=${kind} aria-pressed=${yes(filters.kind === kind)} @click=${() => on.filter({ kind })}>${name}</button>`)}
      </div>
      ${sessions.length ? choice("session", WORDS.allSessions, filters.session, [...sessions.map((one) => [one.id, one.title]), [NO_SESSION, WORDS.noSession]], on) : nothing}
      ${
        teams.length
          ? choice(
              "team",
              WORDS.allTeams,
              filters.team,
              teams.map((one) => [one.name, one.name]),
              on,
            )
          : nothing
      }
      ${filters.author ? html`<button type="button" class="chip" @click=${() => on.filter({ author: "" })}>${WORDS.author(desk.authorName)} <span aria-hidden="true">×</span></button>` : nothing}
      ${filtering(filters) ? html`<button type="button" class="act" @click=${() => on.filter(NO_FILTERS)}>${WORDS.clear}</button>` : nothing}
    </div>
  </div>`;
}

/** How far the search has come; the list shows what is found so far. @param {Picture} desk */
export function foundView({ search, found, on }) {
  const words = {
    "": "",
    asking: WORDS.searching,
    done: WORDS.found(found, search.more),
    failed: WORDS.notSearched(search.detail),
  }[search.state];
  return html`<div class="found ${search.state ? `is-${search.state}` : ""}">
    <p role="status" class=${search.state === "done" && !found && !search.more ? "visually-hidden" : ""}>${words}</p>
    ${search.more ? html`<button type="button" class="act" data-do="search-on" @click=${on.searchOn}>${WORDS.searchOn}</button>` : nothing}
    ${search.state === "failed" ? html`<button type="button" class="act" data-do="search-again" @click=${on.searchAgain}>${WORDS.searchAgain}</button>` : nothing}
  </div>`;
}

/** @param {string} name @param {string} all @param {string} value @param {string[][]} options @param {Controls} on */
function choice(name, all, value, options, on) {
  return html`<select class="choice ${value ? "is-on" : ""}" aria-label=${name === "session" ? WORDS.allSessions : WORDS.allTeams} @change=${(/** @type {On<HTMLSelectElement>} */ event) => on.filter({ [name]: event.target.value })}>
    <option value="" .selected=${live(!value)}>${all}</option>
    ${options.map(([id, title]) => html`<option value=${id} .selected=${live(value === id)}>${title}</option>`)}
  </select>`;
}

// -- list ---------------------------------------------------------------------------------------------------------

/** @param {Picture} desk */
export function listView(desk) {
  const { tab, rows, news, rest, older, loadingOlder, on } = desk;
  const newsBar = news
    ? html`<button type="button" class="news is-${tab}" data-news=${news} @click=${on.news}><strong>${WORDS.news(news)}</strong> · ${WORDS.show}</button>`
    : nothing;
  return html`
    ${tab === "waiting" ? nothing : newsBar}
    <ul class="rows" id="rows" tabindex="-1" aria-label=${WORDS.tabs[tab]}>
      ${repeat(
        rows,
        (row) => row.post.id,
        (row) => rowView(row, desk),
      )}
    </ul>
    ${rest ? html`<button type="button" class="button more" data-do="more" @click=${on.more}>${WORDS.showMore(rest)}</button>` : nothing}
    ${tab === "waiting" && !rest ? newsBar : nothing}
    ${tab === "board" && older && !rest && !desk.search.state ? html`<button type="button" class="button more" ?disabled=${loadingOlder} @click=${on.older}>${loadingOlder ? WORDS.loading : WORDS.older}</button>` : nothing}
    ${rows.length ? nothing : emptyView(desk)}
    ${tab === "held" && desk.counts.withdrawn ? html`<button type="button" class="act to-withdrawn" @click=${() => on.tab("withdrawn")}>${WORDS.tabs.withdrawn} · ${desk.counts.withdrawn}</button>` : nothing}
  `;
}

/** @param {Picture} desk */
function emptyView({ ready, tab, filters, search, board, on }) {
  if (!ready) return html`<p class="empty">${WORDS.opening}</p>`;
  if (search.state === "asking") return nothing; // nothing yet
  const filtered = filtering(filters);
  const [head, usual] = filtered ? WORDS.nothingFound : WORDS.empty[tab];
  const unasked =
    tab === "waiting" && !filtered && !board.frozen && !board.premoderate.card && !board.premoderate.question;
  const line = unasked ? WORDS.atOnce : usual;
  return html`<div class="empty">
    <p class="empty-head">${head}</p>
    <p>${line}</p>
    ${filtered ? html`<button type="button" class="button" @click=${() => on.filter(NO_FILTERS)}>${WORDS.clear}</button>` : nothing}
  </div>`;
}

/** @param {Row} row @param {Picture} desk */
function rowView(row, desk) {
  const { post, ghost, note, current, selected } = row;
  const { themes, sessions, large, board, again, on } = desk;
  const tab = tabOf(post, again);
  const lit = litOn(large, post.id).length > 0;
  const muted = board.muted?.includes(post.participant ?? "");
  const session = post.session && sessions.find((one) => one.id === post.session);
  return html`<li class="row is-${tab} ${ghost ? "is-ghost" : ""} ${current ? "is-current" : ""} ${selected ? "is-selected" : ""}" data-id=${post.id} data-state=${post.state} data-kind=${post.kind} tabindex="-1" aria-current=${yes(current)}>
    <label class="pick"><input type="checkbox" .checked=${live(selected)} ?disabled=${Boolean(ghost)} aria-label=${WORDS.actOf(WORDS.select, post)} @change=${() => on.select(post.id)}></label>
    <p class="row-head">
      ${
        post.kind === "card"
          ? html`<span class="row-to">${sentence("card-for", { names: html`<b>${names(post)}</b>` })}${sharedTeam(post) ? html` <bdi class="row-team">${sharedTeam(post)}</bdi>` : nothing}</span>`
          : html`<strong class="row-to is-question">${WORDS.question}</strong>${session ? html`<bdi class="row-session">${session.title}</bdi>` : nothing}`
      }
      <span class="row-state ${lit ? "is-lit" : ""}">${lit ? WORDS.onScreen : again.has(post.id) && tab === "waiting" ? WORDS.again : tab === desk.tab ? nothing : WORDS.states[post.state ?? "visible"]}</span>
    </p>
    <div class="row-said">
      <p class="row-text said ${tall(post.text)}" dir="auto" lang=${languageOf(post.text)}>${textView(post)}</p>
      ${post.merged_into ? joinedView(post, desk) : nothing}
      ${asideLine(post)}
      ${post.answer ? html`<p class="row-more said ${tall(post.answer)}" dir="auto"><strong>${WORDS.answer}</strong> <span lang=${languageOf(post.answer)}>${post.answer}</span></p>${post.answer_translations?.length ? html`<p class="row-more">${ownNames(post.answer_translations)}</p>` : nothing}` : nothing}
      ${
        tab === "held" && !ghost && (post.reason || post.moderated_by)
          ? html`<p class="row-more">${post.moderated_by ? html`<span>${WORDS.heldAt(post.moderated_by, timeAgo(post.moderated_at ?? "", desk.now, desk.board.time_zone))}</span>` : nothing}${post.reason ? html`<span><strong>${WORDS.reason}</strong> <bdi>${post.reason}</bdi></span>` : nothing}</p>`
          : nothing
      }
    </div>
    <div class="row-foot">
      <p class="row-meta">
        <span>${post.kind === "card" ? sentence("card-from", { author: who(post.author) }) : who(post.author)}</span>
        <time datetime=${post.created_at}>${timeAgo(post.created_at, desk.now, desk.board.time_zone)}</time>
        ${themeTag(themeOf(post, themes))}
        ${post.kind === "question" && (post.votes || tab === "board") ? html`<span class="number">${WORDS.votes(post.votes ?? 0)}</span>` : nothing}
        ${REACTIONS.filter(({ key }) => (post.reactions?.[key] ?? 0) > 0).map(({ key, sign, label: name }) => html`<span class="number">${sign ? html`<span aria-hidden="true">${sign}</span><span class="visually-hidden">${name}</span>` : name} ${WORDS.number(post.reactions?.[key] ?? 0)}</span>`)}
        ${post.pinned ? html`<strong class="row-sign is-pinned">${WORDS.pinnedTag}</strong>` : nothing}
        ${post.answered && tab !== "board" ? html`<strong class="row-sign">${WORDS.answeredTag}</strong>` : nothing}
        ${fateSign(post, desk.today)}
        ${signsView(post, desk)}
        ${muted ? html`<strong class="row-sign">${WORDS.mutedTag}</strong>` : nothing}
      </p>
      ${ghost ? html`<p class="row-note is-${ghost.kind}">${ghost.words}</p>` : actsView(post, lit, desk)}
    </div>
    ${note && !ghost ? html`<p class="row-note is-${note.kind}">${note.words}</p>` : nothing}
  </li>`;
}

/** The act, and the state in its place once it is so: both are as wide as the longer one, so no button moves. @param {Post} post */
const answeredWords = ({ answered }) =>
  html`<span class="swap"><span class=${answered ? "is-off" : ""}>${WORDS.answered}</span><span class=${answered ? "" : "is-off"}>${WORDS.answeredTag}</span></span>`;

/** @param {Post} post @param {boolean} lit @param {Picture} desk */
function actsView(post, lit, { again, on }) {
  const may = allowed(post, again);
  const button = (
    /** @type {string} */ act,
    /** @type {string} */ words,
    className = "",
    /** @type {boolean|undefined} */ pressed = undefined,
    /** @type {unknown} */ shown = words,
  ) =>
    html`<button type="button" class="act ${className}" data-act=${act} aria-label=${WORDS.actOf(words, post)} aria-pressed=${pressed === undefined ? nothing : yes(pressed)} @click=${(/** @type {Press} */ event) => on.act(act, post.id, event)}>${shown}</button>`;
  const more = ["pin", "hold", "answer", "owner", "move", "author", "mute"].some((act) => may.has(act));
  return html`<div class="acts">
    ${may.has("approve") ? button("approve", WORDS.approve, "is-ok") : nothing}
    ${may.has("restore") && !post.merged_into ? button("restore", WORDS.restore, "is-ok") : nothing}
    ${may.has("spotlight") ? button("spotlight", WORDS.spotlight, "is-first", lit) : nothing}
    ${may.has("answered") ? button("answered", WORDS.answered, "", Boolean(post.answered), answeredWords(post)) : nothing}
    ${may.has("pin") ? button("pin", WORDS.pin, "", Boolean(post.pinned)) : nothing}
    ${
      may.has("hold")
        ? html`<span class="split">${button("hold", WORDS.hold)}<button type="button" class="act is-icon" data-act="reason" aria-label=${WORDS.actOf(WORDS.holdWhy, post)} aria-haspopup="dialog" @click=${(/** @type {Press} */ event) => on.act("reason", post.id, event)}><span class="sign-down" aria-hidden="true"></span></button></span>`
        : nothing
    }
    ${more ? html`<button type="button" class="act is-icon" data-act="menu" aria-label=${WORDS.actOf(WORDS.more, post)} aria-haspopup="dialog" @click=${(/** @type {Press} */ event) => on.act("menu", post.id, event)}><span class="sign-dots" aria-hidden="true"></span></button>` : nothing}
  </div>`;
}
