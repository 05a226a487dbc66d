/**
 * What hands do with the timeline. One finger or the left button pulls it through time, as long as it pulls along the
 * axis of time; across, it turns the view, as two fingers, the right button and Shift do anyway. Spreading two fingers or
 * the wheel zooms; two taps bring the view back.
 *
 * @typedef {object} Touch what is used of a PointerEvent
 * @property {number} pointerId
 * @property {number} clientX
 * @property {number} clientY
 * @property {number} button
 * @property {boolean} shiftKey
 * @property {number} timeStamp in ms
 *
 * @typedef {object} Deeds
 * @property {(x: number, y: number) => boolean} along whether a way on the screen is one along the axis of time
 * @property {(x: number, y: number) => void} grab what is at a place of the page
 * @property {(x: number, y: number) => void} pull it to a place of the page
 * @property {() => void} drop
 * @property {(x: number, y: number) => void} turn by CSS pixels
 * @property {(factor: number) => void} zoom above 1 to come nearer
 * @property {() => void} reset
 */

/** A hand that trembles less than this, in CSS pixels, has not begun to pull. */
const TREMBLE = 5;

/** Two taps within this time and distance belong together. */
const TWICE_MS = 350;
const TWICE_PIXELS = 30;

export class Gestures {
  /** @type {Map<number, {x: number, y: number}>} */
  #touches = new Map();
  /** @type {'none' | 'tap' | 'pull' | 'turn' | 'pinch' | 'over'} */
  #mode = 'none';
  #began = { x: 0, y: 0 };
  #lastTap = { x: 0, y: 0, at: -Infinity };

  /** @param {Deeds} deeds */
  constructor(deeds) {
    this.deeds = deeds;
  }

  /** @param {Touch} touch */
  down({ pointerId, clientX: x, clientY: y, button, shiftKey }) {
    this.#touches.set(pointerId, { x, y });
    if (this.#touches.size === 1) {
      this.#began = { x, y };
      this.#mode = button !== 0 || shiftKey ? 'turn' : 'tap';
    } else {
      this.#leave();
      this.#mode = this.#touches.size === 2 ? 'pinch' : 'over';
    }
  }

  /** @param {Touch} touch */
  move({ pointerId, clientX: x, clientY: y }) {
    const before = this.#touches.get(pointerId);
    if (!before) {
      return;
    }
    const spread = this.#spread();
    this.#touches.set(pointerId, { x, y });
    const fromStart = { x: x - this.#began.x, y: y - this.#began.y };
    if (this.#mode === 'tap' && Math.hypot(fromStart.x, fromStart.y) > TREMBLE) {
      this.#mode = this.deeds.along(fromStart.x, fromStart.y) ? 'pull' : 'turn';
      if (this.#mode === 'pull') {
        this.deeds.grab(this.#began.x, this.#began.y);
      }
    }
    if (this.#mode === 'pull') {
      this.deeds.pull(x, y);
    } else if (this.#mode === 'turn') {
      this.deeds.turn(x - before.x, y - before.y);
    } else if (this.#mode === 'pinch') {
      // Each finger has its half of the way.
      this.deeds.turn((x - before.x) / 2, (y - before.y) / 2);
      this.deeds.zoom(this.#spread() / Math.max(1, spread));
    }
  }

  /** @param {Touch} touch */
  up({ pointerId, clientX: x, clientY: y, timeStamp: at }) {
    if (!this.#touches.delete(pointerId)) {
      return;
    }
    if (this.#mode === 'tap') {
      const lastTap = this.#lastTap;
      const again = at - lastTap.at < TWICE_MS && Math.hypot(x - lastTap.x, y - lastTap.y) < TWICE_PIXELS;
      this.#lastTap = { x, y, at: again ? -Infinity : at };
      if (again) {
        this.deeds.reset();
      }
    }
    this.#leave();
    this.#mode = this.#touches.size === 0 ? 'none' : 'over';
  }

  /** @param {Touch} touch */
  cancel({ pointerId }) {
    this.#touches.delete(pointerId);
    this.#leave();
    this.#mode = this.#touches.size === 0 ? 'none' : 'over';
  }

  #leave() {
    if (this.#mode === 'pull') {
      this.deeds.drop();
    }
  }

  #spread() {
    const [a, b] = this.#touches.values();
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }
}

/** Part of a zoom for one CSS pixel of a wheel. */
const WHEEL_ZOOM = 0.0015;

/**
 * What a turn of the wheel does: sideways or with Shift it goes through time, else it zooms; where there is nothing to zoom,
 * every turn goes through time, but for a spread of two fingers, which browsers tell as a wheel with Control.
 *
 * @param {{deltaX: number, deltaY: number, shiftKey: boolean, ctrlKey: boolean}} wheel
 * @param {boolean} zooms whether the view does
 * @returns {{scroll: number} | {zoom: number}} by CSS pixels, or by a factor
 */
export function turned({ deltaX, deltaY, shiftKey, ctrlKey }, zooms) {
  if (shiftKey) {
    return { scroll: deltaX || deltaY };
  }
  if (Math.abs(deltaX) >= Math.abs(deltaY)) {
    return { scroll: deltaX };
  }
  return zooms || ctrlKey ? { zoom: Math.exp(-deltaY * WHEEL_ZOOM) } : { scroll: deltaY };
}

/**
 * @param {HTMLElement} element
 * @param {Deeds} deeds
 * @param {(pixels: number) => void} scroll through time
 * @param {() => boolean} zooms whether the view does
 */
export function watchHands(element, deeds, scroll, zooms) {
  const gestures = new Gestures(deeds);
  element.addEventListener('pointerdown', event => {
    element.setPointerCapture(event.pointerId);
    gestures.down(event);
  });
  element.addEventListener('pointermove', event => gestures.move(event));
  element.addEventListener('pointerup', event => gestures.up(event));
  element.addEventListener('pointercancel', event => gestures.cancel(event));
  element.addEventListener('contextmenu', event => event.preventDefault());
  element.addEventListener(
    'wheel',
    event => {
      event.preventDefault();
      const deed = turned(event, zooms());
      if ('scroll' in deed) {
        scroll(deed.scroll);
      } else {
        deeds.zoom(deed.zoom);
      }
    },
    { passive: false },
  );
}
