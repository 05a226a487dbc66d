import { Film } from './film.js';
import { watchHands } from './gestures.js';
import { Labels } from './labels.js';
import { overture } from './overture.js';
import { COLUMNS, Ring } from './ring.js';
import { RATE } from './score.js';
import { Stage } from './stage.js';
import { MARKS, PAST } from './view.js';

/**
 * @typedef {object} Pull what a listener does with time
 * @property {() => number} grab holds the music; tells which second of the tape is held
 * @property {(seconds: number) => void} hold another moment
 * @property {() => void} drop plays on from there
 */

/** Columns by which what is shown moves on. */
const STEP = 16;

/** Columns that are unrolled in a second: a new clip sweeps to the horizon. */
const SWEEP = 700;

/** A clip's width. */
const SKETCH_COLUMNS = 512;

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

/** A wheel that has rested for so long has been let go. */
const WHEEL_REST_MS = 250;

/** What one press of a key does. */
const STEP_RADIANS = 0.12;
const STEP_ZOOM = 1.15;

/** CSS pixels for a radian. */
const PIXELS_PER_RADIAN = 400;

/** A wheel that goes through time does so at this pace. */
const PIXELS_PER_SECOND = 100;

/** The rolling picture of the music. It draws only while something moves, and never in a hidden tab. */
export class Timeline {
  #ring = new Ring();
  /** @type {Film} */
  #film;
  #rise = 0;
  #moving = false;
  /** Whether a listener holds the music; then everything appears at once. */
  #held = false;
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
   * @param {HTMLElement} element where it is drawn
   * @param {HTMLElement} flags where the labels go
   * @param {import('./score.js').Score} score
   * @param {Pull} pull
   * @param {(hertz: number) => string} pitch the name of a pitch
   */
  constructor(element, flags, score, pull, pitch) {
    this.score = score;
    this.pull = pull;
    this.labels = new Labels(flags, pitch);
    this.stage = new Stage(element, this.#ring);
    this.stage.addEventListener('change', () => this.#changed());
    this.#film = new Film(this.#ring, score, () => this.wake());
    this.#ring.write(-PAST, overture());
    new ResizeObserver(() => {
      this.#view?.resize();
      this.wake();
    }).observe(element);
    document.addEventListener('visibilitychange', () => this.wake());
    this.#watchHands(element);
  }

  get #view() {
    return this.stage.view;
  }

  /** Chooses the view. Until it is there, everything but drawing goes on. */
  async open() {
    await this.stage.open();
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
   * @param {ArrayBuffer} png
   */
  async sketch(png) {
    const rows = await this.#film.read(png, SKETCH_COLUMNS);
    if (this.#untouched) {
      this.#ring.blank(0, COLUMNS);
      this.#ring.write(0, rows);
      this.wake();
    }
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

  /** Asks for a frame. */
  wake() {
    if (!document.hidden && !this.#frame) {
      clearTimeout(this.#rest);
      this.#frame = requestAnimationFrame(stamp => this.#draw(stamp / 1000));
    }
  }

  #changed() {
    document.body.dataset.view = this.stage.kind;
    document.body.dataset.frugal = String(this.#view?.frugal ?? false);
    this.wake();
  }

  /**
   * @param {number} wall
   * @param {boolean} still
   */
  #draw(wall, still = false) {
    this.#frame = 0;
    const view = this.#view;
    if (!view) {
      return;
    }
    const elapsed = Math.min(1, wall - this.#lastFrame);
    this.#lastFrame = wall;
    this.#rise = this.stage.reduced ? 1 : Math.min(1, this.#rise + Math.min(0.1, elapsed) / RISE_SECONDS);
    const column = this.score.column(wall);
    const { from, to } = view.window(column);
    const sweeping = this.#unroll(from, to, elapsed);
    if (this.#flowing) {
      this.#watch(elapsed);
    }
    const marks = this.score.marks(from, to).slice(-MARKS);
    const columns = marks.map(mark => mark.column);
    const turning = view.draw({ column, rise: ease(this.#rise), marks: columns, still, elapsed });
    this.#flowing = this.#moving || sweeping || turning || this.#rise < 1;
    this.labels.place(marks, column, view);
    if (this.#flowing && view.frugal) {
      this.#rest = setTimeout(() => this.wake(), FRUGAL_MS);
    } else if (this.#flowing) {
      this.wake();
    } else if (!still) {
      this.#rest = setTimeout(() => this.#draw(performance.now() / 1000, true), REST_MS);
    }
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {number} elapsed
   */
  #unroll(from, to, elapsed) {
    const most = this.#held || this.stage.reduced ? COLUMNS : Math.ceil(SWEEP * elapsed);
    // In whole steps, so that not every frame has something to write.
    return !this.#untouched && this.#film.show(Math.floor(from / STEP) * STEP, Math.ceil(to / STEP) * STEP, most);
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

  /**
   * @param {number} x steps to the right
   * @param {number} y steps upwards
   */
  turn(x, y) {
    this.#look(view => view.turn(STEP_RADIANS * x, STEP_RADIANS * y));
  }

  /** @param {number} steps nearer */
  zoom(steps) {
    this.#look(view => view.zoom(STEP_ZOOM ** steps));
  }

  reset() {
    this.#look(view => view.reset());
  }

  /** @param {(view: import('./view.js').View) => void} act */
  #look(act) {
    if (this.#view) {
      act(this.#view);
      this.wake();
    }
  }

  /** @param {HTMLElement} element */
  #watchHands(element) {
    /** What stays under the finger: so many seconds into the tape. */
    let grabbed = 0;
    const under = (/** @type {number} */ x, /** @type {number} */ y) => (this.#view?.under(x, y) ?? 0) / RATE;
    const grab = (/** @type {number} */ x, /** @type {number} */ y) => {
      this.#held = true;
      grabbed = this.pull.grab() + under(x, y);
    };
    const drop = () => {
      this.#held = false;
      this.pull.drop();
      this.wake();
    };
    let scrolled = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let wheel;
    watchHands(
      element,
      {
        along: (x, y) => {
          const pace = this.#view?.pace() ?? { x: 0, y: 1 };
          return Math.abs(x * pace.x + y * pace.y) >= Math.abs(x * pace.y - y * pace.x);
        },
        grab,
        pull: (x, y) => {
          this.pull.hold(grabbed - under(x, y));
          this.wake();
        },
        drop,
        turn: (x, y) => this.#look(view => view.turn(-x / PIXELS_PER_RADIAN, y / PIXELS_PER_RADIAN)),
        zoom: factor => this.#look(view => view.zoom(factor)),
        reset: () => this.reset(),
      },
      pixels => {
        if (wheel === undefined) {
          this.#held = true;
          grabbed = this.pull.grab();
          scrolled = 0;
        }
        clearTimeout(wheel);
        scrolled += pixels;
        this.pull.hold(grabbed + scrolled / PIXELS_PER_SECOND);
        this.wake();
        wheel = setTimeout(() => {
          wheel = undefined;
          drop();
        }, WHEEL_REST_MS);
      },
      () => this.#view?.zooms ?? false,
    );
  }
}

/** @param {number} x */
const ease = x => 1 - (1 - x) ** 3;
