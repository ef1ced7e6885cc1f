// Words of a sentence and orders of them. An order is a list of places in the typed sentence.

/** Words of a text: whatever white space separates. */
export const wordsOf = (text) => text.split(/\s+/).filter(Boolean);

export const typedOrder = (words) => words.map((_, place) => place);

export const inOrder = (words, order) => order.map((place) => words[place]).join(" ");

/** Whether a list holds each place of the words exactly once. */
export function isOrder(order, words) {
  return order.length === words.length && new Set(order).size === words.length
    && order.every((place) => Number.isInteger(place) && place >= 0 && place < words.length);
}

/** A random order whose text is neither of those given; null where chance finds none. */
export function shuffled(words, taken, random = Math.random) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const order = typedOrder(words);
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    if (!taken.has(inOrder(words, order))) return order;
  }
  return null;
}

/** Orders of different texts, none of them the typed one; fewer where there are no more. */
export function scrambles(words, most, seed) {
  const random = seeded(seed);
  const taken = new Set([words.join(" ")]);
  const found = [];
  while (found.length < most) {
    const order = shuffled(words, taken, random);
    if (order === null) break;
    taken.add(inOrder(words, order));
    found.push(order);
  }
  return found;
}

/** Numbers from 0 to 1 that follow from a seed: Mulberry32. */
function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
