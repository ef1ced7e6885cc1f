// What the page asks the server, and what can go wrong. Knows nothing about what is shown.

const TOKEN = "sentiment-token";
const MOST_ATTEMPTS = 5;
const MOST_SECONDS = 30;
const MOST_ANSWERS = 2000;

/** Something that a visitor has to be told, in one line. */
export class Problem extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

/** Later requests are sent with this token; it is forgotten with the tab. */
export function setToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

export class Api {
  #answers = new Map();
  #onBusy;

  /** `onBusy(seconds)` is called when the server asks to wait. */
  constructor(onBusy) {
    this.#onBusy = onBusy;
  }

  /** Name, cell, number of parameters of each model; the default one first. */
  async models(signal) {
    return (await this.#ask("models", undefined, signal)).models;
  }

  /** What each gate did at each word, and the verdict up to it. */
  gates(text, model, signal) {
    return this.#ask("gates", { text, model }, signal);
  }

  /** A prediction for each text, in order; only texts that are new are sent. */
  async predict(texts, model, signal) {
    const key = (text) => `${model}\n${text}`;
    const missing = [...new Set(texts)].filter((text) => !this.#answers.has(key(text)));
    const found = new Map();
    if (missing.length > 0) {
      const { predictions } = await this.#ask("predict", { texts: missing, model }, signal);
      if (this.#answers.size > MOST_ANSWERS) this.#answers.clear();
      missing.forEach((text, place) => {
        found.set(text, predictions[place]);
        this.#answers.set(key(text), predictions[place]);
      });
    }
    return texts.map((text) => found.get(text) ?? this.#answers.get(key(text)));
  }

  async #ask(path, body, signal) {
    for (let attempt = 1; ; attempt += 1) {
      const response = await send(path, body, signal);
      if (response.ok) return response.json();
      if (response.status === 401) throw new Problem(wantsToken(), 401);
      const seconds = Math.min(Number(response.headers.get("Retry-After")) || 1, MOST_SECONDS);
      if (response.status !== 503 || attempt === MOST_ATTEMPTS) {
        throw new Problem(await detailOf(response), response.status);
      }
      this.#onBusy(seconds);
      await pause(1000 * seconds, signal);
    }
  }
}

const wantsToken = () => (sessionStorage.getItem(TOKEN)
  ? "The server does not take this token." : "The server asks for a token.");

async function send(path, body, signal) {
  const headers = {};
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const method = body === undefined ? "GET" : "POST";
  try {
    return await fetch(path, { method, headers, body: JSON.stringify(body), signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("The server does not answer. Is `sentiment serve` still running?");
  }
}

async function detailOf(response) {
  try {
    const { detail } = await response.json();
    if (typeof detail === "string" && detail) return detail;
  } catch {
    // Not JSON, as from a proxy in between: the status has to do.
  }
  return `The server answers ${response.status} ${response.statusText}`.trim();
}

/** Wait, unless the signal says that nobody does any more. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("no longer asked", "AbortError"));
    }, { once: true });
  });
}
