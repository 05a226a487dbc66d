import { words } from './words.js';

/** How far one press of a key goes. */
const STEP_SECONDS = 5;

/** Keys that are held down send many presses; the music plays on after the last one. */
const REST_MS = 200;

/** What has been heard in this visit, as a bar: where the listener is, and the way back. */
export class Visit {
  #section = /** @type {HTMLElement} */ (document.getElementById('visit'));
  #bar = /** @type {HTMLInputElement} */ (document.getElementById('visit-bar'));
  #time = /** @type {HTMLElement} */ (document.getElementById('visit-time'));
  #live = /** @type {HTMLButtonElement} */ (document.getElementById('to-live'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /**
   * @param {import('../sound/deck.js').Deck} deck
   * @param {() => void} onMove the listener has gone elsewhere
   */
  constructor(deck, onMove) {
    this.deck = deck;
    this.onMove = onMove;
    this.#bar.addEventListener('input', () => this.#goTo(this.#bar.valueAsNumber));
    this.#bar.addEventListener('keydown', event => this.#key(event));
    this.#live.addEventListener('click', () => this.toLive());
  }

  /** Holds the music; tells the moment that is held. */
  grab() {
    const { position } = this.deck;
    this.hold(position);
    return position;
  }

  /** @param {number} seconds from the beginning of the visit */
  hold(seconds) {
    clearTimeout(this.#rest);
    this.deck.hold(seconds);
    this.show();
  }

  /** Plays on from there. */
  drop() {
    this.deck.release();
    this.show();
    this.onMove();
  }

  /** @param {number} steps forwards */
  step(steps) {
    if (steps < 0 || !this.deck.live) {
      this.#goTo(this.deck.position + steps * STEP_SECONDS);
    }
  }

  toStart() {
    this.#goTo(this.deck.start);
  }

  toLive() {
    if (!this.deck.live) {
      this.hold(this.deck.furthest);
      this.drop();
    }
  }

  show() {
    const { start, position, furthest, live } = this.deck;
    this.#section.hidden = furthest === 0;
    document.body.dataset.live = String(live);
    this.#bar.min = String(start);
    this.#bar.max = String(furthest);
    this.#bar.valueAsNumber = live ? furthest : position;
    const part = live ? 1 : (position - start) / Math.max(1e-9, furthest - start);
    this.#bar.style.setProperty('--part', String(part));
    const time = live ? words.visit.length(furthest - start) : words.visit.back(furthest - position);
    if (this.#time.textContent !== time) {
      this.#time.textContent = time;
      this.#bar.ariaValueText = live ? words.visit.live : time;
    }
    const label = live ? words.visit.live : words.visit.toLive;
    if (this.#live.textContent !== label) {
      this.#live.textContent = label;
      // A button that is disabled loses the focus.
      this.#live.ariaDisabled = String(live);
    }
  }

  /** @param {number} seconds */
  #goTo(seconds) {
    this.hold(seconds);
    this.#rest = setTimeout(() => this.drop(), REST_MS);
    this.onMove();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const act = {
      ArrowLeft: () => this.step(-1),
      ArrowDown: () => this.step(-1),
      ArrowRight: () => this.step(1),
      ArrowUp: () => this.step(1),
      Home: () => this.toStart(),
      End: () => this.toLive(),
    }[event.key];
    if (act && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      act();
    }
  }
}
