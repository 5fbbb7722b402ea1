// Which part of the desk answers to which control: what the views call as `on`.
// @ts-check

/**
 * @import {Answering, Names, Panel, Parts, Room} from "./types"
 * @param {Answering} desk its parts, see desk.js
 */
export function controlsOf(desk) {
  const { list, room, large, names, choices, decisions, popover, search, face } = desk;
  return {
    ...controlsOfScreens(large),
    ...controlsOfRoom(room, names),

    act: decisions.act,
    bulk: decisions.bulk,
    undo: decisions.undo,
    filter: list.filter,
    tab: face.openTab,
    news: () => list.go(list.showNews() ?? "", true),
    more: () => list.showMore(),
    select: list.select,
    selectAll: list.selectAll,
    selectNone: list.selectNone,
    older: desk.older.fetch,
    searchOn: search.next,
    searchAgain: search.again,
    menu: (/** @type {string} */ act) => desk.powers.menu(act) || choices.choose(act),
    powers: desk.powers,
    holdFor: choices.holdFor,
    holdForOwn: choices.holdForOwn,
    moveTo: choices.moveTo,
    written: desk.written,
    floor: desk.floor,
    part: desk.coming.part,
    opened: (/** @type {Panel} */ name) => desk.coming.ask(name, (part) => part.opened()),
    popClose: popover.close,
    flood: (/** @type {Element} */ anchor) => popover.open({ kind: "flood" }, anchor),
    takeBackVotes: desk.flood.takeBackVotes,
    help: () => popover.open({ kind: "help" }),
    dismiss: () => desk.telling.complain(""),
    reload: () => location.reload(),
    room: face.turn,
    fold: face.fold,
  };
}

const controlsOfScreens = (/** @type {Parts["large"]} */ { showing, meaning, shots }) => ({
  scene: showing.scene,
  questionsOf: showing.questionsOf,
  turns: () => showing.turns(),
  turnSeconds: showing.turnSeconds,
  blank: (/** @type {string[]} */ ids) => showing.blank(ids),
  blankAll: showing.blankAll,
  unblank: showing.unblank,
  shot: shots.opened,
  tickScreen: meaning.tick,
  allScreens: meaning.chooseNone,
});

const controlsOfRoom = (/** @type {Room} */ room, /** @type {Names} */ names) => ({
  freeze: room.freeze,
  premoderate: room.premoderate,
  cardsOpen: room.cardsOpen,
  session: room.session,
  typeName: names.type,
  freeName: names.free,
  postsAlong: names.postsAlong,
});
