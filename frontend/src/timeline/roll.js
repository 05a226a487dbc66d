import { BANDS, COLUMNS } from './ring.js';

/**
 * Unrolls pictures into the ring wherever the view is, and as far as the ring reaches: forwards with the music, and
 * backwards with a listener who goes back. Columns for which there is no picture (yet) are blank.
 *
 * @typedef {object} Picture
 * @property {number} column of the tape where it begins
 * @property {Uint8Array} rows one row for each of its columns
 * @property {number} from first of its columns that is in the ring
 * @property {number} to column after the last one that is in the ring
 */

/** @template K what tells pictures apart */
export class Roll {
  /** @type {Map<K, Picture>} */
  #pictures = new Map();
  /** The stretch of the tape that the ring holds. */
  #from = 0;
  #to = 0;

  /** @param {import('./ring.js').Ring} ring */
  constructor(ring) {
    this.ring = ring;
  }

  /**
   * @param {K} key
   * @param {number} column
   * @param {Uint8Array} rows
   */
  add(key, column, rows) {
    this.#pictures.set(key, { column, rows, from: 0, to: 0 });
  }

  /** @param {K} key */
  has(key) {
    return this.#pictures.has(key);
  }

  /**
   * Takes pictures away that are wrong by now, out of the ring too.
   *
   * @param {(key: K) => boolean} wrong
   */
  drop(wrong) {
    for (const [key, { column, from, to }] of this.#pictures) {
      if (wrong(key)) {
        this.#pictures.delete(key);
        const first = Math.max(column + from, this.#from);
        this.ring.blank(first, Math.max(0, Math.min(column + to, this.#to) - first));
      }
    }
  }

  /**
   * Lets go of the pictures that are not wanted any more; what is in the ring of them stays there.
   *
   * @param {(column: number, columns: number) => boolean} wanted
   */
  keep(wanted) {
    for (const [key, { column, rows }] of this.#pictures) {
      if (!wanted(column, rows.length / BANDS)) {
        this.#pictures.delete(key);
      }
    }
  }

  /**
   * @param {number} from first column in view
   * @param {number} to column after the last one in view; at most a ring's length after the first
   * @param {number} most how many columns may be unrolled at once, which makes a new clip sweep in
   * @returns {boolean} whether something in view is still folded
   */
  advance(from, to, most) {
    this.#move(from, to);
    let left = most;
    for (const picture of this.#pictures.values()) {
      left -= this.#unroll(picture, left);
    }
    return left <= 0;
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #move(from, to) {
    if (to <= this.#from || from >= this.#to) {
      this.ring.blank(from, to - from);
      this.#from = from;
      this.#to = to;
    } else if (to > this.#to) {
      this.ring.blank(this.#to, to - this.#to);
      this.#to = to;
      this.#from = Math.max(this.#from, to - COLUMNS);
    }
    if (from < this.#from) {
      this.ring.blank(from, this.#from - from);
      this.#from = from;
      this.#to = Math.min(this.#to, from + COLUMNS);
    }
  }

  /**
   * @param {Picture} picture
   * @param {number} most
   */
  #unroll(picture, most) {
    const { column, rows } = picture;
    const first = Math.max(0, this.#from - column);
    const end = Math.min(rows.length / BANDS, this.#to - column);
    picture.from = Math.max(picture.from, first);
    picture.to = Math.min(picture.to, end);
    if (picture.from >= picture.to) {
      picture.from = first;
      picture.to = first;
    }
    const after = this.#write(picture, picture.to, Math.min(end - picture.to, most));
    picture.to += after;
    const count = Math.min(picture.from - first, most - after);
    const before = this.#write(picture, picture.from - count, count);
    picture.from -= before;
    return after + before;
  }

  /**
   * @param {Picture} picture
   * @param {number} at
   * @param {number} count
   */
  #write({ column, rows }, at, count) {
    if (count <= 0) {
      return 0;
    }
    this.ring.write(column + at, rows.subarray(at * BANDS, (at + count) * BANDS));
    return count;
  }
}
