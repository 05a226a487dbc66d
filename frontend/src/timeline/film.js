import { Pictures } from './pictures.js';
import { Roll } from './roll.js';

/** Columns around the view whose pictures are at hand before they come into it. */
const MARGIN = 400;

/** Steps in which the view moves before its surroundings are looked at again. */
const STEP = 32;

/** @typedef {import('../sound/tape.js').Clip} Clip */

/** Holds the pictures of the clips around the view, a handful, and shows them in the ring. */
export class Film {
  #pictures = new Pictures();
  /** @type {Roll<Clip>} */
  #roll;
  /** @type {Set<Clip>} clips whose pictures are on their way, or could not be had */
  #asked = new Set();
  /** Where and how the surroundings were looked at last. */
  #seen = '';

  /**
   * @param {import('./ring.js').Ring} ring
   * @param {import('./score.js').Score} score
   * @param {() => void} onPicture
   */
  constructor(ring, score, onPicture) {
    this.#roll = new Roll(ring);
    this.score = score;
    this.onPicture = onPicture;
  }

  /**
   * Decodes a picture that belongs to no clip yet.
   *
   * @param {ArrayBuffer} png
   * @param {number} columns
   */
  read(png, columns) {
    return this.#pictures.read(png, columns);
  }

  /**
   * @param {number} from first column in view
   * @param {number} to column after the last one
   * @param {number} most how many columns may appear at once
   * @returns {boolean} whether more will appear
   */
  show(from, to, most) {
    const seen = `${Math.floor(from / STEP)} ${to - from} ${this.score.version}`;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#gather(from - MARGIN, to + MARGIN);
    }
    return this.#roll.advance(from, to, most);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #gather(from, to) {
    this.#roll.drop(clip => !this.score.has(clip));
    this.#roll.keep((column, columns) => column < to && column + columns > from);
    const clips = this.score.clips(from, to);
    this.#asked.forEach(clip => clips.includes(clip) || this.#asked.delete(clip));
    for (const clip of clips) {
      if (!this.#roll.has(clip) && !this.#asked.has(clip)) {
        this.#asked.add(clip);
        void this.#get(clip);
      }
    }
  }

  /**
   * A picture that cannot be had leaves its stretch empty; the music does not depend on it.
   *
   * @param {Clip} clip
   */
  async #get(clip) {
    const { column, columns } = this.score.stretch(clip);
    const rows = await this.score
      .picture(clip)
      .then(png => this.#pictures.read(png, columns))
      .catch(() => null);
    // Meanwhile the view may be elsewhere.
    if (rows && this.#asked.delete(clip)) {
      this.#roll.add(clip, column, rows);
      this.onPicture();
    }
  }
}
