import { percent, sayMix } from '../stream/mix.js';
import { fetchOf, sayState } from './status.js';
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
  #prompts = element('prompts');
  #state = element('state');
  #detail = element('detail');
  #error = element('error');
  /** @type {string[]} */
  #suggestions = [];
  /** What {@link #prompts} shows; it is rebuilt only when this changes. */
  #shown = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #errorTimer;

  /** @param {Deeds} deeds */
  constructor(deeds) {
    this.deeds = deeds;
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
    this.#showPrompts(plan, facts.started, arrivals, wish);
    document.title = words.title(facts.started ? plan.now : null);
    for (const id of ['share', 'save']) {
      /** @type {HTMLButtonElement} */ (element(id)).disabled = !facts.heard;
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

  /**
   * @param {Plan} plan
   * @param {boolean} started
   * @param {Map<string, number>} arrivals
   * @param {number} wish
   */
  #showPrompts(plan, started, arrivals, wish) {
    const shown = JSON.stringify([started, plan.past, plan.now, plan.coming, plan.waiting, plan.nowMix, plan.goal]);
    if (shown !== this.#shown) {
      this.#shown = shown;
      const before = new Set([...this.#prompts.children].map(nameOf));
      this.#prompts.replaceChildren(...(started ? this.#items(plan) : []));
      for (const item of this.#prompts.children) {
        item.classList.toggle('new', !before.has(nameOf(item)));
      }
    }
    const [next] = plan.coming;
    const item = this.#prompts.querySelector('.coming');
    const seconds = Math.ceil(arrivals.get(next ?? plan.waiting[0] ?? '') ?? wish);
    const waiting = next ? null : this.#prompts.querySelector('.goal .note, .waiting .note');
    if (waiting) {
      setText(/** @type {HTMLElement} */ (waiting), Number.isFinite(seconds) ? words.inSeconds(seconds) : words.next);
    }
    if (next && item) {
      const when = plan.blend > 0 || seconds < 1 ? words.blend(Math.round(100 * plan.blend)) : words.inSeconds(seconds);
      setText(/** @type {HTMLElement} */ (item.querySelector('.note')), when);
      /** @type {HTMLMeterElement} */ (item.querySelector('meter')).value = plan.blend;
    }
  }

  /**
   * What can be done with a prompt that waits.
   *
   * @param {string} prompt
   * @param {number} place
   */
  #moves(prompt, place) {
    const moves = document.createElement('span');
    moves.className = 'moves';
    if (place === 0) {
      moves.append(note(words.next));
    } else {
      const sooner = button(words.sooner(prompt), 'remove', () => this.deeds.advance(place));
      sooner.textContent = '↑';
      moves.append(sooner);
    }
    const cross = button(words.remove(prompt), 'remove', () => this.deeds.remove(place));
    cross.textContent = '×';
    moves.append(cross);
    return moves;
  }

  /** @param {Plan} plan */
  #items(plan) {
    return [
      ...plan.past.map(prompt => again(entry('past', prompt), prompt, () => this.deeds.again(prompt))),
      plan.nowMix ? mixed(entry('now', plan.now ?? ''), plan.nowMix) : entry('now', plan.now ?? ''),
      ...(plan.goal ? [entry('goal', sayMix(plan.goal), note(words.next))] : []),
      ...plan.coming.map(prompt => entry('coming', prompt, meter(), note(words.next))),
      ...plan.waiting.map((prompt, place) => entry('waiting', prompt, this.#moves(prompt, place))),
    ];
  }
}

/**
 * Makes a name a button.
 *
 * @param {HTMLElement} item
 * @param {string} prompt
 * @param {() => void} act
 */
function again(item, prompt, act) {
  const name = button(words.again(prompt), 'name', act);
  name.textContent = prompt;
  item.querySelector('.name')?.replaceWith(name);
  return item;
}

/**
 * @param {string} kind
 * @param {string} prompt
 * @param {HTMLElement[]} extras
 */
function entry(kind, prompt, ...extras) {
  const item = document.createElement('li');
  item.className = kind;
  const name = document.createElement('span');
  name.className = 'name';
  name.textContent = prompt;
  item.append(name, ...extras);
  if (kind === 'now') {
    item.ariaCurrent = 'true';
  }
  return item;
}

/**
 * Shows the prompts of a mix one below the other.
 *
 * @param {HTMLElement} item
 * @param {readonly import('../stream/mix.js').Part[]} parts
 */
function mixed(item, parts) {
  item.classList.add('mixed');
  item.querySelector('.name')?.replaceChildren(
    ...parts.map(({ prompt, weight }) => {
      const line = document.createElement('span');
      const share = document.createElement('small');
      share.textContent = percent(weight);
      const text = document.createElement('span');
      text.textContent = prompt;
      line.className = 'part';
      line.append(share, ' ', text);
      return line;
    }),
  );
  return item;
}

/** @param {Element} item */
function nameOf(item) {
  return item.querySelector('.name')?.textContent;
}

/** @param {string} text */
function note(text) {
  const span = document.createElement('span');
  span.className = 'note';
  span.textContent = text;
  return span;
}

function meter() {
  const bar = document.createElement('meter');
  bar.max = 1;
  return bar;
}

/**
 * @param {string} label
 * @param {string} kind
 * @param {() => void} act
 */
function button(label, kind, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = kind;
  made.ariaLabel = label;
  made.addEventListener('click', act);
  return made;
}

/**
 * Live regions speak whenever they are written to, so they are written to only when there is news.
 *
 * @param {HTMLElement} target
 * @param {string} text
 */
function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}
