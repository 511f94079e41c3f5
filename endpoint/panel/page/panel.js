"use strict";
// The site page: shows the state it is sent, whole each time, and sends one request a press.

const byId = (id) => document.getElementById(id);
let language = localStorage.getItem("language") === "en" ? "en" : "vi";
let state = null;
let stateAt = 0;
let socket = null;
// Nothing is called lost before it was tried.
let tried = false;
// The program could not be told of the last press.
let unsent = false;
let pressed;
// Kept until the centre has it: what was refused is written again by nobody.
let written = "";

// Marks that turn the direction of what follows (Unicode Annex 9): no name may rewrite its row.
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

const words = () => WORDS[language];
const fill = (text, values) => text.replace(/\{(\w)\}/g, (_, key) => values[key] ?? "");

function setText(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

function span(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (n) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

// A forecast is no clock: whole minutes.
function minutes(ms) {
  const all = Math.max(1, Math.round(ms / 60000));
  const w = words().minutes;
  return all < 60 ? fill(w.short, { m: all }) : fill(w.long, { h: Math.floor(all / 60), m: all % 60 });
}

// Whose doing it is that nobody hears this site decides who can end it.
function unheard() {
  const w = words().more;
  return state.locked ? w.locked : state.muted ? w.muted : undefined;
}

function tallyMore() {
  const w = words().more;
  if (state.spare) return w.spare;
  if (state.tally === "on_air") return unheard() ?? (state.own_clock && !state.running ? w.interrupted : w.on_air);
  if (state.tally === "next") return state.acknowledged ? w.ready : w.next;
  if (state.tally === "soon" && state.until_turn > 0) return fill(w.soon, { t: minutes(state.until_turn) });
  if (state.tally === "standby") return w.standby;
  if (state.until_turn > 0) return fill(w.forecast, { t: minutes(state.until_turn) });
  return "";
}

function showTally() {
  const section = byId("tally");
  section.dataset.tally = state.tally;
  section.dataset.alarm = String(state.tally === "on_air" && unheard() !== undefined);
  setText("tally-word", words().tally[state.tally]);
  setText("tally-more", tallyMore());
  const button = byId("acknowledge");
  button.hidden = state.tally !== "next" || state.acknowledged;
  setText("acknowledge", words().acknowledge);
}

function showClock() {
  const w = words();
  const title = state.left === undefined ? w.clock.none : state.own_clock ? w.clock.own : w.clock.other;
  setText("clock-title", title);
  let text = "–";
  let over = false;
  if (state.left !== undefined) {
    const left = state.left - (state.running ? performance.now() - stateAt : 0);
    over = left < 0;
    text = over ? `+${span(left)}` : span(left);
  }
  setText("left", text);
  setText("over", over ? w.over : state.left === undefined && state.speaker ? w.noLimit : "");
  byId("clock").dataset.over = String(over);
  setText("speaker", state.speaker ? fill(w.onAir, { n: state.speaker }) : w.nobody);
}

function showFact(name, value) {
  const item = byId(`fact-${name}`);
  item.dataset.good = String(value);
  setText(`fact-${name}`, words().facts[name][value ? 0 : 1]);
}

function showFacts() {
  for (const name of ["connected", "media", "camera", "voice", "seen", "heard"]) showFact(name, state[name]);
  const level = Math.max(0, Math.min(100, (state.level_dbfs + 60) * 100 / 60));
  byId("meter").firstElementChild.style.width = `${level}%`;
  byId("meter").setAttribute("aria-label", fill(words().meter, { n: state.level_dbfs }));
}

// What became of the last press: on its way, kept until there is a link, refused, or with the centre.
function fate() {
  const w = words();
  if (unsent) return w.unsent;
  if (state.waiting) return state.connected ? w.sending : w.kept;
  if (state.refusal) return fill(w.refused, { n: w.refusals[state.refusal] ?? state.refusal });
  if (state.answered === "raise_hand") return state.hand ? w.handSent : "";
  return state.answered === "send_message" ? w.messageSent : "";
}

// Said where it was pressed: on a phone the buttons are out of view of who writes.
function showFate() {
  const w = words();
  const ofMessage = (pressed ?? state.answered) === "send_message";
  const microphone = state.locked ? w.locked : state.ducked ? w.ducked : "";
  setText("notice", [ofMessage ? "" : fate(), microphone].filter(Boolean).join(" "));
  setText("message-notice", ofMessage ? fate() : "");
}

function keepWritten() {
  if (state.waiting || state.answered !== "send_message") return;
  if (state.refusal && byId("text").value === "") byId("text").value = written;
  written = "";
}

function showOrders() {
  const w = words();
  byId("mute").setAttribute("aria-pressed", String(state.muted));
  setText("mute", state.muted ? w.unmute : w.mute);
  byId("hand").setAttribute("aria-pressed", String(state.hand));
  setText("hand", state.hand ? w.lower : w.raise);
  showFate();
}

function showSigns() {
  const list = byId("sign-list");
  const texts = state.signs.map((sign) => words().signs[sign] ?? sign);
  if (state.fault) texts.push(state.fault);
  byId("signs").hidden = texts.length === 0;
  if (list.dataset.shown === JSON.stringify(texts)) return;
  list.dataset.shown = JSON.stringify(texts);
  list.replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

function showFixed() {
  const w = words();
  document.documentElement.lang = language;
  document.querySelector(".skip").textContent = w.skip;
  setText("language", w.other);
  byId("language").lang = language === "vi" ? "en" : "vi";
  setText("requests-title", w.requests);
  setText("messages-title", w.messages);
  setText("text-label", w.write);
  setText("send", w.send);
  setText("signs-title", w.signsTitle);
}

// What is below is as old as the link that is gone: the page's to the program, or the program's to the centre.
function showLost() {
  const page = socket?.readyState !== WebSocket.OPEN && tried;
  const centre = state !== null && !state.connected;
  byId("lost").hidden = !page && !centre;
  setText("lost", page ? words().lost : centre ? words().lostCentre : "");
}

function show() {
  showFixed();
  showLost();
  if (!state) return;
  document.title = `${words().tally[state.tally]} · ${state.name}`;
  setText("name", state.name);
  setText("item", [state.item, state.unit && fill(words().unit, { n: state.unit })].filter(Boolean).join(" · "));
  showTally();
  showClock();
  showFacts();
  showOrders();
  showSigns();
  setText("message", state.message ?? words().noMessage);
  byId("message").dataset.empty = String(!state.message);
  setText("title-lines", state.title_lines.join(" · "));
}

function send(request) {
  pressed = request.action;
  unsent = socket?.readyState !== WebSocket.OPEN;
  if (!unsent) socket.send(JSON.stringify(request));
  else if (state) showOrders();
  return !unsent;
}

function connect() {
  const address = new URL("ws", location.href);
  address.protocol = "ws:";
  socket = new WebSocket(address, "diemcau.panel");
  socket.onopen = () => { tried = true; showLost(); };
  socket.onmessage = (event) => { state = JSON.parse(event.data.replace(TURNING, "")); stateAt = performance.now(); keepWritten(); show(); };
  socket.onclose = () => { tried = true; showLost(); setTimeout(connect, 1000); };
}

byId("language").onclick = () => {
  language = language === "vi" ? "en" : "vi";
  localStorage.setItem("language", language);
  show();
};
byId("acknowledge").onclick = () => send({ action: "acknowledge" });
byId("mute").onclick = () => state && send({ action: state.muted ? "unmute" : "mute" });
byId("hand").onclick = () => state && send({ action: state.hand ? "lower_hand" : "raise_hand" });
byId("write").onsubmit = (event) => {
  event.preventDefault();
  const text = byId("text").value.trim();
  if (!text || !send({ action: "send_message", text })) return;
  byId("text").value = "";
  written = text;
};

show();
connect();
setInterval(() => { if (state) showClock(); }, 200);
