// A live inbox: asks every second whether anything changed, keeps hands and eyes where they are.
const EVERY_MS = 1000;
const PRESENT_MS = 5000;
const DRAFT_MS = 700;
const at = (id) => document.getElementById(id);
const box = () => at("answer-text");
const token = () => JSON.parse(document.body.getAttribute("hx-headers"));
let missed = false;
let beaten = false;
let running = 0;
let deeds = 0;
let asked = 0;
let writing = 0;

const post = (url, fields) => fetch(url, { method: "POST", headers: token(), body: new URLSearchParams(fields) });

// The beat: a hidden page asks for nothing, and a part in which somebody's hand is stays as it is until they leave.
const beat = () => document.hidden || running || htmx.trigger("#beat", "beat");
setInterval(beat, EVERY_MS);
document.addEventListener("visibilitychange", beat);
const isBeat = (detail) => detail.requestConfig.elt.id === "beat";
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.closest("#row-snooze")) putOff(detail);
  if (detail.elt.id !== "beat") return;
  const told = detail.elt.dataset;
  new URLSearchParams(told.query).forEach((value, name) => (detail.parameters[name] = value));
  if (told.after) detail.parameters.after = told.after;
  Object.assign(detail.parameters, { one: told.one, stamp: missed ? "" : told.stamp });
});
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (isBeat(detail)) return (asked = deeds);
  deeds += 1;
  running += 1;
});
document.addEventListener("htmx:afterRequest", ({ detail }) => (running -= isBeat(detail) ? 0 : 1));
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  // Signed out meanwhile: the page that asks for it comes by itself.
  if (!new URL(detail.xhr.responseURL).pathname.includes("/inbox/")) return location.reload();
  beaten = isBeat(detail);
  if (beaten && detail.xhr.status === 200) missed = false;
  // What was asked before somebody did something knows nothing of it: the next beat asks for all.
  if (!beaten || asked === deeds) return;
  detail.shouldSwap = false;
  missed = true;
});
const busy = (part) =>
  part.querySelector("details[open]") ||
  (part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea"));
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (!beaten || !busy(detail.target)) return;
  detail.shouldSwap = false;
  missed = true;
});

// Until when a row is put off is asked in a dialog: the keys c, e, s are those of the row that has the mark.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-snooze]");
  if (!button) return;
  at("row-snooze").dataset.to = button.dataset.snooze;
  at("row-snooze").showModal();
});
function putOff(detail) {
  detail.path = at("row-snooze").dataset.to;
  Object.assign(detail.parameters, JSON.parse(document.querySelector(".talks").getAttribute("hx-vals")));
  at("row-snooze").close();
}

// Off and on again.
const offline = (is) => (at("offline").hidden = !is);
document.addEventListener("htmx:sendError", () => offline(true));
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.xhr?.status && offline(detail.xhr.status >= 500));
window.addEventListener("offline", () => offline(true));

// What was said stays where one reads; at its end one follows. The row that one stands on keeps its mark.
const scroll = () => at("thread-scroll");
const scrolls = () => scroll() && scroll().scrollHeight > scroll().clientHeight + 1;
const toEnd = () => (scrolls() ? (scroll().scrollTop = scroll().scrollHeight) : null);
let before = {};
// A row that went, as what is resolved does, leaves the mark to the one that comes up in its place.
const nextOf = (place) => [...document.querySelectorAll("[data-row]")].slice(0, place + 1).pop();
document.addEventListener("htmx:beforeSwap", () => {
  const part = scroll();
  const row = document.querySelector("[data-row].at");
  before = {
    row: row?.dataset.id,
    place: [...document.querySelectorAll("[data-row]")].indexOf(row),
    end: part && part.scrollHeight - part.scrollTop - part.clientHeight < 40,
    theirs: Number(at("thread")?.dataset.theirs ?? 0),
  };
});
function mark() {
  const same = before.row && document.querySelector(`[data-row][data-id="${CSS.escape(before.row)}"]`);
  const row = same || (before.row && before.row !== at("beat").dataset.one && nextOf(before.place));
  if (row && !document.querySelector("[data-row].at")) row.classList.add("at");
  // Whoever writes meanwhile keeps the cursor.
  if (row && !same && document.activeElement === document.body) row.querySelector("[data-open]").focus({ preventScroll: true });
}
// At once, so that a key that is pressed meanwhile finds its row.
document.addEventListener("htmx:oobAfterSwap", ({ detail }) => detail.target.id === "rows" && mark());
document.addEventListener("htmx:afterSettle", () => {
  if (before.end) toEnd();
  sayKept();
  if (Number(at("thread")?.dataset.theirs ?? 0) > before.theirs) at("news").textContent = at("news").dataset.one;
  count();
});

