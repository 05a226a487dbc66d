import { HEARD, UNHEARD } from './colours.js';
import { Sheet } from './sheet.js';
import { FUTURE, PAST } from './view.js';

/** @typedef {import('./view.js').View} View */

/** Where the picture lies, as parts of the canvas' height: below the words and above the field. */
const TOP = 0.34;
const TALL = 0.42;

/** The same where nothing else is shown. */
const TOP_ALONE = 0.1;
const TALL_ALONE = 0.8;

/** Columns of one page, where the picture stands still and the playhead walks, and of its edges. */
const PAGE = 900;
const EDGE = 40;

/**
 * The same timeline as a plain picture, left to right. For people who asked for less motion the picture stands still,
 * the playhead walks over it, and a new page comes every nine seconds.
 *
 * @implements {View}
 */
export class Flat {
  frugal = false;
  #column = 0;
  #left = 0;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import('./ring.js').Ring} ring
   * @param {() => boolean} still whether the picture stands and the playhead moves
   */
  constructor(canvas, ring, still) {
    this.canvas = canvas;
    this.ring = ring;
    this.still = still;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    this.heard = new Sheet(HEARD);
    this.unheard = new Sheet(UNHEARD);
    this.resize();
  }

  get past() {
    return this.still() ? PAGE + EDGE : PAST;
  }

  resize() {
    const ratio = Math.min(devicePixelRatio, 2);
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
  }

  /** @param {import('./view.js').Frame} frame */
  draw({ column, rise, marks }) {
    for (const change of this.ring.takeChanges()) {
      this.heard.paint(this.ring, change);
      this.unheard.paint(this.ring, change);
    }
    const { context } = this;
    const { width, height } = this.canvas;
    const { top, tall } = this.#place();
    this.#column = column;
    this.#left = this.still() ? Math.floor(column / PAGE) * PAGE - EDGE : column - PAST;
    const right = this.#left + this.#shown;
    const ratio = width / this.canvas.clientWidth;
    context.clearRect(0, 0, width, height);
    context.save();
    context.scale(ratio, ratio);
    context.globalAlpha = 0.35 + 0.65 * rise;
    this.heard.draw(context, this.#left, column, { x: 0, y: top, width: this.#x(column), height: tall });
    const rest = this.canvas.clientWidth - this.#x(column);
    this.unheard.draw(context, column, right, { x: this.#x(column), y: top, width: rest, height: tall });
    context.globalAlpha = 1;
    context.fillStyle = 'rgb(192 219 255 / 0.6)';
    marks.forEach(mark => this.#rule(mark, top, tall, 1));
    context.fillStyle = 'rgb(255 59 71 / 0.16)';
    this.#rule(column, top - 6, tall + 12, 14);
    context.fillStyle = '#ff3b47';
    this.#rule(column, top - 6, tall + 12, 2);
    context.restore();
    return false;
  }

  /**
   * @param {number} ahead
   * @returns {import('./view.js').Spot | null}
   */
  spot(ahead) {
    const x = this.#x(this.#column + ahead);
    return x < 0 || x > this.canvas.clientWidth * 0.98 ? null : { x, y: this.#place().top, near: 1 };
  }

  /** @param {number} part */
  tick(part) {
    const { top, tall } = this.#place();
    return { x: 0, y: top + (1 - part) * tall, near: 1 };
  }

  pace() {
    return { x: this.canvas.clientWidth / this.#shown, y: 0 };
  }

  turn() {
    // A flat picture has one side only.
  }

  zoom() {
    // All that there is to see is in view.
  }

  reset() {
    // It never was anywhere else.
  }

  coarsen() {
    // There is nothing to leave out.
  }

  get #shown() {
    return this.still() ? PAGE + 2 * EDGE : PAST + FUTURE;
  }

  /** In CSS pixels. */
  #place() {
    const height = this.canvas.clientHeight;
    const alone = document.body.dataset.idle === 'true';
    return { top: height * (alone ? TOP_ALONE : TOP), tall: height * (alone ? TALL_ALONE : TALL) };
  }

  /** @param {number} column */
  #x(column) {
    return ((column - this.#left) / this.#shown) * this.canvas.clientWidth;
  }

  /**
   * @param {number} column
   * @param {number} top
   * @param {number} tall
   * @param {number} thick
   */
  #rule(column, top, tall, thick) {
    this.context.fillRect(this.#x(column) - thick / 2, top, thick, tall);
  }
}
