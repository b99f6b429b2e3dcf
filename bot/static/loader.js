// Puts a button on somebody else's page that opens the chat in a frame. Touches nothing else there.
"use strict";
(() => {
  const words = __WORDS__;
  const home = new URL(document.currentScript.src).origin;
  const style = (element, values) => Object.assign(element.style, values);
  const side = words.direction === "rtl" ? "left" : "right";

  const start = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.lang = words.language;
    button.dir = words.direction;
    button.setAttribute("aria-expanded", "false");
    style(button, {
      position: "fixed", bottom: "16px", [side]: "16px", zIndex: 2147483000, padding: "14px 20px", border: "2px solid #fff",
      borderRadius: "28px", background: "#0b5a57", color: "#fff", font: "600 16px/1.2 system-ui, sans-serif",
      boxShadow: "0 4px 16px rgb(0 0 0 / .3)", cursor: "pointer",
    });
    button.textContent = words.open;

    let frame = null;
    const show = (open) => {
      if (open && !frame) {
        frame = document.createElement("iframe");
        frame.src = `${home}/embed/${words.language}`;
        frame.title = words.title;
        frame.referrerPolicy = "no-referrer";
        frame.allow = "geolocation";
        style(frame, {
          position: "fixed", bottom: "80px", [side]: "16px", zIndex: 2147483000, width: "min(400px, calc(100vw - 32px))",
          height: "min(680px, calc(100vh - 104px))", border: "1px solid #7d908c", borderRadius: "12px", background: "#fff",
          boxShadow: "0 8px 32px rgb(0 0 0 / .35)", colorScheme: "light dark",
        });
        button.before(frame);
      }
      if (frame) frame.hidden = !open;
      button.textContent = open ? words.close : words.open;
      button.setAttribute("aria-expanded", String(open));
      if (open) frame.focus();
    };
    button.addEventListener("click", () => show(!frame || frame.hidden));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && frame && !frame.hidden) { show(false); button.focus(); }
    });
    document.body.append(button);
  };
  if (document.body) start(); else addEventListener("DOMContentLoaded", start);
})();
