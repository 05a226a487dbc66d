import { FrameReader } from './protocol.js';

/** @typedef {import('./protocol.js').ClientMessage} ClientMessage */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** A connection that lasted this long was a good one; the next loss begins with the short wait again. */
const SETTLED_MS = 10_000;

/**
 * How long to wait before the next attempt: twice as long each time, and scattered, so that the listeners of a server
 * that restarts do not all come back in the same moment.
 *
 * @param {number} attempt 0 for the first
 * @param {number} chance 0 to 1
 */
export function waitBefore(attempt, chance) {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return longest * (0.5 + 0.5 * chance);
}

/**
 * @typedef {object} Listener
 * @property {(message: import('./protocol.js').ServerMessage) => void} onMessage
 * @property {(clip: import('./protocol.js').Clip) => void} onClip
 * @property {() => void} onOpen a new session begins; the server knows nothing of the one before
 * @property {() => void} onLost
 */

/** One WebSocket at a time, opened again and again for as long as the page lives. */
export class Connection {
  /** @type {WebSocket | null} */
  #socket = null;
  #attempt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {URL} url
   * @param {Listener} listener
   */
  constructor(url, listener) {
    this.url = url;
    this.listener = listener;
    // A laptop that wakes up should not sit out a long wait.
    addEventListener('online', () => this.#retryNow());
    document.addEventListener('visibilitychange', () => document.hidden || this.#retryNow());
    this.#open();
  }

  get open() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /**
   * Says nothing while the connection is lost; whoever needs more tells the next session from the start.
   *
   * @param {ClientMessage} message
   */
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #open() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const socket = new WebSocket(this.url);
    const reader = new FrameReader();
    let openedAt = Infinity;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      openedAt = performance.now();
      this.listener.onOpen();
    };
    socket.onmessage = event => this.#receive(reader, event.data);
    socket.onclose = () => {
      this.#attempt = performance.now() - openedAt > SETTLED_MS ? 0 : this.#attempt + 1;
      this.#socket = null;
      this.#timer = setTimeout(() => this.#open(), waitBefore(Math.max(0, this.#attempt - 1), Math.random()));
      this.listener.onLost();
    };
    this.#socket = socket;
  }

  /**
   * @param {FrameReader} reader
   * @param {string | ArrayBuffer} frame
   */
  #receive(reader, frame) {
    const whole = reader.read(frame);
    if (!whole) {
      return;
    }
    if ('note' in whole) {
      this.listener.onClip(whole);
    } else {
      this.listener.onMessage(whole);
    }
  }

  #retryNow() {
    if (this.#timer !== undefined) {
      this.#open();
    }
  }
}
