// What the pages do beyond links and forms. Every page works without it.
import "./keys.js";
import "./menus.js";
import { draw } from "./charts.js";

draw(document);
document.addEventListener("htmx:afterSettle", (event) => draw(event.target));
