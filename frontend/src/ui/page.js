import { button } from './button.js';
import { PromptList } from './prompts.js';
import { fetchOf, sayState } from './status.js';
import { setText } from './text.js';
import { words } from './words.js';

/**
 * @typedef {import('./status.js').Facts} Facts
 * @typedef {import('../stream/plan.js').Plan} Plan
 *
 * @typedef {object} Deeds what a listener can do
 * @property {(prompt: string) => void} submit
 * @property {() => void} toggle
 * @property {(place: number) => void} remove
 * @property {(place: number) => void} advance
 * @property {(entry: string) => void} again
 * @property {() => void} share
 * @property {() => void} save
 */

/** An error is read within this time, or it was none. */
const ERROR_MS = 9_000;

/** More would wrap into a wall of words. */
const EXAMPLES = 6;

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Everything on the page but the timeline: it shows what it is told and passes on what the listener does. */
export class Page {
  #form = /** @type {HTMLFormElement} */ (element('console'));
  #prompt = /** @type {HTMLInputElement} */ (element('prompt'));
  #play = /** @type {HTMLButtonElement} */ (element('play'));
  #progress = /** @type {HTMLProgressElement} */ (element('progress'));
  #examples = element('examples');
  #prompts;
  #state = element('state');
  #detail = element('detail');
  #error = element('error');
  /** @type {string[]} */
  #suggestions = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #errorTimer;

  /** @param {Deeds} deeds */
  constructor(deeds) {
    this.deeds = deeds;
    this.#prompts = new PromptList(deeds);
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    this.#play.addEventListener('click', () => deeds.toggle());
    element('dice').addEventListener('click', () => this.#suggest());
    element('share').addEventListener('click', () => deeds.share());
    element('save').addEventListener('click', () => deeds.save());
    this.#prompt.addEventListener('input', () => this.#clearError());
    addEventListener('keydown', event => this.#key(event));
  }

  get prompt() {
    return this.#prompt.value.trim();
  }

  set prompt(text) {
    this.#prompt.value = text;
  }

  focus() {
    this.#prompt.focus();
  }

  /** The first press of the play button: what is in the field, or else something. */
  play() {
    if (!this.prompt) {
      this.#suggest();
    }
    this.#submit();
  }

  /** @param {string[]} prompts */
  offer(prompts) {
    this.#suggestions = prompts;
    this.#examples.replaceChildren(
      ...prompts.slice(0, EXAMPLES).map(prompt => {
        const chip = button(prompt, 'chip', () => {
          this.deeds.submit(prompt);
          // The chips go away, and the focus must not go with them.
          this.#play.focus();
        });
        chip.textContent = prompt;
        return chip;
      }),
    );
  }

  /**
   * @param {import('./status.js').State} state
   * @param {Facts} facts
   * @param {import('./status.js').Pace} pace
   * @param {Plan} plan
   * @param {Map<string, number>} arrivals seconds until each coming prompt begins
   * @param {number} wish seconds until the first clip that knows of all wishes
   */
  show(state, facts, pace, plan, arrivals, wish) {
    const { dataset } = document.body;
    dataset.state = state;
    dataset.started = String(facts.started);
    const playing = facts.started && !facts.paused;
    this.#play.ariaLabel = playing ? words.pause : words.play;
    this.#play.dataset.playing = String(playing);
    this.#prompt.placeholder = facts.started ? words.placeholderPlaying : words.placeholderIdle;
    setText(this.#state, sayState(state, facts));
    this.#showPace(state, pace, facts);
    this.#prompts.show(plan, facts.started, arrivals, wish);
    document.title = words.title(facts.started ? plan.now : null);
    for (const id of ['share', 'save']) {
      /** @type {HTMLButtonElement} */ (element(id)).disabled = !facts.keepable;
    }
  }

  /**
   * @param {string} message
   * @param {string | null} [refused] a prompt to be mended
   */
  fail(message, refused) {
    this.#error.className = 'bad';
    this.#say(message);
    if (refused) {
      this.prompt ||= refused;
      this.#prompt.ariaInvalid = 'true';
    }
  }

  /** @param {string} message that is no error */
  tell(message) {
    this.#error.className = '';
    this.#say(message);
  }

  /** @param {string} message */
  #say(message) {
    this.#error.textContent = message;
    clearTimeout(this.#errorTimer);
    this.#errorTimer = setTimeout(() => this.#clearError(), ERROR_MS);
  }

  #clearError() {
    clearTimeout(this.#errorTimer);
    this.#error.textContent = '';
    this.#prompt.ariaInvalid = null;
  }

  #submit() {
    if (this.prompt) {
      this.#clearError();
      this.deeds.submit(this.prompt);
      this.prompt = '';
    } else {
      this.#prompt.focus();
    }
  }

  #suggest() {
    const others = this.#suggestions.filter(suggestion => suggestion !== this.prompt);
    this.prompt = others[Math.floor(Math.random() * others.length)] ?? this.prompt;
    this.#prompt.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, textarea, dialog')) {
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      this.#prompt.focus();
    } else if (event.key === ' ' && !target.closest('button')) {
      event.preventDefault();
      this.deeds.toggle();
    }
  }

  /**
   * @param {import('./status.js').State} state
   * @param {import('./status.js').Pace} pace
   * @param {Facts} facts
   */
  #showPace(state, { current }, facts) {
    const fetch = fetchOf(facts);
    this.#progress.value = fetch?.part ?? current?.part ?? 0;
    if (fetch) {
      setText(this.#detail, fetch.detail);
      return;
    }
    const waiting = state === 'generating' || state === 'behind';
    const seconds = waiting && current?.seconds ? Math.ceil(current.seconds) : 0;
    setText(this.#detail, seconds ? words.about(seconds) : '');
  }
}
