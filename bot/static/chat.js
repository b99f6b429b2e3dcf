// The chat without reloads. Everything here also works without it, by plain form posts.
// Messages come as HTML that the server has made; a turn is sent again with the same number
// until it is answered, so a lost connection neither loses nor doubles it.
"use strict";
(() => {
  const talk = document.getElementById("talk");
  const write = document.getElementById("write");
  const choose = document.getElementById("choose");
  const box = write.elements.text;
  const status = document.getElementById("status");
  const words = talk.dataset;
  const KEY = "tokstret";
  const PATIENCE = 20000;
  const FEW = 100;
  const LONGEST_WAIT = 30000;

  let waiting = [];
  let busy = null;
  let tries = 0;
  let timer = 0;

  // What this tab remembers: the talk's token and the turns not yet answered.
  const remember = () => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ conversation: words.conversation, waiting: waiting.map((w) => w.turn) }));
    } catch { /* storage is off: the talk lives as long as the page */ }
  };
  const remembered = () => {
    try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; }
  };

  const setConversation = (token) => {
    words.conversation = token;
    write.elements.conversation.value = choose.elements.conversation.value = token;
  };

  const number = () => Array.from(crypto.getRandomValues(new Uint8Array(18)), (b) => b.toString(16).padStart(2, "0")).join("");

  const post = async (where, fields, patience = new AbortController()) => {
    const alarm = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const response = await fetch(words.path + where, {
        method: "POST", body: new URLSearchParams(fields), signal: patience.signal, credentials: "omit", cache: "no-store",
      });
      const holder = document.createElement("template");
      holder.innerHTML = await response.text();
      return { response, piece: holder.content.querySelector("ol[data-piece]") };
    } finally {
      clearTimeout(alarm);
    }
  };

  const tell = (text, retry) => {
    status.textContent = text;
    if (retry) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = words.now;
      button.onclick = again;
      status.append(" ", button);
    }
  };

  const bubble = (text) => {
    const line = document.createElement("li");
    line.className = "me waiting";
    line.dir = "auto";
    const who = document.createElement("span");
    who.className = "hidden";
    who.textContent = words.me + ": ";
    line.append(who, text);
    talk.append(line);
    line.scrollIntoView({ block: "end" });
    return line;
  };

  // A call for help overtakes whatever waits; the turn under way is sent again after it.
  const urgent = (turn) => (turn.payload || "").startsWith("danger");

  const say = (turn, text) => {
    const one = { turn: { ...turn, turn: turn.turn || number(), label: text }, line: bubble(text) };
    if (urgent(turn)) waiting.unshift(one);
    else waiting.push(one);
    remember();
    if (!busy) next();
    else if (urgent(turn)) busy.abort();
  };

  const later = (seconds, text) => {
    tell(text, true);
    waiting[0].line.scrollIntoView({ block: "end" });
    clearTimeout(timer);
    timer = setTimeout(again, seconds * 1000);
  };

  // Try all that waits, those too that were told to come later.
  const again = () => {
    clearTimeout(timer);
    for (const one of waiting) one.held = "";
    next();
  };

  // Send the oldest turn that has no answer; then the next one. One that has to come later does
  // not hold up the others: the server alone knows which of them is a cry for help.
  const next = async () => {
    if (busy || !waiting.length) return;
    const one = waiting.find((each) => !each.held);
    if (!one) return tell(waiting[0].held, true);
    busy = new AbortController();
    tell(words.sending);
    const { turn, line } = one;
    const { label, kept, ...fields } = turn;
    let came;
    try {
      came = await post("/messages", { ...fields, conversation: words.conversation }, busy);
    } catch {
      came = null;
    }
    busy = null;
    if (!came && one !== waiting[0] && urgent(waiting[0].turn)) return next();
    if (!came || came.response.status >= 500 || !came.piece) {
      tries += 1;
      return later(Math.min(LONGEST_WAIT, 1000 * 2 ** tries) / 1000, words.lost);
    }
    tries = 0;
    const { response, piece } = came;
    if (response.status === 429) {
      one.held = piece.textContent.trim();
      later(Number(response.headers.get("Retry-After")) || 10, one.held);
      return next();
    }
    if (piece.dataset.conversation) setConversation(piece.dataset.conversation);
    if (response.status === 403) return next();
    follow(piece.dataset);
    waiting = waiting.filter((each) => each !== one);
    tell("");
    line.classList.remove("waiting");
    if ("erased" in piece.dataset) {
      talk.replaceChildren();
    } else if (kept && "again" in piece.dataset) {
      line.remove();
      remember();
      await resume();
      talk.append(...waiting.map((one) => one.line));
      return next();
    } else if (!response.ok && fields.text && !box.value) {
      box.value = fields.text;
    }
    if (line.isConnected) line.after(...piece.children);
    else talk.append(...piece.children);
    (line.isConnected ? line : talk.lastElementChild).scrollIntoView({ block: "start" });
    remember();
    next();
  };

  // While our team answers, look for what is new: often after something was said, then less and less.
  let pause = 0;
  let looking = 0;
  const follow = ({ team, last }) => {
    if (team !== undefined) words.team = team;
    if (last !== undefined) words.last = last;
    clearTimeout(looking);
    pause = 2000;
    if (words.team) looking = setTimeout(look, pause);
  };
  const look = async () => {
    const { conversation, last } = words;
    try {
      const { response, piece } = await post("/news", { conversation, after: last });
      if (response.ok && piece && words.conversation === conversation && words.last === last) {
        talk.append(...piece.children);
        talk.lastElementChild.scrollIntoView({ block: "nearest" });
        return follow(piece.dataset);
      }
    } catch { /* no connection: later */ }
    pause = Math.min(LONGEST_WAIT, pause * 1.2);
    clearTimeout(looking);
    if (words.team) looking = setTimeout(look, pause);
  };

  // Show the talk as the server knows it.
  const resume = async () => {
    talk.setAttribute("aria-busy", "true");
    try {
      const { response, piece } = await post("/transcript", { conversation: words.conversation });
      if (response.ok && piece.children.length) {
        talk.replaceChildren(...piece.children);
        follow(piece.dataset);
      }
    } catch { /* no connection: the turns that wait will say so */ }
    talk.removeAttribute("aria-busy");
  };

  const begin = async () => {
    const kept = remembered();
    if (!kept) return words.state === "shown" ? remember() : undefined;
    if (words.state === "shown") return remember();
    setConversation(kept.conversation);
    await resume();
    for (const { label, ...turn } of kept.waiting) say({ ...turn, kept: true }, label);
    talk.lastElementChild.scrollIntoView({ block: "end" });
  };

  write.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    say({ text }, text);
    box.focus();
  });
  choose.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button.value.startsWith("language:")) return;
    event.preventDefault();
    say({ payload: button.value }, button.textContent);
  });
  // Where the browser can tell a position, a button may; about 100 metres are near enough for a country.
  if (navigator.geolocation && isSecureContext) talk.classList.add("can-tell-where");
  talk.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-position]");
    if (!button) return;
    tell(words.sending);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => say({ lat: coords.latitude.toFixed(3), lon: coords.longitude.toFixed(3) }, button.textContent),
      () => tell(button.dataset.position),
      { timeout: PATIENCE, maximumAge: 600000 },
    );
  });
  box.addEventListener("input", () => {
    const left = box.maxLength - box.value.length;
    if (left <= FEW) tell(`${words.left} ${left}`);
    else if (status.textContent.startsWith(words.left)) tell("");
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      write.requestSubmit();
    }
  });
  addEventListener("online", again);
  addEventListener("visibilitychange", () => document.hidden || follow({}));
  addEventListener("tokstret:exit", () => { waiting = []; talk.replaceChildren(); });
  follow(words);
  begin();
})();
