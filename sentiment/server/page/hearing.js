// The small models side by side: which of them hears the order of words.

import { axis } from "./axis.js";
import { CELL_NAMES, element, figure, listed, signed } from "./dom.js";

const HARDLY = 0.01;

/** Whether a model is one of those to compare with. */
export const isSmall = (model) => model.name.startsWith("small-");

/**
 * `rows`: `{cell, typed, current, others}` each, where `typed` and `current` are predictions and
 * `others` predictions of scrambles. `isMoved`: whether the words are in another order.
 */
export function showHearing(place, rows, isMoved) {
  const heads = ["as typed", ...(isMoved ? ["new order", "moved by"] : []), "range"];
  const lines = rows.map((row) => {
    const values = probabilities(row);
    const figures = [
      figure(row.typed.probability),
      ...(isMoved
        ? [figure(row.current.probability), signed(row.current.probability - row.typed.probability)]
        : []),
      values.length > 1 ? signed(spread(values)).replace("+", "") : "",
    ];
    return element("tr", {},
      element("th", { scope: "row" }, CELL_NAMES[row.cell]),
      element("td", { class: "graphic" },
        axis(row.typed.probability, isMoved ? row.current.probability : null,
          row.others.map((each) => each.probability))),
      ...figures.map((text, index) => element("td", { "data-head": heads[index] }, text)));
  });
  place.replaceChildren(
    element("p", { class: "statement", id: "statement" }, statement(rows, isMoved)),
    element("table", {},
      element("thead", {},
        element("tr", {},
          element("th", { scope: "col" }, "model"),
          element("th", { scope: "col", class: "graphic" },
            element("span", {}, "0 negative"), element("span", {}, "positive 1")),
          ...heads.map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, ...lines)),
    element("p", { class: "quiet" },
      element("span", { class: "key typed" }), "as typed ",
      element("span", { class: "key current" }), "new order ",
      element("span", { class: "key tick" }), "scrambles; range: from the lowest to the highest of all these"));
}

/** One line that the figures alone decide. */
export function statement(rows, isMoved) {
  const most = Math.max(0, ...rows.map((row) => row.others.length));
  if (most === 0 && !isMoved) return "These words have no other order.";
  const moves = rows.map((row) => ({
    name: row.cell === "bow" ? "the bag of words" : CELL_NAMES[row.cell],
    by: isMoved
      ? Math.abs(row.current.probability - row.typed.probability)
      : spread(probabilities(row)),
    isTurned: isMoved && row.current.label !== row.typed.label,
  }));
  moves.sort((one, other) => other.by - one.by);
  const named = (chosen) => listed(chosen.map((move) => move.name));
  const verb = (chosen, one, many) => `${named(chosen)} ${chosen.length === 1 ? one : many}`;
  const turned = moves.filter((move) => move.isTurned);
  const moved = moves.filter((move) => !move.isTurned && move.by >= HARDLY);
  const hardly = moves.filter((move) => !move.isTurned && move.by > 0 && move.by < HARDLY);
  const still = moves.filter((move) => !move.isTurned && move.by === 0);
  const parts = [];
  if (turned.length) parts.push(verb(turned, "turns its verdict", "turn their verdict"));
  if (moved.length && isMoved) {
    parts.push(listed(moved.map((move) => `${move.name} moves by ${move.by.toFixed(2)}`)));
  } else if (moved.length) {
    const ranges = moved.map((move) => `${move.by.toFixed(2)} for ${move.name}`);
    parts.push(`P(positive) ranges over ${listed(ranges)}`);
  }
  if (hardly.length) parts.push(verb(hardly, "hardly moves", "hardly move"));
  if (still.length) parts.push(verb(still, "does not move", "do not move"));
  const start = isMoved ? "In this order" : `Over ${most} scrambles`;
  return `${start} ${parts.join("; ")}.`;
}

const probabilities = (row) =>
  [row.typed, row.current, ...row.others].map((each) => each.probability);

const spread = (values) => Math.max(...values) - Math.min(...values);
