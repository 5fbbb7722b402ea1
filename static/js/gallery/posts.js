// What the gallery shows, the same for ever: people, sessions, cards and questions.
// @ts-check

/**
 * @import {Post, Session, Theme} from "../shared/wire"
 * @typedef {[name: string, post: Post]} Named a post, and what is to be seen on it
 */

export const NOW = "2026-06-16T10:20:00Z";
export const WORD = "Wirtschaftsprüfungsgesellschaftsvorstandsvorsitzendenstellvertreterin";

/** @type {Theme[]} */
export const themes = [
  ["osh", "Occupational safety and health", "OSH"],
  ["training", "Training", "Training"],
  ["ir", "Industrial relations", "Industrial relations"],
  ["quality", "Quality assurance of assessments", "Quality"],
  ["gender", "Gender equality and inclusion", "Gender"],
  ["advisory", "Advisory", "Advisory"],
  ["tools", "Compliance assessment tools", "Compliance tools"],
  ["bridges", "Cross-country collaboration", "Collaboration"],
].map(([id, name, short], index) => ({ id, name, short, colour: index + 1 }));

export const teams = ["Bangladesh", "Cambodia", "Egypt", "Ethiopia", "Jordan", "Sri Lanka", "Viet Nam"].map((name) => ({
  name,
}));

/** @type {(Session & {starts_at: string, ends_at: string})[]} */
export const sessions = [
  {
    id: "heat",
    title: "Occupational safety and health: heat",
    room: "Lotus Hall",
    starts_at: "2026-06-16T10:00:00Z",
    ends_at: "2026-06-16T11:30:00Z",
    questions: "open",
    speakers: [],
  },
  {
    id: "dialogue",
    title: "From complaint to dialogue",
    room: "Orchid Room",
    starts_at: "2026-06-16T13:00:00Z",
    ends_at: "2026-06-16T14:30:00Z",
    questions: "paused",
    speakers: [],
  },
  {
    id: "numbers",
    title: "Numbers nobody dared to ask for",
    room: "Orchid Room",
    starts_at: "2026-06-15T09:00:00Z",
    ends_at: "2026-06-15T10:00:00Z",
    questions: "closed",
    speakers: [],
  },
];

const sokha = { name: "Sokha Chan", team: "Cambodia" };
const nadia = { name: "Nadia Rahman", team: "Bangladesh" };
const numbered = numbers();

/** @param {Pick<Post, "kind"|"text"> & Partial<Post>} fields @returns {Post} */
const post = (fields) => ({
  ...numbered(),
  created_at: "2026-06-16T10:15:00Z",
  author: sokha,
  pinned: false,
  state: "visible",
  participant: "someone",
  ...fields,
});

/** Each post has the number after that of the one before. */
function numbers() {
  let made = 0;
  return () => {
    made += 1;
    return { id: `post-${made}`, seq: made };
  };
}

/** @param {Partial<Post>} [fields] */
export const card = (fields) =>
  post({
    kind: "card",
    to: [nadia],
    theme: "osh",
    text: "You taught me how to measure heat where people sit, not where managers stand.",
    reactions: {},
    ...fields,
  });

/** @param {Partial<Post>} [fields] */
export const question = (fields) =>
  post({
    kind: "question",
    session: "heat",
    text: "Who pays for the training of delegates?",
    votes: 12,
    answered: false,
    ...fields,
  });

export const REACTED = { clap: 12, heart: 5, bulb: 128, "me-too": 3 };

/** A card for each theme, and one without. */
export const themed = [...themes, null].map(
  (theme) => /** @type {Named} */ ([theme?.name ?? "No theme", card({ theme: theme?.id })]),
);

/** To whom: one, several, a team; and words that fit nowhere. @type {Named[]} */
export const addressed = [
  ["One name", card({})],
  ["Two names", card({ to: [nadia, { name: "Omar Haddad", team: "Jordan" }], theme: "ir" })],
  [
    "Five names",
    card({ to: ["Nadia", "Omar", "Tigist", "Hương", "Budi"].map((name) => ({ name })), theme: "training" }),
  ],
  ["A team", card({ to: [{ name: "The Sri Lanka team", team: "Sri Lanka" }], theme: "bridges" })],
  ["Anonymous", card({ author: null, theme: "advisory" })],
  [
    "One very long word",
    card({ to: [{ name: WORD }], text: `${WORD} ${WORD}`, author: { name: WORD, team: WORD }, theme: "quality" }),
  ],
  [
    "All that may be written",
    card({ text: "You waited a full minute of silence. ".repeat(8).slice(0, 280), theme: "tools" }),
  ],
  ["A poem", card({ text: "You came early,\nyou listened,\nyou left last.", theme: "gender" })],
];

/** The same thought in the scripts of those who come; names in them, too. */
export const scripts = [
  ["Khmer", "សុខា", "អរគុណដែលបានបង្រៀនខ្ញុំឱ្យស្តាប់ មុននឹងផ្តល់យោបល់។"],
  ["Arabic", "نادية", "علّمتني كيف أستمع قبل أن أنصح، شكراً على دليل الحوار."],
  ["Urdu", "ثنا ملک", "آپ نے سکھایا کہ پہلے سنیں، پھر مشورہ دیں۔"],
  ["Bengali", "নাদিয়া রহমান", "পরামর্শ দেওয়ার আগে শুনতে হয়, এটা আপনি আমাকে শিখিয়েছেন।"],
  ["Sinhala", "නිමාලි", "උපදෙස් දීමට පෙර සවන් දීමට ඔබ මට ඉගැන්නුවා."],
  ["Tamil", "கவிதா", "அறிவுரை சொல்வதற்கு முன் கேட்கக் கற்றுக் கொடுத்தீர்கள்."],
  ["Ethiopic", "ትዕግስት", "ከመምከር በፊት ማዳመጥን አስተማርከኝ።"],
  ["Thai", "มาลี", "คุณสอนให้ฉันฟังก่อนที่จะให้คำแนะนำ ขอบคุณมาก"],
  ["Burmese", "အေးအေး", "အကြံမပေးမီ နားထောင်ရန် သင်ပေးခဲ့သည်။"],
  ["Devanagari", "सीता", "तपाईंले मलाई सल्लाह दिनुअघि सुन्न सिकाउनुभयो।"],
  ["Vietnamese", "Trần Thị Thu Hương", "Chị đã dạy em lắng nghe trước khi khuyên bảo."],
  ["Emoji", "Siriporn 🥭", "Mangoes and patience 👩🏽‍🏫 for 🇧🇩 and the whole 👨‍👩‍👧‍👦 of us."],
].map(
  ([name, to, text], index) =>
    /** @type {Named} */ ([
      name,
      card({ to: [{ name: to }], text, theme: themes[index % 8].id, author: { name: to } }),
    ]),
);

export const mixed = card({
  to: [{ name: "نادية" }, { name: "Sokha" }],
  text: "You said شكراً before anybody asked, and meant it.",
  theme: "ir",
});

/** @param {string} name @returns {Post} the card in that script */
export const inScript = (name) => /** @type {Named} */ (scripts.find(([its]) => its === name))[1];
