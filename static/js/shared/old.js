// Browsers that know modules leave this file out: it says to the others that they are too old. So: words of 2009 only.
// @ts-check
// biome-ignore lint/complexity/useArrowFunction: these browsers know no arrows
(function () {
  var words = document.getElementById("too-old");
  if (words) words.removeAttribute("hidden");
})();
