// Word by word: how the verdict formed, and what each gate did at each word.

import { bar } from "./axis.js";
import { element } from "./dom.js";

// Pixels that words need where they stand side by side: the heads, a short word, each character.
const [HEAD_WIDTH, COLUMN_WIDTH, CHARACTER_WIDTH] = [120, 52, 10];
const ARROWS = { forward: "→", backward: "←" };
const MEANINGS = {
  update_gate: "share of the old state that is kept",
  reset_gate: "share of it that a new state is made from",
  input_gate: "share of what is new that is written",
  forget_gate: "share of the cell state that is kept",
  output_gate: "share of it that is shown",
};

/** `report`: the answer of `/gates`, for one text. */
export function showStrip(place, report) {
  const [text] = report.texts;
  const gates = text.quantities.filter((quantity) => quantity.name.endsWith("_gate"));
  const isBothWays = new Set(gates.map((gate) => gate.direction)).size > 1;
  const title = (gate) => [
    element("span", { class: "name" }, gate.name.replace("_gate", "")),
    ...(isBothWays ? [" ", element("span", {}, ARROWS[gate.direction])] : []),
  ];
  const head = (kind, ...name) =>
    element("th", { role: "columnheader", scope: "col", class: kind }, ...name);
  const shade = ramp();
  const table = element("table", { role: "table", class: "words", "aria-labelledby": "strip-title" },
    element("thead", { role: "rowgroup" },
      element("tr", { role: "row" },
        head("word", "word"),
        head("so-far", "so far"),
        ...gates.map((gate) => head("gate", ...title(gate))))),
    element("tbody", { role: "rowgroup" },
      ...text.words.map((word, index) =>
        element("tr", { role: "row" },
          element("th", { role: "rowheader", scope: "row", class: word.known ? "word" : "word unknown" },
            word.known ? word.word : `${word.word} †`),
          element("td", { role: "cell", class: "so-far" },
            bar(word.probability), element("span", { class: "value" }, word.probability.toFixed(2))),
          ...gates.map((gate) => heat(gate.mean[index], shade))))));
  place.replaceChildren(table, ...legend(report, text, gates, isBothWays));
  turn(table, place);
}

/** Words stand side by side where there is room for them, else below one another. */
export function turn(table, place) {
  const widths = [...table.tBodies[0].rows].map((row) =>
    Math.max(COLUMN_WIDTH, CHARACTER_WIDTH * row.cells[0].textContent.length));
  const fits = widths.reduce((sum, width) => sum + width, HEAD_WIDTH) <= place.clientWidth;
  table.classList.toggle("in-columns", fits);
  table.classList.toggle("in-rows", !fits);
}

/** Colours between the two ends that the style sheet names, `[red, green, blue]` of a share. */
function ramp() {
  const style = getComputedStyle(document.documentElement);
  const [low, high] = ["--heat-low", "--heat-high"].map((name) =>
    style.getPropertyValue(name).match(/[0-9a-f]{2}/gi).map((digits) => parseInt(digits, 16)));
  return (share) => low.map((channel, index) => Math.round(channel + share * (high[index] - channel)));
}

function heat(value, shade) {
  const colour = shade(value);
  return element("td", {
    role: "cell",
    class: luminance(colour) > 0.179 ? "gate light" : "gate", // black and white differ from it alike
    "--heat": `rgb(${colour.join(" ")})`,
  }, value.toFixed(2));
}

/** Relative luminance of an sRGB colour, as WCAG defines it. */
function luminance(colour) {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function legend(report, text, gates, isBothWays) {
  const lines = ["So far: P(positive) had the text ended there."];
  if (report.cell === "bow") lines.push("A bag of words has no gates, and no order.");
  else if (gates.length === 0) lines.push("A SimpleRNN has no gates.");
  if (isBothWays) lines.push("→ reads from the first word on, ← from the last one back.");
  if (text.words.some((word) => !word.known)) lines.push("† a word that the model does not know.");
  if (text.words.length < text.num_read) {
    lines.push(`The first ${text.words.length} of ${text.num_read} words are shown.`);
  }
  const found = [element("p", { class: "quiet" }, lines.join(" "))];
  if (gates.length > 0) {
    const names = [...new Set(gates.map((gate) => gate.name))];
    const meanings = names.map((name) => `${name.replace("_gate", "")}: ${MEANINGS[name] ?? "gate"}`);
    found.unshift(element("div", { class: "ramp-line" },
      element("span", { class: "ramp-scale" },
        "0", element("span", { class: "ramp", "aria-hidden": "true" }), "1"),
      element("span", {}, `gates, mean over ${report.units} units. ${meanings.join("; ")}.`)));
  }
  return found;
}
