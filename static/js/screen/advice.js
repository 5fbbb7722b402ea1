// What the operator of a large screen has to know before the hall is full: keys of texts. Pure.
// @ts-check

const ITSELF = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|\[::\])$/;

/** Does an address lead a phone to itself? @param {string} url */
export const isItself = (url) => ITSELF.test(new URL(url).hostname);

/** @param {{joinUrl: string, awake: boolean}} screen @returns {string[]} */
export const advice = ({ joinUrl, awake }) => [
  ...(isItself(joinUrl) ? ["screen-code-leads-nowhere"] : []),
  ...(awake ? [] : ["screen-computer-sleeps"]),
];
