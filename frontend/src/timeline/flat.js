import { BANDS, COLUMNS, rowOf } from './ring.js';
import { FUTURE, PAST } from './view.js';

/** @typedef {import('./view.js').View} View */

/** Where the picture lies, as parts of the canvas' height: below the words and above the field. */
const TOP = 0.34;
const TALL = 0.42;

/** Columns of one page, where the picture stands still and the playhead walks. */
const PAGE = 900;

/**
 * The same timeline as a plain picture, left to right, for browsers without WebGL and for people who asked for less
 * motion: for them the picture stands still, the playhead walks over it, and a new page comes every nine seconds.
 *
 * @implements {View}
 */
export class Flat {
  /** The ring in colour, one column of pixels for each row. */
  #picture = new OffscreenCanvas(COLUMNS, BANDS);
  #paint = /** @type {OffscreenCanvasRenderingContext2D} */ (this.#picture.getContext('2d'));
  #left = 0;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import('./ring.js').Ring} ring
   * @param {boolean} still whether the picture stands and the playhead moves
   */
  constructor(canvas, ring, still) {
    this.canvas = canvas;
    this.ring = ring;
    this.still = still;
    this.frugal = false;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    this.colours = colours();
    this.resize();
  }

  resize() {
    const ratio = Math.min(devicePixelRatio, 2);
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
  }

  /** @param {import('./view.js').Frame} frame */
  draw({ column, rise, marks }) {
    this.#repaint();
    const { width, height } = this.canvas;
    const { context } = this;
    this.#left = this.still ? Math.floor(column / PAGE) * PAGE - 40 : column - PAST;
    const top = height * TOP;
    const tall = height * TALL;
    context.clearRect(0, 0, width, height);
    context.globalAlpha = 0.35 + 0.65 * rise;
    const shown = this.#shown();
    // The ring closes somewhere; what is in view lies in one piece or in two.
    for (let done = 0; done < shown; ) {
      const row = rowOf(Math.floor(this.#left) + done);
      const count = Math.min(shown - done, COLUMNS - row);
      const x = (this.#x(Math.floor(this.#left) + done) * width) / this.canvas.clientWidth;
      context.drawImage(this.#picture, row, 0, count, BANDS, x, top, (count / shown) * width, tall);
      done += count;
    }
    context.globalAlpha = 1;
    context.fillStyle = '#c0dbff';
    marks.forEach(mark => this.#rule(mark, top, tall, 1));
    context.fillStyle = '#ff3b47';
    this.#rule(column, top, tall, 2);
    this.column = column;
  }

  /**
   * @param {number} ahead
   * @returns {import('./view.js').Spot | null}
   */
  spot(ahead) {
    const x = this.#x((this.column ?? 0) + ahead);
    return x < 0 || x > this.canvas.clientWidth * 0.95 ? null : { x, y: this.canvas.clientHeight * TOP, near: 1 };
  }

  turn() {
    // A flat picture has one side only.
  }

  coarsen() {
    // There is nothing to leave out.
  }

  #shown() {
    return this.still ? PAGE + 80 : PAST + FUTURE;
  }

  /** @param {number} column */
  #x(column) {
    return ((column - this.#left) / this.#shown()) * this.canvas.clientWidth;
  }

  /**
   * @param {number} column
   * @param {number} top
   * @param {number} tall
   * @param {number} thick in CSS pixels
   */
  #rule(column, top, tall, thick) {
    const ratio = this.canvas.width / this.canvas.clientWidth;
    this.context.fillRect(this.#x(column) * ratio - (thick * ratio) / 2, top, thick * ratio, tall);
  }

  #repaint() {
    for (const { row, rows } of this.ring.takeChanges()) {
      const image = new ImageData(rows, BANDS);
      const pixels = new Uint32Array(image.data.buffer);
      for (let x = 0; x < rows; x++) {
        for (let band = 0; band < BANDS; band++) {
          pixels[(BANDS - 1 - band) * rows + x] = this.colours[this.ring.data[(row + x) * BANDS + band]];
        }
      }
      this.#paint.putImageData(image, row, 0);
    }
  }
}

/** Nothing to magenta to pale yellow, as little-endian RGBA. */
function colours() {
  const stops = [
    [30, 20, 90],
    [30, 20, 90],
    [51, 23, 102],
    [184, 46, 115],
    [252, 133, 77],
    [255, 240, 189],
  ];
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const at = (i / 255) * (stops.length - 1);
    const from = stops[Math.floor(at)];
    const to = stops[Math.ceil(at)];
    const [r, g, b] = from.map((value, c) => Math.round(value + (to[c] - value) * (at % 1)));
    const alpha = Math.round(255 * Math.min(1, Math.max(0, at - 0.8)));
    return (alpha << 24) | (b << 16) | (g << 8) | r;
  });
}
