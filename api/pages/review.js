// A comfort, not a need: words selected in the text of the act go into the new comment, and what
// was just done, or what was wrong, is read out first.
"use strict";
const told = document.getElementById("fait");
if (told) told.focus();
const text = document.getElementById("texte");
const quote = document.getElementById("quote");
if (text && quote) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().trim();
    if (words && text.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
      quote.value = words.slice(0, 2000);
      const page = document.getElementById("page");
      if (!page.value) page.value = "1";
    }
  });
}
for (const image of document.querySelectorAll(".sheets figure")) {
  image.addEventListener("click", () => {
    const page = document.getElementById("page");
    if (page) page.value = image.id.replace("page-", "");
  });
}
