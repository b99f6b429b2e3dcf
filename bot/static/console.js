// What the console's pages do beyond plain forms: nothing that is written is lost on the way out.
"use strict";

const unsaved = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (form) unsaved.add(form);
});
document.addEventListener("submit", (event) => unsaved.delete(event.target));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.elt.matches("[data-keeps]")) {
    unsaved.delete(event.detail.elt.closest("form"));
  }
});
addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

// A question before what cannot be undone; its words stand on the button.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-ask]");
  if (button && !confirm(button.dataset.ask)) event.preventDefault();
});

// A menu that stays open would lie over the page.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.me[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.me[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

// Times are kept in UTC; everybody reads them by their own clock.
function localTimes(root) {
  for (const time of root.querySelectorAll("time[datetime$=Z]")) {
    time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  }
}
localTimes(document);
document.addEventListener("htmx:load", (event) => localTimes(event.detail.elt));

// On a phone the navigation is one row that scrolls: where one is must be in sight.
document.querySelector(".top [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
