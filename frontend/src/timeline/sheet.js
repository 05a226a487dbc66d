import { palette } from './colours.js';
import { BANDS, COLUMNS, rowOf } from './ring.js';

/** The ring in colour, each of its rows a column of pixels. */
export class Sheet {
  #picture = new OffscreenCanvas(COLUMNS, BANDS);
  #paint = /** @type {OffscreenCanvasRenderingContext2D} */ (this.#picture.getContext('2d'));
  #colours;

  /** @param {import('./colours.js').Ramp} ramp */
  constructor(ramp) {
    this.#colours = palette(ramp, loud => Math.min(1, 3 * loud));
  }

  /**
   * @param {import('./ring.js').Ring} ring
   * @param {{row: number, rows: number}} change
   */
  paint(ring, { row, rows }) {
    const image = new ImageData(rows, BANDS);
    const pixels = new Uint32Array(image.data.buffer);
    for (let x = 0; x < rows; x++) {
      for (let band = 0; band < BANDS; band++) {
        pixels[(BANDS - 1 - band) * rows + x] = this.#colours[ring.data[(row + x) * BANDS + band]];
      }
    }
    this.#paint.putImageData(image, row, 0);
  }

  /**
   * Draws a stretch of the tape, which lies in one piece or in two, as the ring closes somewhere.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} from column; may have a fraction
   * @param {number} to column
   * @param {{x: number, y: number, width: number, height: number}} into
   */
  draw(context, from, to, { x, y, width, height }) {
    const scale = width / (to - from);
    for (let at = from; at < to; ) {
      const whole = Math.floor(at);
      const row = rowOf(whole) + at - whole;
      const count = Math.min(to - at, COLUMNS - row);
      context.drawImage(this.#picture, row, 0, count, BANDS, x + (at - from) * scale, y, count * scale, height);
      at += count;
    }
  }
}
