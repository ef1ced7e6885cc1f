// The state of the page in the part of its address after #, so that a link shows the same again.

import { isOrder, typedOrder, wordsOf } from "./orders.js";

/** `{text, order, model}` of the address; null where it names no text. Whatever is broken is left out. */
export function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const text = parts.get("text");
  if (text === null) return null;
  const words = wordsOf(text);
  const order = (parts.get("order") ?? "").split(",").map((place) => Number(place));
  return { text, order: isOrder(order, words) ? order : typedOrder(words), model: parts.get("model") };
}

/** Put the state into the address, without another entry in the history. */
export function writeAddress({ text, order, model }) {
  const parts = new URLSearchParams({ text });
  if (order.some((place, index) => place !== index)) parts.set("order", order.join(","));
  if (model) parts.set("model", model);
  history.replaceState(null, "", `#${parts}`);
}
