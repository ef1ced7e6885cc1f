// Probabilities as marks and bars, between negative, 0, and positive, 1. The figures stand beside
// them as text, so both are hidden from screen readers.

import { element } from "./dom.js";

/**
 * A line with a ring where the typed order is, a disc where the new one is, ticks for other orders.
 * `typed`, `current` and each of `others`: P(positive); `current` is null where nothing was moved.
 */
export function axis(typed, current, others = []) {
  const low = Math.min(typed, current ?? typed);
  return element("span", { class: "axis", "aria-hidden": "true" },
    element("span", { class: "track" },
      ...others.map((at) => element("span", { class: "tick", "--at": at })),
      current === null ? null
        : element("span", { class: "way", "--at": low, "--size": Math.abs(typed - current) }),
      element("span", { class: "mark typed", "--at": typed }),
      current === null ? null : element("span", { class: "mark current", "--at": current })));
}

/** The label of a probability, which is also the class that colours it. */
export const side = (probability) => (probability >= 0.5 ? "positive" : "negative");

/** A bar from the middle, 0.5, up to a probability or down to it. */
export function bar(probability) {
  return element("span", { class: "box", "aria-hidden": "true" },
    element("span", {
      class: `bar ${side(probability)}`,
      "--at": Math.min(probability, 0.5),
      "--size": Math.abs(probability - 0.5),
    }));
}
