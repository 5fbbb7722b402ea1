// What the operator of a large screen has to know before the hall is full. Pure.
// @ts-check

const WORDS = {
  localhost:
    "The QR code leads phones to themselves: this page was opened at an address that is only this computer's. " +
    "Start the server with the address that phones reach (PUBLIC_URL), and open the screen there.",
  sleeps: "This browser cannot keep the computer awake here. Please switch off its energy saving.",
};
const ITSELF = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|\[::\])$/;

/** Does an address lead a phone to itself? @param {string} url */
export const isItself = (url) => ITSELF.test(new URL(url).hostname);

/** @param {{joinUrl: string, awake: boolean}} screen @returns {string[]} */
export const advice = ({ joinUrl, awake }) => [
  ...(isItself(joinUrl) ? [WORDS.localhost] : []),
  ...(awake ? [] : [WORDS.sleeps]),
];
