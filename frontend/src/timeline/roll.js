import { BANDS } from './ring.js';

/**
 * Unrolls pictures into the ring as their time comes into view. Pictures of clips far ahead stay folded; columns for
 * which there is no picture (yet) are blank.
 *
 * @typedef {object} Picture
 * @property {number} column where it begins, counted from the start of the audio clock
 * @property {Uint8Array} rows one row for each of its columns
 * @property {number} unrolled rows that are in the ring
 */

export class Roll {
  /** @type {Picture[]} in the order of their columns */
  #pictures = [];
  /** The first column that may still hold what was there one turn of the ring ago. */
  #blankTo = 0;

  /**
   * @param {import('./ring.js').Ring} ring
   * @param {number} past columns in view behind the playhead
   * @param {number} future columns in view ahead of it
   */
  constructor(ring, past, future) {
    this.ring = ring;
    this.past = past;
    this.future = future;
  }

  /**
   * @param {number} column
   * @param {Uint8Array} rows
   */
  add(column, rows) {
    this.#pictures.push({ column, rows, unrolled: 0 });
  }

  /**
   * @param {number} now the column at the playhead
   * @param {number} most how many columns may be unrolled at once, which makes a new clip sweep in
   * @returns {boolean} whether something in view is still folded
   */
  advance(now, most) {
    const horizon = Math.ceil(now) + this.future;
    const from = Math.max(this.#blankTo, Math.floor(now) - this.past);
    if (horizon > from) {
      this.ring.blank(from, horizon - from);
      this.#blankTo = horizon;
    }
    let left = most;
    for (const picture of this.#pictures) {
      left -= this.#unroll(picture, horizon, left);
    }
    this.#pictures = this.#pictures.filter(p => p.unrolled < p.rows.length / BANDS);
    return left <= 0;
  }

  /**
   * @param {Picture} picture
   * @param {number} horizon
   * @param {number} most
   */
  #unroll(picture, horizon, most) {
    const columns = picture.rows.length / BANDS;
    const ready = Math.min(columns, horizon - picture.column) - picture.unrolled;
    const count = Math.min(ready, most);
    if (count <= 0) {
      return 0;
    }
    const from = picture.unrolled;
    this.ring.write(picture.column + from, picture.rows.subarray(from * BANDS, (from + count) * BANDS));
    picture.unrolled += count;
    return count;
  }
}
