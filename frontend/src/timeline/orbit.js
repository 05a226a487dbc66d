/** How far the view may be turned, tilted (radians) and zoomed, so that it stays a landscape. */
const LIMITS = { turn: [-0.9, 0.9], tilt: [-0.22, 0.8], zoom: [0.7, 2.2] };

/** Part of the way that is left after a second. */
const LEFT_AFTER_SECOND = 1e-5;

/** Nearer than this to its aim, the view has arrived. */
const ARRIVED = 1e-3;

/** @typedef {{turn: number, tilt: number, zoom: number}} Posture */

/** @returns {Posture} */
const straight = () => ({ turn: 0, tilt: 0, zoom: 1 });

/** Where the listener looks from. The view follows with some weight, or at once for people who asked for less motion. */
export class Orbit {
  /** @type {Posture} */
  #aim = straight();
  /** @type {Posture} */
  at = straight();

  /** @param {() => boolean} heavy whether the view has weight */
  constructor(heavy) {
    this.heavy = heavy;
  }

  /**
   * @param {number} x radians to the right
   * @param {number} y radians upwards
   */
  turn(x, y) {
    this.#aim.turn = within(this.#aim.turn + x, LIMITS.turn);
    this.#aim.tilt = within(this.#aim.tilt + y, LIMITS.tilt);
  }

  /** @param {number} factor above 1 to come nearer */
  zoom(factor) {
    this.#aim.zoom = within(this.#aim.zoom * factor, LIMITS.zoom);
  }

  reset() {
    this.#aim = straight();
  }

  /**
   * Comes closer to where the listener wants it.
   *
   * @param {number} seconds since the last time
   * @returns {boolean} whether there is still some way to go
   */
  follow(seconds) {
    const left = this.heavy() ? LEFT_AFTER_SECOND ** seconds : 0;
    let moving = false;
    for (const name of /** @type {(keyof Posture)[]} */ (['turn', 'tilt', 'zoom'])) {
      const distance = (this.at[name] - this.#aim[name]) * left;
      const arrived = Math.abs(distance) < ARRIVED;
      this.at[name] = this.#aim[name] + (arrived ? 0 : distance);
      moving ||= !arrived;
    }
    return moving;
  }
}

/**
 * @param {number} value
 * @param {number[]} limits
 */
const within = (value, [least, most]) => Math.max(least, Math.min(most, value));
