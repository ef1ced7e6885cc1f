// The page: what is typed, in which order, asked of which model; and what comes back.

import { readAddress, writeAddress } from "./address.js";
import { Api, Problem, setToken } from "./api.js";
import { Chips } from "./chips.js";
import { CELL_NAMES, element } from "./dom.js";
import { isSmall, showHearing } from "./hearing.js";
import { inOrder, scrambles, shuffled, typedOrder, wordsOf } from "./orders.js";
import { showScrambles } from "./scrambles.js";
import { showStrip, turn } from "./strip.js";
import { showVerdict, spoken } from "./verdict.js";

const FIRST = "the plot was dull but the acting was superb";
const EXAMPLES = [
  "not dull, just quiet",
  "I like coffee",
  "slow at first, then gripping",
  FIRST,
  "I used to avoid this place, now I love it",
];
const NUM_SCRAMBLES = 12;
const MOST_CHARACTERS = 100_000; // of all scrambles together
const TYPING_MILLISECONDS = 120;
const MOVING_MILLISECONDS = 30;
const SPEAKING_MILLISECONDS = 800;
const ADDRESS_MILLISECONDS = 400; // browsers refuse an address that changes with every key

const byId = (id) => document.getElementById(id);
const sentence = byId("sentence");
const [verdict, strip, others, hearing] = ["verdict", "strip", "scrambles", "hearing"].map(byId);

let state = { text: "", order: [], model: null };
let models = null; // as `/models` gives them, or null before it has answered
let draw = 1; // seed of the scrambles
let asked = new AbortController(); // of the answers under way
let timer = 0;
let speakTimer = 0;
let addressTimer = 0;

const announce = (text) => byId("moves-spoken").replaceChildren(text);
const api = new Api((seconds) => tell(`The server is busy; trying again in ${seconds} s.`, false));
const chips = new Chips(byId("chips"), announce, (order) => change({ order }, MOVING_MILLISECONDS));

// === What the visitor does ===

/** Take over a part of the state, show what follows from it at once, and ask for the rest. */
function change(parts, milliseconds = 0) {
  const words = wordsOf(parts.text ?? state.text);
  state = { ...state, ...(parts.text === undefined ? {} : { order: typedOrder(words) }), ...parts };
  chips.show(words, state.order);
  byId("chips-hint").hidden = words.length < 2;
  byId("shuffle").disabled = words.length < 2;
  byId("reset").disabled = state.order.every((place, index) => place === index);
  byId("draw").disabled = words.length < 2;
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => writeAddress(state), ADDRESS_MILLISECONDS);
  asked.abort();
  clearTimeout(timer);
  timer = setTimeout(refresh, milliseconds);
}

function take(text) {
  sentence.value = text;
  change({ text });
}

sentence.addEventListener("input", () => change({ text: sentence.value }, TYPING_MILLISECONDS));
byId("examples").append(...EXAMPLES.map((text) => {
  const button = element("button", { type: "button", class: "example" }, text);
  button.addEventListener("click", () => take(text));
  return button;
}));
byId("shuffle").addEventListener("click", () => {
  const words = wordsOf(state.text);
  const order = shuffled(words, new Set([inOrder(words, state.order), words.join(" ")]))
    ?? shuffled(words, new Set([inOrder(words, state.order)]));
  if (order) change({ order });
});
byId("reset").addEventListener("click", () => change({ order: typedOrder(state.order) }));
byId("draw").addEventListener("click", () => {
  draw += 1;
  change({});
});
byId("model").addEventListener("change", (event) => {
  const { name, default: isDefault } = models[event.target.selectedIndex];
  change({ model: isDefault ? null : name });
  noteModel();
});
byId("retry").addEventListener("click", () => change({}));
byId("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  setToken(byId("token").value);
  change({});
});
addEventListener("hashchange", start);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => change({}));
new ResizeObserver(() => {
  const table = strip.querySelector("table");
  if (table) turn(table, strip);
}).observe(strip);

// === What the server answers ===

