import { palette } from './colours.js';
import { BANDS, COLUMNS, rowOf } from './ring.js';

/** Columns of a tile. Small ones are quick to bring to the screen when they change. */
const TILE = 256;

/**
 * The ring in colour, as tiles side by side. The browser's compositor moves and stretches them; only what changes is
 * painted, a few columns at a time.
 */
export class Strip {
  element = document.createElement('div');
  #tiles;
  #colours;
  #origin = NaN;

  /** @param {import('./colours.js').Ramp} ramp */
  constructor(ramp) {
    this.#colours = palette(ramp, loud => Math.min(1, 3 * loud));
    this.element.className = 'strip';
    this.#tiles = Array.from({ length: COLUMNS / TILE }, () => tile());
    this.element.append(...this.#tiles.map(context => context.canvas));
  }

  /**
   * @param {import('./ring.js').Ring} ring
   * @param {{row: number, rows: number}} change
   */
  paint(ring, { row, rows }) {
    for (let done = 0; done < rows; ) {
      const at = row + done;
      const within = at % TILE;
      const count = Math.min(rows - done, TILE - within);
      const image = this.#image(ring, at, count);
      this.#tiles[Math.floor(at / TILE)].putImageData(image, within, 0);
      if (within === 0) {
        // Tiles overlap by a column, or there would be a seam between them.
        this.#tiles[(at / TILE + this.#tiles.length - 1) % this.#tiles.length].putImageData(image, TILE, 0, 0, 0, 1, BANDS);
      }
      done += count;
    }
  }

  /**
   * @param {number} left column at the left edge; may have a fraction
   * @param {number} wide CSS pixels of a column
   * @param {number} tall CSS pixels of all bands
   * @param {number} x where the left edge lies
   */
  move(left, wide, tall, x) {
    const origin = Math.floor(left / TILE) * TILE;
    if (origin !== this.#origin) {
      this.#origin = origin;
      this.#tiles.forEach(({ canvas }, i) => {
        const place = rowOf(i * TILE - origin);
        canvas.style.transform = `translateX(${place}px)`;
      });
    }
    this.element.style.transform = `translateX(${x}px) scale(${wide}, ${tall / BANDS}) translateX(${origin - left}px)`;
  }

  /**
   * @param {import('./ring.js').Ring} ring
   * @param {number} row
   * @param {number} count
   */
  #image(ring, row, count) {
    const image = new ImageData(count, BANDS);
    const pixels = new Uint32Array(image.data.buffer);
    for (let x = 0; x < count; x++) {
      for (let band = 0; band < BANDS; band++) {
        pixels[(BANDS - 1 - band) * count + x] = this.#colours[ring.data[(row + x) * BANDS + band]];
      }
    }
    return image;
  }
}

function tile() {
  const canvas = document.createElement('canvas');
  canvas.width = TILE + 1;
  canvas.height = BANDS;
  // Painted by the processor in any case, so that is where it should be.
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
}
