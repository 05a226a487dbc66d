import { sameMix, sayMix } from './mix.js';

/**
 * Which prompts were, are and come next. Prompts wait here and go to the server one at a time, each when the one
 * before it has been taken up; so a listener may change their mind about all but the first.
 *
 * A mix of prompts is one entry, however often its weights change.
 *
 * @typedef {import('./mix.js').Words} Blend
 * @typedef {import('./mix.js').Part} Part
 */

/** The past is a reminder, not a log. */
const PAST_LENGTH = 12;

export class Plan {
  /** @type {string[]} oldest first */
  past = [];
  /** @type {string | null} the prompt that is heard, or that will be heard first */
  now = null;
  /** How far the music has left {@link now} for the first of {@link coming}, 0 to 1. */
  blend = 0;
  /** @type {string[]} on their way: the server has made clips that lead to them */
  coming = [];
  /** @type {string[]} the first may already be known to the server, the others are not */
  waiting = [];
  /** @type {readonly Part[] | null} the prompts that {@link now} names, where it is several at once */
  nowMix = null;
  /** @type {readonly Part[] | null} the mix that was asked for, until a prompt takes its place */
  asked = null;
  /** @type {Map<string, readonly Part[]>} of {@link past} */
  #mixes = new Map();

  /** The prompt that a new session should start with: where the clips made so far lead. */
  get heading() {
    return this.coming.at(-1) ?? this.now;
  }

  /** The mix that is asked for and not yet heard. */
  get goal() {
    return this.asked && !sameMix(this.asked, this.nowMix ?? [{ prompt: this.now ?? '', weight: 1 }]) ? this.asked : null;
  }

  /** @param {string} prompt */
  begin(prompt) {
    this.now = prompt;
  }

  /**
   * Several prompts at once take the place of all that waits, and of what was on its way.
   *
   * @param {readonly Part[]} parts at least one, with shares of 1
   */
  mix(parts) {
    this.asked = parts;
    this.waiting = [];
    this.coming = [];
    if (this.now === null) {
      this.now = sayMix(parts);
      this.nowMix = parts.length > 1 ? parts : null;
    }
  }

  /**
   * The riff begins where another one was, which may be between two prompts.
   *
   * @param {Blend} clip the first one
   */
  beginWith({ startPrompt, endPrompt, startMix }) {
    this.now = startPrompt;
    this.coming = startPrompt === endPrompt ? [] : [endPrompt];
    this.nowMix = startMix ?? null;
    this.asked = startPrompt === endPrompt ? this.nowMix : null;
  }

  /**
   * @param {string} prompt
   * @returns {boolean} whether it is the first in line, and so the one to tell the server
   */
  add(prompt) {
    if (prompt === (this.waiting.at(-1) ?? (this.asked ? sayMix(this.asked) : this.heading))) {
      return false;
    }
    this.waiting.push(prompt);
    return this.waiting.length === 1;
  }

  /**
   * @param {number} place in {@link waiting}
   * @returns {boolean} whether the server knows of another one, and so has to be told
   */
  remove(place) {
    this.waiting.splice(place, 1);
    return place === 0;
  }

  /**
   * Lets a prompt go before the one in front of it.
   *
   * @param {number} place in {@link waiting}, from 1
   * @returns {boolean} whether the server knows of another one, and so has to be told
   */
  advance(place) {
    const [prompt] = this.waiting.splice(place, 1);
    this.waiting.splice(place - 1, 0, prompt);
    return place === 1;
  }

  /**
   * The prompts that an entry of {@link past} names, where it was several at once.
   *
   * @param {string} entry
   */
  mixOf(entry) {
    return this.#mixes.get(entry) ?? null;
  }

  /**
   * A clip has arrived.
   *
   * @param {Blend} clip
   * @returns {string | null} the prompt to tell the server now, if the clip takes up the one before
   */
  arrived(clip) {
    if (clip.endPrompt !== this.waiting[0]) {
      if (!clip.startMix && !clip.endMix && clip.endPrompt !== this.heading && !this.asked) {
        // It was on its way to the server's hands when the listener thought better of it.
        this.coming.push(clip.endPrompt);
      }
      return null;
    }
    this.coming.push(clip.endPrompt);
    this.asked = null;
    this.waiting.shift();
    return this.waiting[0] ?? null;
  }

  /**
   * Clips that were not heard yet give way to another course.
   *
   * @param {readonly Blend[]} left those that were not heard yet and stay
   */
  giveWay(left) {
    const ends = left.filter(({ endMix }) => !endMix).map(({ endPrompt }) => endPrompt);
    this.coming = ends.filter((prompt, i) => prompt !== (ends[i - 1] ?? this.now));
  }

  /**
   * A clip begins to sound.
   *
   * @param {Blend} clip
   */
  heard(clip) {
    if (this.now !== null && clip.startPrompt !== this.now) {
      if (!this.#glides(clip)) {
        this.past = [...this.past, this.now].slice(-PAST_LENGTH);
        this.#remember(this.now);
      }
      this.coming = this.coming.slice(this.coming.indexOf(clip.startPrompt) + 1);
    }
    this.now = clip.startPrompt;
    this.nowMix = clip.startMix ?? null;
    this.blend = clip.startPrompt === clip.endPrompt ? 0 : clip.alpha;
  }

  /** @param {string} entry */
  #remember(entry) {
    if (this.nowMix) {
      this.#mixes.set(entry, this.nowMix);
    }
    for (const known of this.#mixes.keys()) {
      if (!this.past.includes(known)) {
        this.#mixes.delete(known);
      }
    }
  }

  /**
   * Whether a clip is but the next step of the mix that is heard.
   *
   * @param {Blend} clip
   */
  #glides({ startPrompt, startMix }) {
    return this.nowMix !== null && (startMix !== undefined || (this.asked !== null && sayMix(this.asked) === startPrompt));
  }
}
