// The verdict: as typed beside the new order, with the difference, on one axis.

import { axis } from "./axis.js";
import { counted, element, figure, signed } from "./dom.js";

const LABELS = new Set(["negative", "positive"]);

/** `typed` and `current`: predictions; `isMoved`: whether the words are in another order. */
export function showVerdict(place, typed, current, isMoved) {
  place.replaceChildren(
    element("p", { class: "headline" },
      element("strong", { class: current.label, id: "label" }, current.label),
      element("span", { class: "figure" },
        element("span", { class: "quiet" }, "P(positive) "),
        element("span", { id: "probability" }, figure(current.probability)))),
    element("div", { class: "scaled", "aria-hidden": "true" },
      axis(typed.probability, isMoved ? current.probability : null),
      element("div", { class: "scale" },
        element("span", {}, "0 negative"),
        element("span", {}, "0.5"),
        element("span", {}, "positive 1"))),
    table(typed, current, isMoved),
    element("p", { class: "quiet" }, notes(current)),
  );
}

/** What is announced to those who do not see the figures change. */
export function spoken(typed, current, isMoved) {
  const now = `${current.label}, ${figure(current.probability)}`;
  return isMoved ? `New order: ${now}. As typed: ${typed.label}, ${figure(typed.probability)}.` : now;
}

function table(typed, current, isMoved) {
  const hasBits = typed.surprise !== null && current.surprise !== null;
  const row = (kind, name, probability, label, bits) =>
    element("tr", { class: kind },
      element("th", { scope: "row" }, element("span", { class: `key ${kind}` }), name),
      element("td", {}, probability),
      element("td", { class: LABELS.has(label) ? label : null }, label),
      hasBits ? element("td", {}, bits) : null);
  const answer = (kind, name, found) =>
    row(kind, name, figure(found.probability), found.label, found.surprise?.toFixed(1));
  const moved = current.probability - typed.probability;
  const nothing = (kind, name) => row(kind, name, "–", "–", "–");
  return element("table", { class: "orders" },
    element("thead", {},
      element("tr", {},
        element("td", {}),
        element("th", { scope: "col" }, "P(positive)"),
        element("th", { scope: "col" }, "label"),
        hasBits ? element("th", { scope: "col" }, "bits") : null)),
    element("tbody", {},
      answer("typed", "as typed", typed),
      isMoved ? answer("current", "new order", current) : nothing("current", "new order"),
      isMoved
        ? row("difference", "difference", signed(moved),
          typed.label === current.label ? "" : "turned",
          hasBits ? signed(current.surprise - typed.surprise, 1) : "")
        : nothing("difference", "difference")));
}

function notes(found) {
  const parts = [];
  if (found.surprise !== null) parts.push("Bits a word: how much their order surprises.");
  if (found.num_unknown > 0) {
    parts.push(`${counted(found.num_unknown, "word is", "words are")} unknown to the model.`);
  }
  if (found.truncated) parts.push("The text is longer than the model reads, and was cut.");
  return parts.join(" ");
}
