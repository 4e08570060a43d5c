// Charts: a Vega-Lite description beside each figure, painted with the page's own colours. Its table stands below it anyway.
const vega = document.querySelector("script[data-vega]").dataset.vega;
let library;

// A custom property may hold light-dark(...): the browser resolves it on an element.
function colour(token) {
  const probe = document.createElement("i");
  probe.className = "hidden";
  document.body.append(probe);
  probe.style.setProperty("color", `var(--${token})`);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

// "token:accent" anywhere in the description becomes the colour that the theme gives it.
function painted(part) {
  if (typeof part === "string") return part.startsWith("token:") ? colour(part.slice(6)) : part;
  if (Array.isArray(part)) return part.map(painted);
  if (part && typeof part === "object") return Object.fromEntries(Object.entries(part).map(([k, v]) => [k, painted(v)]));
  return part;
}

function manners() {
  const [ink, soft, line] = ["ink", "ink-soft", "line"].map(colour);
  const font = getComputedStyle(document.body).fontFamily;
  return {
    background: null,
    font,
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    legend: { labelColor: ink, titleColor: soft, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    header: { labelColor: ink, titleColor: soft, labelFontSize: 12 },
    title: { color: ink, fontSize: 13, anchor: "start" },
    text: { color: ink, fontSize: 12 },
    mark: { color: colour("accent") },
    range: { category: ["accent", "warm-2", "cold-2", "hollow", "warm-1", "cold-1"].map(colour) },
  };
}

function merged(base, over) {
  const both = { ...base };
  for (const [key, value] of Object.entries(over ?? {})) {
    const plain = value && typeof value === "object" && !Array.isArray(value);
    both[key] = plain ? merged(base[key] ?? {}, value) : value;
  }
  return both;
}

async function one(plot) {
  const spec = painted(JSON.parse(document.getElementById(plot.dataset.chart).textContent));
  spec.config = merged(manners(), spec.config);
  spec.width ??= "container";
  spec.autosize ??= { type: "fit-x", contains: "padding" };
  if (plot.dataset.height) spec.height = Number(plot.dataset.height);
  library ??= import(vega);
  await library;
  await window.vegaEmbed(plot, spec, {
    ast: true,
    actions: false,
    renderer: "svg",
    defaultStyle: false,
    formatLocale: document.documentElement.lang === "fr" ? FRENCH : undefined,
    timeFormatLocale: document.documentElement.lang === "fr" ? FRENCH_TIME : undefined,
    tooltip: { disableDefaultStyle: true },
  });
  // The plot itself says what is seen, and its table holds the numbers: a thousand marks would only be in the way.
  plot.querySelector("svg").setAttribute("aria-hidden", "true");
}

export function draw(root) {
  for (const plot of root.querySelectorAll("[data-chart]")) {
    one(plot).catch((trouble) => {
      plot.classList.add("failed");
      console.error(trouble);
    });
  }
}

const FRENCH = { decimal: ",", thousands: "\u202f", grouping: [3], currency: ["", "\u00a0€"], percent: "\u202f%", minus: "\u2212" };
const FRENCH_TIME = {
  dateTime: "%A %e %B %Y à %X", date: "%d/%m/%Y", time: "%H:%M:%S", periods: ["", ""],
  days: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
  shortDays: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
  months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
  shortMonths: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
};

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(document));
