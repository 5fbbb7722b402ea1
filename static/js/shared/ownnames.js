// Languages by the names that their speakers give them. Pure.
// @ts-check

/**
 * Languages that a moderator can choose, by the names that their speakers give them. Chrome has no data of many of them, Khmer and Sinhala
 * among them, and would call them by English names. `language_name` of board/web/dates.py says the same (tests/test_answers_page.py).
 * @type {Record<string, string>}
 */
export const OWN_NAMES = {
  am: "አማርኛ",
  ar: "العربية",
  bn: "বাংলা",
  en: "English",
  es: "español",
  fa: "فارسی",
  fil: "Filipino",
  fr: "français",
  hi: "हिन्दी",
  id: "Indonesia",
  km: "ខ្មែរ",
  ko: "한국어",
  lo: "ລາວ",
  mn: "монгол",
  ms: "Melayu",
  my: "မြန်မာ",
  ne: "नेपाली",
  ps: "پښتو",
  pt: "português",
  ru: "русский",
  si: "සිංහල",
  sw: "Kiswahili",
  ta: "தமிழ்",
  tet: "Tetun",
  th: "ไทย",
  tr: "Türkçe",
  ur: "اردو",
  uz: "o‘zbek",
  vi: "Tiếng Việt",
  "zh-Hans": "中文 (简体)",
  "zh-Hant": "中文 (繁體)",
};

/** A language as those who speak it call it: "français". @param {string} tag */
export const ownName = (tag) => OWN_NAMES[tag] ?? new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
