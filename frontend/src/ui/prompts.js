import { percent, sayMix } from '../stream/mix.js';
import { button } from './button.js';
import { setText } from './text.js';
import { words } from './words.js';

/**
 * @typedef {import('../stream/plan.js').Plan} Plan
 *
 * @typedef {object} Moves what can be done with a prompt
 * @property {(place: number) => void} remove
 * @property {(place: number) => void} advance
 * @property {(entry: string) => void} again
 */

/** The list of prompts: those that were, the one that is heard, and those that come next. */
export class PromptList {
  #list = /** @type {HTMLElement} */ (document.getElementById('prompts'));
  /** What the list shows; it is rebuilt only when this changes. */
  #shown = '';

  /** @param {Moves} deeds */
  constructor(deeds) {
    this.deeds = deeds;
  }

  /**
   * @param {Plan} plan
   * @param {boolean} started
   * @param {Map<string, number>} arrivals
   * @param {number} wish
   */
  show(plan, started, arrivals, wish) {
    const shown = JSON.stringify([started, plan.past, plan.now, plan.coming, plan.waiting, plan.nowMix, plan.goal]);
    if (shown !== this.#shown) {
      this.#shown = shown;
      const before = new Set([...this.#list.children].map(nameOf));
      this.#list.replaceChildren(...(started ? this.#items(plan) : []));
      for (const item of this.#list.children) {
        item.classList.toggle('new', !before.has(nameOf(item)));
      }
    }
    const [next] = plan.coming;
    const item = this.#list.querySelector('.coming');
    const seconds = Math.ceil(arrivals.get(next ?? plan.waiting[0] ?? '') ?? wish);
    const waiting = next ? null : this.#list.querySelector('.goal .note, .waiting .note');
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
