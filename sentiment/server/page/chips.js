// Words as chips that are put into another order, by pointer and by keyboard.
//
// The chip that is held never leaves the document: its neighbours are moved around it, since a node
// that is taken out loses the focus and, on a touch screen, the pointer.

import { element } from "./dom.js";

const DRAG_DISTANCE = 5; // pixels before a press becomes a drag
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -Infinity, End: Infinity };

export class Chips {
  #list;
  #announce;
  #onOrder;
  #words = [];
  #held = null; // {chip, before: the order to go back to, drag: {x, y} within the chip or null}
  #press = null; // {chip, x, y, pointer}

  /** `announce(text)` tells it to screen readers; `onOrder(order)` is called at every move. */
  constructor(list, announce, onOrder) {
    this.#list = list;
    this.#announce = announce;
    this.#onOrder = onOrder;
    list.addEventListener("pointerdown", (event) => this.#pressed(event));
    list.addEventListener("click", (event) => this.#clicked(event));
    list.addEventListener("keydown", (event) => this.#keyed(event));
    list.addEventListener("focusin", (event) => this.#rove(event.target));
    list.addEventListener("focusout", () => this.#release());
    addEventListener("pointermove", (event) => this.#dragged(event));
    addEventListener("pointerup", (event) => this.#lifted(event));
    addEventListener("pointercancel", (event) => this.#lifted(event));
  }

  /** Show words in an order; what is shown already is left alone. */
  show(words, order) {
    if (same(words, this.#words)) {
      if (!same(order, this.order)) this.#arrange(order);
      return;
    }
    this.#held = this.#press = null;
    this.#words = words;
    this.#list.replaceChildren(...order.map((place, index) =>
      element("li", {},
        element("button", {
          type: "button",
          class: "chip",
          tabindex: index === 0 ? 0 : -1,
          "aria-pressed": "false",
          "aria-describedby": "chips-hint",
          "data-place": place,
        }, words[place]))));
  }

  /** Places in the typed sentence, in the order shown. */
  get order() {
    return this.#chips.map((chip) => Number(chip.dataset.place));
  }

  get #chips() {
    return [...this.#list.querySelectorAll(".chip")];
  }

  // === Moving ===

  #arrange(order) {
    this.#animate(() => {
      const items = new Map(this.#chips.map((chip) => [Number(chip.dataset.place), chip.parentElement]));
      this.#list.append(...order.map((place) => items.get(place)));
    });
  }

  /** Put a chip where it has `index` others before it; whether it was not there. */
  #move(chip, index) {
    const items = [...this.#list.children];
    const item = chip.parentElement;
    const from = items.indexOf(item);
    if (index === from) return false;
    this.#animate(() => {
      if (index < from) item.after(...items.slice(index, from));
      else item.before(...items.slice(from + 1, index + 1));
    }, chip);
    this.#onOrder(this.order);
    return true;
  }

  /** Let chips glide to their new places, but for the one under the pointer. */
  #animate(change, except = null) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const chips = isCalm ? [] : this.#chips.filter((chip) => chip !== except);
    const before = chips.map((chip) => chip.getBoundingClientRect());
    change();
    chips.forEach((chip, index) => {
      const after = chip.getBoundingClientRect();
      const [x, y] = [before[index].x - after.x, before[index].y - after.y];
      if (x || y) {
        const start = { transform: `translate(${x}px, ${y}px)` };
        chip.animate([start, { transform: "none" }], { duration: 140, easing: "ease-out" });
      }
    });
  }

  #hold(chip, drag) {
    this.#held = { chip, before: this.order, drag };
    chip.classList.add("held");
    chip.setAttribute("aria-pressed", "true");
  }

  /** Let go of the held chip where it is; give it back, or null. */
  #release() {
    const held = this.#held;
    this.#held = null;
    if (held) {
      held.chip.classList.remove("held");
      held.chip.setAttribute("aria-pressed", "false");
      held.chip.style.transform = "";
    }
    return held;
  }

