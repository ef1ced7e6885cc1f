// The same words in other orders: a bar each, from the lowest P(positive) to the highest.

import { bar, side } from "./axis.js";
import { element, figure } from "./dom.js";

/**
 * `found`: `{order, text, probability}` each; `typed`: P(positive) of the typed order.
 * `onTake(order)` is called for the one that was clicked.
 */
export function showScrambles(place, found, typed, onTake) {
  if (found.length === 0) {
    place.replaceChildren(element("p", { class: "quiet" }, "These words have no other order."));
    delete place.dataset.key;
    return;
  }
  const key = JSON.stringify([typed, found]);
  if (place.dataset.key === key && place.hasChildNodes()) return; // else a focused bar is lost
  place.dataset.key = key;
  const sorted = found.toSorted((one, other) => one.probability - other.probability);
  const [low, high] = [sorted[0].probability, sorted.at(-1).probability];
  const summary = `${found.length} scrambles from ${figure(low)} to ${figure(high)}. `
    + "Point at a bar to read it; click to take it over.";
  const detail = element("p", { class: "detail", id: "scramble-detail" }, summary);
  const tell = (each) => {
    detail.replaceChildren(
      element("span", { class: `value ${side(each.probability)}` },
        `${figure(each.probability)} ${side(each.probability)}`),
      " ", each.text);
  };
  const bars = sorted.map((each) => {
    const name = `${each.text}: ${side(each.probability)}, ${figure(each.probability)}`;
    const button = element("button", { type: "button", class: "scramble", "aria-label": name },
      bar(each.probability));
    button.addEventListener("pointerenter", () => tell(each));
    button.addEventListener("focus", () => tell(each));
    button.addEventListener("click", () => onTake(each.order));
    return element("li", {}, button);
  });
  const list = element("ol", { class: "bars", "aria-labelledby": "scrambles-title" }, ...bars);
  list.addEventListener("pointerleave", () => detail.replaceChildren(summary));
  place.replaceChildren(
    element("div", { class: "chart" },
      element("div", { class: "ends", "aria-hidden": "true" },
        element("span", {}, "1"), element("span", {}, "0.5"), element("span", {}, "0")),
      element("div", { class: "plot" },
        list,
        element("span", { class: "level", "--at": typed, "aria-hidden": "true" }))),
    element("p", { class: "quiet" },
      element("span", { class: "dash" }), "as typed; bars above the middle are positive, below it negative"),
    detail);
}
