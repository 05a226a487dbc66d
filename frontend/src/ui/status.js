import { words } from './words.js';

/**
 * What the page knows, and what it therefore says.
 *
 * @typedef {object} Facts
 * @property {boolean} wasConnected whether there has ever been a connection
 * @property {boolean} connected
 * @property {boolean} ready whether the server has said hello, which it does when its model is loaded
 * @property {boolean} started
 * @property {boolean} paused
 * @property {boolean} heard whether any clip has come since the start
 * @property {boolean} [varying] whether the page plays a variation of its own, since nothing new has come
 * @property {boolean} [keepable] whether a clip has begun to sound, which can be shared and saved
 * @property {boolean} dry whether nothing is left to play
 * @property {import('../stream/protocol.js').Loading | null} fetch how far the server is with fetching its model
 * @property {number} position in the server's queue, 0 when not waiting
 *
 * @typedef {'connecting' | 'loading' | 'idle' | 'generating' | 'queued' | 'playing' | 'paused' | 'behind' | 'lost'} State
 */

/**
 * @param {Facts} facts
 * @returns {State}
 */
export function stateOf(facts) {
  if (facts.started && facts.paused) {
    return 'paused';
  }
  if (!facts.connected) {
    return facts.wasConnected ? 'lost' : 'connecting';
  }
  if (!facts.ready) {
    return 'loading';
  }
  if (!facts.started) {
    return 'idle';
  }
  if (!facts.dry) {
    return 'playing';
  }
  if (facts.position > 0) {
    return 'queued';
  }
  return facts.heard ? 'behind' : 'generating';
}

/**
 * @param {State} state
 * @param {Facts} facts
 */
export function sayState(state, facts) {
  switch (state) {
    case 'loading':
      return facts.fetch ? words.states.fetching(facts.fetch.model) : words.states.loading;
    case 'queued':
      return words.states.queued(facts.position);
    case 'playing':
      return facts.varying ? words.states.varying : words.states.playing;
    case 'lost':
      return facts.started && !facts.dry ? words.states.lostPlaying : words.states.lost;
    default:
      return words.states[state];
  }
}

/**
 * The part of the model that has been fetched, and the rest in words.
 *
 * @param {Facts} facts
 * @returns {{part: number, detail: string} | null} `null` when nothing is being fetched
 */
export function fetchOf({ connected, ready, fetch }) {
  return connected && !ready && fetch ? { part: fetch.bytes / Math.max(1, fetch.totalBytes), detail: words.fetched(fetch) } : null;
}

/** How far a clip is, and how long the rest should take at the pace so far. */
export class Pace {
  #index = -1;
  #first = 0;
  #since = 0;
  /** @type {{part: number, seconds: number | null} | null} */
  current = null;

  /**
   * @param {{index: number, step: number, steps: number}} progress
   * @param {number} wall seconds of a monotonic clock
   */
  step({ index, step, steps }, wall) {
    if (index !== this.#index || step < this.#first) {
      this.#index = index;
      this.#first = step;
      this.#since = wall;
    }
    const done = step - this.#first;
    this.current = {
      part: step / steps,
      seconds: done > 1 ? ((wall - this.#since) / done) * (steps - step) : null,
    };
  }

  /** The clip is there, or will never be. */
  stop() {
    this.#index = -1;
    this.current = null;
  }
}
