import { Box2, PerspectiveCamera, Scene, Vector2, Vector3, WebGLRenderer } from 'three';
import { drawnByProcessor } from './device.js';
import { DETAIL, UNIT, curtain, grid, ground, ringTexture } from './ground.js';
import { Orbit } from './orbit.js';
import { BANDS, COLUMNS, rowOf } from './ring.js';
import { FUTURE, MARKS, PAST } from './view.js';

/** How many steps finer a picture is that stands still; one frame may take its time, but not seconds. */
const FINER = 2;

/** Part of the screen's width that the landscape takes at the playhead. */
const SPREAD = 0.96;

/** Columns between the playhead and the names of pitches. */
const TICK_COLUMNS = 14;

/** CSS pixels between a label and the edge of the window. */
const EDGE = 8;

/** Rows of a texture are uploaded in pieces of at most this many, through one small buffer. */
const STAGE_ROWS = 64;

/**
 * The spectrogram as a landscape that rolls towards the listener: low notes on the left, what is to come up to the
 * horizon, what was at their feet. The whole of it is one grid, one texture and one draw call.
 *
 * @implements {View}
 */
export class Terrain {
  zooms = true;
  #scene = new Scene();
  #camera = new PerspectiveCamera(36, 1, 0.1, 80);
  #width = 1;
  /** The finest detail that this device draws fluently, and the detail of the last frame. */
  #fluent = 0;
  #level = 0;
  /** @type {Map<number, import('three').BufferGeometry>} */
  #grids = new Map();
  #orbit;
  #place = new Vector3();

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import('./ring.js').Ring} ring
   * @param {() => boolean} heavy whether the view may follow a hand slowly
   */
  constructor(canvas, ring, heavy) {
    this.#orbit = new Orbit(heavy);
    this.element = canvas;
    this.ring = ring;
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true, powerPreference: 'low-power' });
    this.texture = ringTexture(ring.data, COLUMNS);
    this.stage = ringTexture(new Uint8Array(STAGE_ROWS * BANDS), STAGE_ROWS);
    this.frugal = drawnByProcessor(this.renderer.getContext());
    this.#fluent = this.frugal ? DETAIL.length - 1 : Number(Math.min(screen.width, screen.height) < 600);
    this.#level = this.#fluent;
    this.ground = ground(this.texture, this.#grid(this.#level));
    this.curtain = curtain();
    this.#scene.add(this.ground, this.curtain);
    this.resize();
  }

  /** Lets the shaders be compiled while the page goes on, where the browser can do that. */
  async prepare() {
    if (this.renderer.extensions.has('KHR_parallel_shader_compile')) {
      await this.renderer.compileAsync(this.#scene, this.#camera);
    }
  }

  resize() {
    const { clientWidth, clientHeight } = this.element;
    const aspect = clientWidth / Math.max(1, clientHeight);
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, DETAIL[this.#level].ratio));
    this.renderer.setSize(clientWidth, clientHeight, false);
    this.#camera.aspect = aspect;
    this.#camera.updateProjectionMatrix();
    this.#look();
    const across = 2 * Math.tan((this.#camera.fov * Math.PI) / 360) * aspect;
    this.#width = SPREAD * across * outlook(aspect).distance;
    this.ground.material.uniforms.width.value = this.#width;
    this.curtain.scale.set(this.#width / SPREAD, 1, 1);
  }

  /** @param {number} column */
  window(column) {
    return { from: column - PAST, to: column + FUTURE };
  }

  coarsen() {
    this.#fluent = Math.min(this.#fluent + 1, DETAIL.length - 1);
  }

  /**
   * @param {number} x radians to the right
   * @param {number} y radians upwards
   */
  turn(x, y) {
    this.#orbit.turn(x, y);
  }

  /** @param {number} factor */
  zoom(factor) {
    this.#orbit.zoom(factor);
  }

  reset() {
    this.#orbit.reset();
  }

  /** @param {import('./view.js').Frame} frame */
  draw({ column, rise, marks, still, elapsed }) {
    const turning = this.#orbit.follow(elapsed);
    this.#look();
    this.#take(still ? Math.max(0, this.#fluent - FINER) : this.#fluent);
    this.#upload();
    const { uniforms } = this.ground.material;
    const { step, bands } = DETAIL[this.#level];
    uniforms.cell.value.set(BANDS / bands, step);
    const base = Math.floor(column / step) * step;
    uniforms.base.value = rowOf(base);
    uniforms.offset.value = column - base;
    uniforms.rise.value = rise;
    for (let i = 0; i < MARKS; i++) {
      uniforms.marks.value[i] = (marks[i] ?? Infinity) - column;
    }
    this.renderer.render(this.#scene, this.#camera);
    return turning;
  }

  /**
   * @param {number} ahead
   * @returns {import('./view.js').Spot | null}
   */
  spot(ahead) {
    // On an upright screen the words lie before the horizon.
    const far = FUTURE * (this.#camera.aspect < 0.9 ? 0.55 : 0.9);
    if (ahead < -PAST * 0.8 || ahead > far) {
      return null;
    }
    const near = ahead > 0 ? 1 - ahead / far : 1 + ahead / (PAST * 0.8);
    const { x, y } = this.#project(this.#width / 2, 0.02, ahead);
    // A label that stands at the edge of the landscape must not hang out of the window.
    return { x: Math.min(x, this.element.clientWidth - EDGE), y, near };
  }

  /** @param {number} part */
  tick(part) {
    // Right before the playhead, at the foot of what sounds.
    return { ...this.#project((part - 0.5) * this.#width, 0, -TICK_COLUMNS), near: 1 };
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  under(x, y) {
    const { clientWidth, clientHeight } = this.element;
    const eye = this.#camera.position;
    const ray = this.#place.set((2 * x) / clientWidth - 1, 1 - (2 * y) / clientHeight, 0.5).unproject(this.#camera).sub(eye);
    // What points above the horizon meets no ground.
    const ahead = ray.y < 0 ? (eye.y * ray.z) / ray.y / UNIT - eye.z / UNIT : FUTURE;
    return Math.max(-PAST, Math.min(FUTURE, ahead));
  }

  pace() {
    const here = this.#project(0, 0, -50);
    const there = this.#project(0, 0, 50);
    return { x: (there.x - here.x) / 100, y: (there.y - here.y) / 100 };
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} ahead
   */
  #project(x, y, ahead) {
    const at = this.#place.set(x, y, -ahead * UNIT).project(this.#camera);
    return { x: ((at.x + 1) / 2) * this.element.clientWidth, y: ((1 - at.y) / 2) * this.element.clientHeight };
  }

  /** @param {number} level */
  #take(level) {
    if (level !== this.#level) {
      this.#level = level;
      this.ground.geometry = this.#grid(level);
      this.resize();
    }
  }

  /** @param {number} level */
  #grid(level) {
    const made = this.#grids.get(level) ?? grid(DETAIL[level]);
    this.#grids.set(level, made);
    return made;
  }

  #look() {
    const { distance, elevation, azimuth, target } = outlook(this.#camera.aspect);
    const { turn, tilt, zoom } = this.#orbit.at;
    const away = distance / zoom;
    this.#camera.position.set(
      target.x + away * Math.sin(azimuth + turn) * Math.cos(elevation + tilt),
      target.y + away * Math.sin(elevation + tilt),
      target.z + away * Math.cos(azimuth + turn) * Math.cos(elevation + tilt),
    );
    this.#camera.lookAt(target);
    this.#camera.updateMatrixWorld();
  }

  /** Brings the texture up to date with the ring; a few kilobytes in each frame. */
  #upload() {
    for (const { row, rows } of this.ring.takeChanges()) {
      for (let done = 0; done < rows; done += STAGE_ROWS) {
        const count = Math.min(STAGE_ROWS, rows - done);
        const from = (row + done) * BANDS;
        /** @type {Uint8Array} */ (this.stage.image.data).set(this.ring.data.subarray(from, from + count * BANDS));
        this.renderer.copyTextureToTexture(
          this.stage,
          this.texture,
          new Box2(new Vector2(0, 0), new Vector2(BANDS, count)),
          new Vector2(0, row + done),
        );
      }
    }
  }
}

/**
 * Where the landscape is looked at from, before anybody has turned it.
 *
 * @param {number} aspect
 */
function outlook(aspect) {
  const tall = aspect < 0.9;
  return {
    distance: tall ? 13.5 : 12.2,
    elevation: tall ? 0.52 : 0.38,
    // On a wide screen the landscape runs towards the upper right and leaves the upper left to the words.
    azimuth: tall ? 0 : 0.15,
    target: tall ? UPRIGHT : WIDE,
  };
}

const UPRIGHT = new Vector3(0, 0.75, -1.2);
const WIDE = new Vector3(0, -0.05, -0.6);

/**
 * @typedef {import('./view.js').View} View
 */
