// The way out: leaves for a neutral page, forgets the talk in this tab, and takes our page's place in the history.
"use strict";
document.querySelector(".exit").addEventListener("click", (event) => {
  event.preventDefault();
  const address = event.currentTarget.href;
  document.documentElement.hidden = true;
  dispatchEvent(new Event("tokstret:exit"));
  try { sessionStorage.clear(); } catch { /* storage is off: nothing is kept */ }
  history.replaceState(null, "", "/");
  top.location.replace(address);
});