  #putBack() {
    const { chip, before } = this.#release();
    this.#press = null;
    this.#move(chip, before.indexOf(Number(chip.dataset.place)));
    this.#say(chip, "put back,");
  }

  #say(chip, what, more = "") {
    const place = `place ${this.#chips.indexOf(chip) + 1} of ${this.#chips.length}`;
    this.#announce(`${chip.textContent}, ${what} ${place}.${more}`);
  }

  // === Pointer ===

  #pressed(event) {
    const chip = event.target.closest(".chip");
    if (!chip || !event.isPrimary || event.button !== 0) return;
    this.#release();
    this.#press = { chip, x: event.clientX, y: event.clientY, pointer: event.pointerId };
  }

  #dragged(event) {
    const press = this.#press;
    if (!press || event.pointerId !== press.pointer) return;
    if (event.buttons === 0) { // let go outside the window
      this.#lifted(event);
      return;
    }
    const { chip } = press;
    if (!this.#held?.drag) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < DRAG_DISTANCE) return;
      const box = chip.getBoundingClientRect();
      this.#hold(chip, { x: press.x - box.x, y: press.y - box.y });
    }
    this.#move(chip, this.#indexAt(event.clientX, event.clientY));
    const { x, y } = this.#held.drag;
    const list = this.#list.getBoundingClientRect();
    const left = event.clientX - x - list.x - chip.offsetLeft;
    const top = event.clientY - y - list.y - chip.offsetTop;
    chip.style.transform = `translate(${left}px, ${top}px)`;
  }

  /** How many other chips lie before a point, line by line. */
  #indexAt(clientX, clientY) {
    const list = this.#list.getBoundingClientRect();
    const [x, y] = [clientX - list.x, clientY - list.y];
    const gap = parseFloat(getComputedStyle(this.#list).rowGap) / 2 || 0;
    return this.#chips.filter((chip) => {
      if (chip === this.#held.chip) return false;
      const [top, bottom] = [chip.offsetTop - gap, chip.offsetTop + chip.offsetHeight + gap];
      return y > bottom || (y > top && x > chip.offsetLeft + chip.offsetWidth / 2);
    }).length;
  }

  #lifted(event) {
    if (!this.#press || event.pointerId !== this.#press.pointer) return;
    this.#press = null;
    if (!this.#held) return;
    if (event.type === "pointercancel") this.#putBack();
    else this.#say(this.#release().chip, "dropped,");
  }

  // === Keyboard ===

  /** A key or a screen reader clicks without a pointer: it picks up, or drops. */
  #clicked(event) {
    const chip = event.target.closest(".chip");
    if (!chip || event.detail !== 0) return;
    if (this.#release()) {
      this.#say(chip, "dropped,");
    } else {
      this.#hold(chip, null);
      this.#say(chip, "picked up,", " Arrows move it, Space drops it, Escape puts it back.");
    }
  }

  #keyed(event) {
    const chip = event.target.closest(".chip");
    if (!chip || event.shiftKey || event.metaKey) return;
    if (event.key === "Escape" && this.#held) {
      event.preventDefault();
      this.#putBack();
    } else if (event.key in STEPS) {
      event.preventDefault();
      const chips = this.#chips;
      const target = chips.indexOf(chip) + STEPS[event.key];
      const index = Math.max(0, Math.min(chips.length - 1, target));
      if (this.#held || event.altKey || event.ctrlKey) {
        if (this.#move(chip, index)) this.#say(chip, "moved,");
      } else {
        chips[index].focus();
      }
    }
  }

  /** One chip is a stop of the Tab key; arrows go to the others. */
  #rove(chip) {
    for (const each of this.#chips) each.tabIndex = each === chip ? 0 : -1;
  }
}

const same = (one, other) => one.length === other.length && one.every((each, index) => each === other[index]);