// How much room is left, in the unit in which the network counts.
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const units = {
  bytes: (text) => new TextEncoder().encode(text).length,
  graphemes: (text) => [...graphemes.segment(text)].length,
  characters: (text) => [...text].length,
};
function count() {
  const told = at("answer-count");
  const most = Number(box()?.dataset.most ?? 0);
  if (!told || !most) return;
  const left = most - (units[box().dataset.unit] ?? units.characters)(box().value);
  told.textContent = (left < 0 ? told.dataset.over : told.dataset.left).replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
  told.classList.toggle("is-over", left < 0);
}

// What is written is kept while it is written, and says to others that somebody writes.
let later;
let saved = "";
// An answer that left from another page took the draft along: what stands here is an old word of it.
const hasLeft = () => at("send").dataset.left > at("answer-form").dataset.after;
// A part that is drawn anew does not know what became of the words in the box.
function sayKept() {
  if (!box() || !at("kept")) return;
  const told = at("kept");
  const old = Boolean(box().value.trim()) && hasLeft();
  told.textContent = old ? told.dataset.left : saved && box().value === saved ? told.dataset.kept : "";
  told.classList.toggle("is-over", old);
}
function keep() {
  clearTimeout(later);
  later = setTimeout(async () => {
    const form = at("answer-form");
    if (!form) return;
    try {
      const text = box().value;
      const answer = await post(form.dataset.draft, { text, after: form.dataset.after });
      offline(answer.status >= 500);
      // Refused (409) where an answer has left: the next beat draws anew the part that says so.
      if (answer.status === 204) saved = text;
      sayKept();
    } catch {
      offline(true);
      keep();
    }
  }, DRAFT_MS);
}
document.addEventListener("input", (event) => {
  if (event.target.id !== "answer-text") return;
  writing = Date.now();
  count();
  keep();
});
// An answer that leaves takes its draft along: a draft kept a moment later would bring it back.
document.addEventListener("htmx:beforeRequest", ({ detail }) => detail.elt.id === "answer-form" && clearTimeout(later));

// Each chosen file has its own line; before any is chosen there is one field for all.
document.addEventListener("change", ({ target }) => {
  if (target.id !== "answer-files") return;
  const lines = [...target.files].map(({ name }) => {
    const line = at("answer-alt").content.firstElementChild.cloneNode(true);
    line.firstChild.textContent = line.firstChild.textContent.replace("{name}", name);
    return line;
  });
  at("answer-each").replaceChildren(...lines);
  at("answer-alts").hidden = lines.length > 0;
  at("answer-alts").querySelector("textarea").disabled = lines.length > 0;
});

// Who else is here.
const here = document.querySelector("[data-here]")?.dataset.here;
async function present() {
  if (document.hidden || !here) return;
  const answer = await post(here, { writing: writing && Date.now() - writing < 2 * PRESENT_MS ? "1" : "" }).catch(() => null);
  if (answer?.status !== 200) return;
  const banner = at("present");
  const told = await answer.text();
  if (banner && banner.innerHTML !== told) banner.innerHTML = told;
}
if (here) {
  present();
  setInterval(present, PRESENT_MS);
  window.addEventListener("pagehide", () => {
    const fields = new URLSearchParams({ gone: "1", csrfmiddlewaretoken: token()["X-CSRFToken"] });
    navigator.sendBeacon(here, fields);
  });
}

function insert(field, text) {
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
document.addEventListener("click", async (event) => {
  const macro = event.target.closest("[data-macro]");
  const piece = event.target.closest("[data-insert]");
  if (piece) insert(document.querySelector(piece.dataset.into), piece.dataset.insert);
  if (!macro) return;
  event.preventDefault();
  macro.closest("details").removeAttribute("open");
  const answer = await fetch(macro.dataset.macro);
  if (answer.ok) insert(box(), await answer.text());
});

// r answers; Ctrl Enter sends what one stands in; an opened menu or note takes the hand.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("button:not([disabled], [type=button])"));
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-key=r]")) return;
  event.preventDefault();
  box()?.focus();
});
document.addEventListener(
  "toggle",
  ({ target }) => target.open && target.matches(".desk-one details") && target.querySelector("textarea, select, input:not([type=hidden]), button, a")?.focus(),
  true,
);

// A long thread that scrolls with the page opens at its last words.
if (at("thread") && !scrolls() && at("thread").offsetHeight > 0.7 * innerHeight && !location.hash) {
  at("thread").lastElementChild.scrollIntoView({ block: "center" });
}
toEnd();
count();
