import { HEARD, UNHEARD } from './colours.js';
import { Strip } from './strip.js';
import { FUTURE, MARKS, PAST } from './view.js';

/** @typedef {import('./view.js').View} View */

/** Where the picture lies, as parts of the height: below the words and above the field. */
const TOP = 0.34;
const BOTTOM = 0.76;

/** What the field and its neighbours take at least, in rem, where they are side by side and where they are not. */
const FIELD = 11.4;
const FIELD_NARROW = 14.2;
const NARROW = 1180;

/** The same where nothing else is shown. */
const TOP_ALONE = 0.1;
const BOTTOM_ALONE = 0.9;

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
  element = box('flat');
  zooms = false;
  #column = 0;
  #size = { width: 1, height: 1, field: 0 };
  #unheard = { strip: new Strip(UNHEARD), window: box('window') };
  #heard = { strip: new Strip(HEARD), window: box('window') };
  #band = box('band');
  #playhead = box('playhead');
  #rules = Array.from({ length: MARKS }, () => box('rule'));

  /**
   * @param {import('./ring.js').Ring} ring
   * @param {() => boolean} still whether the picture stands and the playhead moves
   * @param {boolean} slow whether there is no graphics card
   */
  constructor(ring, still, slow) {
    this.ring = ring;
    this.still = still;
    this.slow = slow;
    for (const { strip, window } of [this.#unheard, this.#heard]) {
      window.append(strip.element);
      this.#band.append(window);
    }
    this.element.append(this.#band, ...this.#rules, this.#playhead);
  }

  get frugal() {
    return this.slow && this.still();
  }

  /** @param {number} column */
  window(column) {
    if (!this.still()) {
      return { from: column - PAST, to: column + FUTURE };
    }
    // The sound begins a little before its picture.
    const page = Math.floor(Math.max(0, column) / PAGE) * PAGE;
    return { from: page - EDGE, to: page + PAGE + EDGE };
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.element;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.#size = { width, height, field: rem * (width > NARROW ? FIELD : FIELD_NARROW) };
  }

  /** @param {import('./view.js').Frame} frame */
  draw({ column, rise, marks }) {
    for (const change of this.ring.takeChanges()) {
      this.#heard.strip.paint(this.ring, change);
      this.#unheard.strip.paint(this.ring, change);
    }
    this.#column = column;
    const { width } = this.#size;
    const { top, tall } = this.#place();
    const { from, to } = this.window(column);
    const wide = width / (to - from);
    const x = (column - from) * wide;
    set(this.#band, 'transform', `translateY(${top}px)`);
    set(this.#band, 'height', `${tall}px`);
    set(this.#band, 'opacity', String(0.35 + 0.65 * rise));
    set(this.#heard.window, 'width', `${x}px`);
    set(this.#unheard.window, 'left', `${x}px`);
    // A column stands for the moment in its middle.
    this.#heard.strip.move(from + 0.5, wide, tall, 0);
    this.#unheard.strip.move(from + 0.5, wide, tall, -x);
    this.#rule(this.#playhead, x, top - 6, tall + 12);
    this.#rules.forEach((rule, i) => {
      rule.hidden = !(i < marks.length);
      if (!rule.hidden) {
        this.#rule(rule, (marks[i] - from) * wide, top, tall);
      }
    });
    return false;
  }

  /**
   * @param {number} ahead
   * @returns {import('./view.js').Spot | null}
   */
  spot(ahead) {
    const { from, to } = this.window(this.#column);
    const x = ((this.#column + ahead - from) / (to - from)) * this.#size.width;
    return x < 0 || x > this.#size.width * 0.98 ? null : { x, y: this.#place().top, near: 1, after: true };
  }

  /** @param {number} part */
  tick(part) {
    const { top, tall } = this.#place();
    return { x: 0, y: top + (1 - part) * tall, near: 1 };
  }

  /** @param {number} x */
  under(x) {
    const { from, to } = this.window(this.#column);
    return from + (x / this.#size.width) * (to - from) - this.#column;
  }

  pace() {
    const { from, to } = this.window(this.#column);
    return { x: this.#size.width / (to - from), y: 0 };
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

  /** In CSS pixels. */
  #place() {
    const { height, field } = this.#size;
    if (document.body.dataset.idle === 'true') {
      return { top: height * TOP_ALONE, tall: height * (BOTTOM_ALONE - TOP_ALONE) };
    }
    return { top: height * TOP, tall: Math.min(height * BOTTOM, height - field) - height * TOP };
  }

  /**
   * @param {HTMLElement} element
   * @param {number} x
   * @param {number} top
   * @param {number} tall
   */
  #rule(element, x, top, tall) {
    set(element, 'transform', `translate(${x}px, ${top}px)`);
    set(element, 'height', `${tall}px`);
  }
}

/** @param {string} name */
function box(name) {
  const element = document.createElement('div');
  element.className = name;
  return element;
}

/**
 * Writing what is there already would still cost a look at the style.
 *
 * @param {HTMLElement} element
 * @param {'transform' | 'height' | 'width' | 'left' | 'opacity'} property
 * @param {string} value
 */
function set(element, property, value) {
  if (element.style[property] !== value) {
    element.style[property] = value;
  }
}
