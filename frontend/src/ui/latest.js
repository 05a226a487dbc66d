/**
 * Passes on the latest of many values, at most once in a while: a first one at once, and of those that come meanwhile the
 * last.
 *
 * @template T
 */
export class Latest {
  /** @type {{value: T} | null} what waits for its time */
  #waiting = null;
  #resting = false;

  /**
   * @param {number} restMs between two values
   * @param {(value: T) => void} pass
   */
  constructor(restMs, pass) {
    this.restMs = restMs;
    this.pass = pass;
  }

  /** @param {T} value */
  offer(value) {
    if (this.#resting) {
      this.#waiting = { value };
    } else {
      this.#resting = true;
      this.pass(value);
      setTimeout(() => this.#rested(), this.restMs);
    }
  }

  #rested() {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#resting = false;
    if (waiting) {
      this.offer(waiting.value);
    }
  }
}
