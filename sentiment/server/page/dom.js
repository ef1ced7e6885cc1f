// Elements, and figures as they are written everywhere on the page.

/**
 * An element with its attributes and children. Attributes that are false, null or undefined are
 * left out; `--name` sets a custom property, which the content security policy allows to scripts.
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("--")) node.style.setProperty(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** A probability with three decimals. */
export const figure = (value) => value.toFixed(3);

/** A difference with its sign; `0` is exactly zero, and nothing else is. */
export function signed(value, decimals = 3) {
  if (value === 0) return "0";
  const shown = Math.abs(value).toFixed(decimals);
  if (Number(shown) === 0) return "≈ 0";
  return (value < 0 ? "−" : "+") + shown;
}

/** `one`, `one and two`, `one, two and three`. */
export function listed(items) {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** A number of things, in words that agree with it. */
export const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;

/** What a cell is called where people read it. */
export const CELL_NAMES = { bow: "bag of words", simple_rnn: "SimpleRNN", lstm: "LSTM", gru: "GRU" };
