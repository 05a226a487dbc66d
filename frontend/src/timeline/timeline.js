import { Flat } from './flat.js';
import { Labels } from './labels.js';
import { overture } from './overture.js';
import { Pictures } from './pictures.js';
import { COLUMNS, Ring } from './ring.js';
import { Roll } from './roll.js';
import { FUTURE, MARKS, PAST } from './view.js';

/** Columns of a picture in a second. */
const RATE = 100;

/** Columns that are unrolled in a second: a new clip sweeps to the horizon. */
const SWEEP = 700;

/** A clip's width, and how far ahead of the playhead it is sketched. */
const SKETCH_COLUMNS = 512;
const SKETCH_AHEAD = 20;

/** Rest before a picture that stands still is drawn once more, finer. */
const REST_MS = 1_000;

/** Between frames where frames are dear. */
const FRUGAL_MS = 100;

/** Frames slower than this, several in a row and for that long together, are too much for the device. */
const SLOW_SECONDS = 0.045;
const SLOW_FRAMES = 2;
const SLOW_TOGETHER_SECONDS = 0.4;

/** Seconds that the landscape takes to rise. */
const RISE_SECONDS = 1.2;

/**
 * The rolling picture of the music. It draws only while something moves: never in a hidden tab, and never again after a
 * pause has been drawn.
 */
export class Timeline {
  #ring = new Ring();
  #roll = new Roll(this.#ring, PAST, FUTURE);
  #pictures = new Pictures();
  /** @type {import('./view.js').View | null} */
  #view = null;
  /** @type {{column: number, text: string}[]} */
  #marks = [];
  #rise = 0;
  #moving = false;
  #frame = 0;
  #lastFrame = 0;
  /** @type {number[]} how long the last frames took, if they were slow */
  #slow = [];
  /** Whether the frame before asked for this one. */
  #flowing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  /** Whether the imagined piece is still there. */
  #untouched = true;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} flags where the labels go
   * @param {(wall: number) => number} now seconds of the audible audio clock
   */
  constructor(canvas, flags, now) {
    this.canvas = canvas;
    this.now = now;
    this.labels = new Labels(flags);
    this.#ring.write(-PAST, overture());
    new ResizeObserver(() => {
      this.#view?.resize();
      this.wake();
    }).observe(canvas);
    document.addEventListener('visibilitychange', () => this.wake());
  }

  /** Chooses the view. Until it is there, everything but drawing goes on. */
  async open() {
    this.#view = await chooseView(this.canvas, this.#ring);
    document.body.dataset.frugal = String(this.#view.frugal);
    dragToTurn(this.canvas, (x, y) => {
      this.#view?.turn(x, y);
      this.wake();
    });
    this.wake();
  }

  /** Takes the imagined piece away, before the first real one comes. */
  clear() {
    this.#untouched = false;
    this.#ring.blank(0, COLUMNS);
    this.#rise = 0;
    this.wake();
  }

  /**
   * Shows what there is of the first picture, where it will begin.
   *
   * @param {ArrayBuffer} png is given away
   */
  async sketch(png) {
    const rows = await this.#pictures.read(png, SKETCH_COLUMNS);
    if (this.#untouched) {
      this.#ring.blank(0, COLUMNS);
      this.#ring.write(Math.round(this.now(performance.now() / 1000) * RATE) + SKETCH_AHEAD, rows);
      this.wake();
    }
  }

  /**
   * @param {number} time of the picture's left edge, in seconds of the audio clock
   * @param {number} seconds that it spans
   * @param {ArrayBuffer} png
   */
  async add(time, seconds, png) {
    this.#roll.add(Math.round(time * RATE), await this.#pictures.read(png, Math.round(seconds * RATE)));
    this.wake();
  }

  /**
   * @param {number} time in seconds of the audio clock
   * @param {string} text
   */
  mark(time, text) {
    this.#marks = [...this.#marks, { column: time * RATE, text }].slice(-MARKS);
    this.wake();
  }

  /**
   * Tells whether the music moves.
   *
   * @param {boolean} moving
   */
  move(moving) {
    if (moving !== this.#moving) {
      this.#moving = moving;
      this.wake();
    }
  }

  /** Asks for a frame; in a hidden tab only the bookkeeping is done. */
  wake() {
    if (document.hidden && !this.#untouched) {
      this.#roll.advance(this.now(performance.now() / 1000) * RATE, COLUMNS);
    } else if (!this.#frame) {
      clearTimeout(this.#rest);
      this.#frame = requestAnimationFrame(stamp => this.#draw(stamp / 1000));
    }
  }

  /**
   * @param {number} wall
   * @param {boolean} still
   */
  #draw(wall, still = false) {
    this.#frame = 0;
    if (!this.#view) {
      return;
    }
    const elapsed = Math.min(1, wall - this.#lastFrame);
    this.#lastFrame = wall;
    this.#rise = Math.min(1, this.#rise + Math.min(0.1, elapsed) / RISE_SECONDS);
    const column = this.now(wall) * RATE;
    const sweeping = !this.#untouched && this.#roll.advance(column, Math.ceil(SWEEP * elapsed));
    if (this.#flowing) {
      this.#watch(elapsed);
    }
    this.#flowing = this.#moving || sweeping || this.#rise < 1;
    const marks = this.#marks.map(mark => mark.column);
    this.#view.draw({ column, rise: ease(this.#rise), marks, still });
    this.labels.place(this.#marks, column, this.#view);
    if (this.#flowing && this.#view.frugal) {
      this.#rest = setTimeout(() => this.wake(), FRUGAL_MS);
    } else if (this.#flowing) {
      this.wake();
    } else if (!still) {
      this.#rest = setTimeout(() => this.#draw(performance.now() / 1000, true), REST_MS);
    }
  }

  /**
   * Music comes first: a device that cannot draw fluently is given less to draw.
   *
   * @param {number} elapsed seconds since the frame before
   */
  #watch(elapsed) {
    this.#slow = elapsed > SLOW_SECONDS ? [...this.#slow, elapsed] : [];
    const together = this.#slow.reduce((sum, seconds) => sum + seconds, 0);
    if (this.#slow.length >= SLOW_FRAMES && together > SLOW_TOGETHER_SECONDS) {
      this.#slow = [];
      this.#view?.coarsen();
    }
  }
}

/** @param {number} x */
const ease = x => 1 - (1 - x) ** 3;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Ring} ring
 */
async function chooseView(canvas, ring) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!still && document.createElement('canvas').getContext('webgl2')) {
    try {
      const { Terrain } = await import('./terrain.js');
      const terrain = new Terrain(canvas, ring);
      await terrain.prepare();
      return terrain;
    } catch (error) {
      console.warn('The landscape cannot be drawn; a flat picture takes its place.', error);
    }
  }
  return new Flat(canvas, ring, still);
}

/**
 * @param {HTMLElement} element
 * @param {(x: number, y: number) => void} turn
 */
function dragToTurn(element, turn) {
  element.addEventListener('pointerdown', ({ pointerId }) => element.setPointerCapture(pointerId));
  element.addEventListener('pointermove', event => {
    if (element.hasPointerCapture(event.pointerId)) {
      turn(-event.movementX / 400, event.movementY / 400);
    }
  });
}
