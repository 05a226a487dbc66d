import { drawnByProcessor } from './device.js';
import { Flat } from './flat.js';

/**
 * @typedef {import('./view.js').View} View
 * @typedef {'landscape' | 'flat'} Kind
 *
 * @typedef {object} Case what decides about the view
 * @property {Kind} wish of the listener
 * @property {boolean} insists whether the listener has chosen although less motion was asked for
 * @property {boolean} reduced whether less motion was asked for
 * @property {boolean} able whether a landscape can be drawn at all
 * @property {boolean} lost whether the graphics card is away for now
 */

const CHOICE = 'riffloom.view';

/**
 * @param {Case} facts
 * @returns {Kind}
 */
export function viewFor({ wish, insists, reduced, able, lost }) {
  return able && !lost && wish === 'landscape' && (!reduced || insists) ? 'landscape' : 'flat';
}

/**
 * Has a place for each view and shows one of them: the landscape where that can be drawn and is welcome, or else the
 * flat picture. Tells of every `change`.
 */
export class Stage extends EventTarget {
  /** @type {View | null} */
  view = null;
  /** @type {Partial<Record<Kind, View>>} */
  #views = {};
  #reduced = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {Case} */
  #case;
  #slow;

  /**
   * @param {HTMLElement} parent
   * @param {import('./ring.js').Ring} ring
   */
  constructor(parent, ring) {
    super();
    this.parent = parent;
    this.ring = ring;
    const gl = document.createElement('canvas').getContext('webgl2');
    this.#slow = gl === null || drawnByProcessor(gl);
    this.#case = { wish: remembered(), insists: false, reduced: this.#reduced.matches, able: gl !== null, lost: false };
    this.#reduced.addEventListener('change', ({ matches }) => void this.#learn({ reduced: matches, insists: false }));
  }

  /** Whether there is a choice at all. */
  get able() {
    return this.#case.able;
  }

  /** @returns {Kind} */
  get kind() {
    return viewFor(this.#case);
  }

  get reduced() {
    return this.#case.reduced;
  }

  async open() {
    await this.#show();
  }

  /** @param {Kind} wish */
  async choose(wish) {
    remember(wish);
    await this.#learn({ wish, insists: this.#case.reduced });
  }

  /** @param {Partial<Case>} facts */
  async #learn(facts) {
    this.#case = { ...this.#case, ...facts };
    await this.#show();
  }

  async #show() {
    const { kind } = this;
    const view = this.#views[kind] ?? (kind === 'flat' ? this.#flat() : await this.#landscape());
    if (view && kind === this.kind && view !== this.view) {
      this.#views[kind] = view;
      this.view = view;
      for (const other of Object.values(this.#views)) {
        other.element.hidden = other !== view;
      }
      this.ring.offerAll();
      view.resize();
    }
    this.dispatchEvent(new Event('change'));
  }

  #flat() {
    const flat = new Flat(this.ring, () => this.#case.reduced, this.#slow);
    this.parent.append(flat.element);
    return flat;
  }

  /** @returns {Promise<View | null>} */
  async #landscape() {
    const canvas = document.createElement('canvas');
    this.parent.append(canvas);
    try {
      const { Terrain } = await import('./terrain.js');
      const terrain = new Terrain(canvas, this.ring, () => !this.#case.reduced);
      await terrain.prepare();
      canvas.addEventListener('webglcontextlost', () => void this.#learn({ lost: true }));
      canvas.addEventListener('webglcontextrestored', () => void this.#learn({ lost: false }));
      return terrain;
    } catch (error) {
      console.warn('The landscape cannot be drawn; a flat picture takes its place.', error);
      canvas.remove();
      await this.#learn({ able: false });
      return null;
    }
  }
}

/** @returns {Kind} */
function remembered() {
  try {
    return localStorage.getItem(CHOICE) === 'flat' ? 'flat' : 'landscape';
  } catch {
    return 'landscape';
  }
}

/** @param {Kind} kind */
function remember(kind) {
  try {
    localStorage.setItem(CHOICE, kind);
  } catch {
    // A private window may keep nothing.
  }
}
