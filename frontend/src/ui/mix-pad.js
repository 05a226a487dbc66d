import { corners, placeOf, within } from './pad.js';

/** @typedef {import('./pad.js').Place} Place */

/** Of the pad's radius, with an arrow key; with Shift. */
const STEP = 0.1;
const FINE_STEP = 0.02;

/** Of half the pad's side: where the corners are. */
const RADIUS = 0.72;

/** The round field between the prompts: the nearer its puck is to one, the more of it is asked for. */
export class MixPad {
  #pad;
  #puck;
  #echo;
  #shape;
  /** @type {HTMLElement[]} one for each prompt, at its corner */
  #handles = [];
  /** @type {Place} */
  #place = { x: 0, y: 0 };

  /**
   * @param {HTMLElement} panel
   * @param {(place: Place) => void} onMove a hand has moved the puck
   */
  constructor(panel, onMove) {
    this.onMove = onMove;
    this.#pad = /** @type {HTMLElement} */ (panel.querySelector('.pad'));
    this.#puck = /** @type {HTMLElement} */ (panel.querySelector('.puck'));
    this.#echo = /** @type {HTMLElement} */ (panel.querySelector('.echo'));
    this.#shape = /** @type {SVGPolygonElement} */ (panel.querySelector('.shape'));
    this.#pad.addEventListener('pointerdown', event => this.#grab(event));
    this.#pad.addEventListener('pointermove', event => this.#pad.hasPointerCapture(event.pointerId) && this.#drag(event));
    this.#puck.addEventListener('keydown', event => this.#nudge(event));
  }

  /** @param {number} prompts how many there are to choose between */
  offer(prompts) {
    this.#handles.forEach(handle => handle.remove());
    const all = corners(prompts);
    this.#handles = all.map((corner, i) => {
      const handle = document.createElement('span');
      handle.className = 'handle';
      handle.textContent = String(i + 1);
      handle.dataset.voice = String(i);
      put(handle, corner);
      return handle;
    });
    this.#puck.before(...this.#handles);
    this.#shape.setAttribute('points', all.map(({ x, y }) => `${100 * RADIUS * x},${100 * RADIUS * y}`).join(' '));
  }

  /** @param {number[]} levels of all prompts; the puck goes where these are */
  move(levels) {
    this.#place = placeOf(levels);
  }

  /**
   * @param {number[]} shares of all prompts, 0 to 1
   * @param {string} text the same in words
   */
  show(shares, text) {
    shares.forEach((share, i) => this.#handles[i].style.setProperty('--part', String(share)));
    put(this.#puck, this.#place);
    this.#puck.ariaValueNow = String(Math.round(100 * (shares[0] ?? 0)));
    this.#puck.ariaValueText = text;
    this.#pad.style.backgroundImage = corners(shares.length)
      .map(({ x, y }, i) => {
        const strength = Math.round(8 + 52 * shares[i]);
        const at = `${50 + 50 * RADIUS * x}% ${50 + 50 * RADIUS * y}%`;
        return `radial-gradient(circle at ${at}, color-mix(in srgb, var(--voice-${i}) ${strength}%, transparent), transparent 62%)`;
      })
      .join(', ');
  }

  /** @param {number[]} shares of what sounds, 0 to 1 */
  hear(shares) {
    this.#echo.hidden = shares.every(share => share === 0) || shares.length < 2;
    put(this.#echo, placeOf(shares));
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    if (this.#handles.length > 1 && event.button === 0) {
      this.#pad.setPointerCapture(event.pointerId);
      this.#puck.focus();
      // The focus would go to what lies under the pointer.
      event.preventDefault();
      this.#drag(event);
    }
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    const { left, top, width, height } = this.#pad.getBoundingClientRect();
    this.#moveTo({
      x: ((event.clientX - left) / width - 0.5) / (RADIUS / 2),
      y: ((event.clientY - top) / height - 0.5) / (RADIUS / 2),
    });
  }

  /** @param {KeyboardEvent} event */
  #nudge(event) {
    const step = event.shiftKey ? FINE_STEP : STEP;
    const moves = /** @type {Record<string, [number, number]>} */ ({
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    });
    if (this.#handles.length > 1 && (event.key in moves || event.key === 'Home')) {
      event.preventDefault();
      const [x, y] = moves[event.key] ?? [-this.#place.x, -this.#place.y];
      this.#moveTo({ x: this.#place.x + x, y: this.#place.y + y });
    }
  }

  /** @param {Place} place */
  #moveTo(place) {
    this.#place = within(place, this.#handles.length);
    this.onMove(this.#place);
  }
}

/**
 * @param {HTMLElement} target
 * @param {Place} place
 */
function put(target, { x, y }) {
  target.style.left = `${50 + 50 * RADIUS * x}%`;
  target.style.top = `${50 + 50 * RADIUS * y}%`;
}