/** Ask for whatever the state needs; an answer that comes after the next change is dropped. */
async function refresh() {
  asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  const results = await Promise.allSettled(await questions(signal));
  if (signal.aborted) return;
  const problem = results.find((result) => result.status === "rejected")?.reason;
  tell(problem?.message ?? "", Boolean(problem), problem?.status === 401);
  if (problem && !(problem instanceof Problem)) throw problem;
}

/** One promise a panel, each of which shows what it is answered unless nobody waits any more. */
async function questions(signal) {
  async function answer(panels, question, show) {
    try {
      const found = await question;
      if (!signal.aborted) show(found);
    } catch (problem) {
      if (!signal.aborted) for (const panel of panels) panel.replaceChildren();
      throw problem;
    }
  }
  const all = [verdict, strip, others, hearing];
  if (models === null) {
    const first = answer(all, api.models(signal), showModels);
    await Promise.allSettled([first]);
    if (models === null) return [first];
  }
  const words = wordsOf(state.text);
  if (words.length === 0) {
    for (const panel of all) panel.replaceChildren();
    verdict.append(element("p", { class: "quiet" }, "Type a sentence, or take an example."));
    return [];
  }
  const { name } = models[chosen()];
  const typed = words.join(" ");
  const current = inOrder(words, state.order);
  const isMoved = current !== typed;
  const most = Math.min(NUM_SCRAMBLES, Math.floor(MOST_CHARACTERS / typed.length));
  const orders = scrambles(words, most, draw);
  const texts = [typed, current, ...orders.map((order) => inOrder(words, order))];
  const small = models.filter(isSmall).map(async (model) => {
    const [first, second, ...rest] = await api.predict(texts, model.name, signal);
    return { cell: model.cell, typed: first, current: second, others: rest };
  });
  return [
    answer([verdict, others], api.predict(texts, name, signal), ([first, second, ...rest]) => {
      showVerdict(verdict, first, second, isMoved);
      const found = rest.map((each, index) => ({ ...each, order: orders[index] }));
      showScrambles(others, found, first.probability, (order) => change({ order }));
      speak(spoken(first, second, isMoved));
    }),
    answer([strip], api.gates(current, name, signal), (report) => showStrip(strip, report)),
    answer([hearing], Promise.all(small), (rows) => showHearing(hearing, rows, isMoved)),
  ];
}

function showModels(found) {
  models = found;
  byId("model").replaceChildren(...found.map((each) => element("option", {}, each.name)));
  byId("hearing-section").hidden = !found.some(isSmall);
  noteModel();
}

/** Which of the models is asked: the one that was chosen, else the default. */
const chosen = () => Math.max(0, models.findIndex((each) => each.name === state.model));

function noteModel() {
  const { cell, num_parameters: count } = models[chosen()];
  byId("model").selectedIndex = chosen();
  byId("model-note").replaceChildren(
    `${CELL_NAMES[cell]}, ${count.toLocaleString("en")} parameters`);
}

/** Say what is wrong, or nothing; with a button to try again, or a field for the token. */
function tell(message, canRetry = false, needsToken = false) {
  const form = byId("token-form");
  const isNew = needsToken && form.hidden;
  if (!message && byId("problem").contains(document.activeElement)) sentence.focus();
  byId("problem").hidden = !message;
  if (byId("problem-text").textContent !== message) byId("problem-text").replaceChildren(message);
  byId("retry").hidden = !canRetry || needsToken;
  form.hidden = !needsToken;
  if (isNew && document.activeElement !== sentence) byId("token").focus();
}

/** Announce a verdict once the visitor has paused. */
function speak(text) {
  clearTimeout(speakTimer);
  speakTimer = setTimeout(() => byId("verdict-spoken").replaceChildren(text), SPEAKING_MILLISECONDS);
}

function start() {
  const { text, order, model } = readAddress() ?? { ...state, text: FIRST, order: undefined };
  sentence.value = text;
  change({ text, model, ...(order ? { order } : {}) });
  if (models) noteModel();
}

start();
