// Everything by keyboard: j k move along rows, Enter opens, / searches, g and a letter goes, ? shows all.
const typing = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
const current = () => document.querySelector("[data-row].at");
let going = false;

function move(step) {
  const all = rows();
  if (!all.length) return;
  const from = all.indexOf(current());
  const to = all[Math.min(Math.max(from + step, 0), all.length - 1)];
  current()?.classList.remove("at");
  to.classList.add("at");
  to.scrollIntoView({ block: "nearest" });
  (to.matches("a, button") ? to : to.querySelector("[data-open]") ?? to.querySelector("a, button"))?.focus({ preventScroll: true });
}

function open() {
  const row = current();
  const link = row?.matches("a") ? row : row?.querySelector("a[data-open]") ?? row?.querySelector("a");
  link?.click();
}

function go(key) {
  document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.click();
}

function search() {
  const field = document.querySelector("[data-search], input[type=search]");
  field?.focus();
  field?.select();
}

// A key of the marked row, else of the page: never of one row of many that has no mark.
function keyed(key) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  return current()?.querySelector(wanted) ?? [...document.querySelectorAll(wanted)].find((one) => !one.closest("[data-row]") || rows().length === 1);
}

const does = {
  j: () => move(1),
  k: () => move(-1),
  "/": search,
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") document.activeElement?.blur();
  if (typing(event.target)) return;
  if (going) {
    going = false;
    event.preventDefault();
    return go(event.key);
  }
  if (event.key === "g") {
    going = true;
    setTimeout(() => (going = false), 1500);
  } else if (event.key === "Enter" && current() && !event.target.matches("a, button, summary")) {
    open();
  } else if (does[event.key]) {
    event.preventDefault();
    does[event.key]();
  } else {
    const one = keyed(event.key);
    if (!one) return;
    // Where it leads to a field, the key is not the first letter written there.
    event.preventDefault();
    one.click();
  }
});
