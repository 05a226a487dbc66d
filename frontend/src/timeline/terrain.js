import {
  BufferAttribute,
  BufferGeometry,
  ClampToEdgeWrapping,
  Box2,
  DataTexture,
  DoubleSide,
  LinearFilter,
  Mesh,
  PerspectiveCamera,
  PlaneGeometry,
  RedFormat,
  RepeatWrapping,
  Scene,
  ShaderMaterial,
  Vector2,
  Vector3,
  WebGLRenderer,
} from '../webjars/three/build/three.module.min.js';
import { BANDS, COLUMNS, rowOf } from './ring.js';
import { curtainFragment, curtainVertex, fragment, vertex } from './shaders.js';
import { FUTURE, MARKS, PAST } from './view.js';

/** Columns between two rows of vertices. */
const STEP = 2;

/** World units from low to high, on a wide screen and on a tall one. */
const WIDE = 12;
const TALL = 5.4;

const SECONDS_TO_UNITS = 1.75;
const UNIT = SECONDS_TO_UNITS / 100;

/** Sharper than this costs four times the pixels and shows nothing more. */
const MAX_PIXEL_RATIO = 2;

/** Rows of a texture are uploaded in pieces of at most this many, through one small buffer. */
const STAGE_ROWS = 64;

/**
 * The spectrogram as a landscape that rolls towards the listener: low notes on the left, what is to come up to the
 * horizon, what was at their feet. The whole of it is one grid, one texture and one draw call.
 *
 * @implements {View}
 */
export class Terrain {
  #scene = new Scene();
  #camera = new PerspectiveCamera(36, 1, 0.1, 80);
  #width = WIDE;
  /** Where the listener has dragged the view to, in radians. */
  #turn = { x: 0, y: 0 };

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import('./ring.js').Ring} ring
   */
  constructor(canvas, ring) {
    this.canvas = canvas;
    this.ring = ring;
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true, powerPreference: 'low-power' });
    this.texture = ringTexture(ring.data, COLUMNS);
    this.stage = ringTexture(new Uint8Array(STAGE_ROWS * BANDS), STAGE_ROWS);
    this.ground = ground(this.texture);
    this.curtain = curtain();
    this.#scene.add(this.ground, this.curtain);
    this.resize();
  }

  resize() {
    const { clientWidth, clientHeight } = this.canvas;
    const aspect = clientWidth / Math.max(1, clientHeight);
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, MAX_PIXEL_RATIO));
    this.renderer.setSize(clientWidth, clientHeight, false);
    // Between a phone held upright and a wide screen the landscape widens with the picture.
    this.#width = Math.min(WIDE, Math.max(TALL, TALL + (aspect - 0.5) * 6));
    this.#camera.aspect = aspect;
    this.#camera.updateProjectionMatrix();
    this.#look();
    this.ground.material.uniforms.width.value = this.#width;
    this.curtain.scale.set(this.#width * 1.16, 1, 1);
  }

  /**
   * Turns the view a little, as far as it stays a landscape.
   *
   * @param {number} x radians to the right
   * @param {number} y radians upwards
   */
  turn(x, y) {
    this.#turn.x = Math.max(-0.5, Math.min(0.5, this.#turn.x + x));
    this.#turn.y = Math.max(-0.2, Math.min(0.5, this.#turn.y + y));
    this.#look();
  }

  /** @param {import('./view.js').Frame} frame */
  draw({ column, rise, marks }) {
    this.#upload();
    const { uniforms } = this.ground.material;
    const base = Math.floor(column / STEP) * STEP;
    uniforms.base.value = rowOf(base);
    uniforms.offset.value = column - base;
    uniforms.rise.value = rise;
    for (let i = 0; i < MARKS; i++) {
      uniforms.marks.value[i] = (marks[i] ?? Infinity) - column;
    }
    this.renderer.render(this.#scene, this.#camera);
  }

  /**
   * @param {number} ahead
   * @returns {import('./view.js').Spot | null}
   */
  spot(ahead) {
    if (ahead < -PAST * 0.8 || ahead > FUTURE * 0.9) {
      return null;
    }
    const at = new Vector3(this.#width / 2, 0.02, -ahead * UNIT).project(this.#camera);
    return {
      x: ((at.x + 1) / 2) * this.canvas.clientWidth,
      y: ((1 - at.y) / 2) * this.canvas.clientHeight,
      near: ahead > 0 ? 1 - ahead / (FUTURE * 0.9) : 1 + ahead / (PAST * 0.8),
    };
  }

  #look() {
    const tall = this.#camera.aspect < 0.9;
    const distance = tall ? 13.5 : 12.2;
    const elevation = (tall ? 0.52 : 0.4) + this.#turn.y;
    const target = new Vector3(0, tall ? 0.3 : 0.55, tall ? -2.6 : -1.6);
    this.#camera.position.set(
      target.x + distance * Math.sin(this.#turn.x) * Math.cos(elevation),
      target.y + distance * Math.sin(elevation),
      target.z + distance * Math.cos(this.#turn.x) * Math.cos(elevation),
    );
    this.#camera.lookAt(target);
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

/** @typedef {import('./view.js').View} View */

/**
 * @param {Uint8Array<ArrayBuffer>} data
 * @param {number} rows
 */
function ringTexture(data, rows) {
  const texture = new DataTexture(data, BANDS, rows, RedFormat);
  texture.wrapS = ClampToEdgeWrapping;
  texture.wrapT = RepeatWrapping;
  texture.minFilter = LinearFilter;
  texture.magFilter = LinearFilter;
  texture.unpackAlignment = 1;
  texture.needsUpdate = true;
  return texture;
}

/** @param {DataTexture} ring */
function ground(ring) {
  const material = new ShaderMaterial({
    vertexShader: vertex,
    fragmentShader: fragment,
    transparent: true,
    premultipliedAlpha: true,
    side: DoubleSide,
    uniforms: {
      ring: { value: ring },
      base: { value: 0 },
      offset: { value: 0 },
      rise: { value: 0 },
      width: { value: WIDE },
      unit: { value: UNIT },
      height: { value: 1.9 },
      marks: { value: new Float32Array(MARKS) },
    },
  });
  const mesh = new Mesh(grid(bandsOfGrid()), material);
  // The shader moves the vertices, so three.js cannot know where they are.
  mesh.frustumCulled = false;
  return mesh;
}

/** Small screens have small processors, and no room to show more. */
function bandsOfGrid() {
  return Math.min(screen.width, screen.height) < 600 ? 112 : 208;
}

/**
 * A grid from the horizon to the listener, in that order, so that what is nearer is drawn over what is behind.
 *
 * @param {number} bands
 */
function grid(bands) {
  const rows = Math.floor((PAST + FUTURE) / STEP) + 1;
  const positions = new Float32Array(rows * bands * 3);
  const indices = new Uint32Array((rows - 1) * (bands - 1) * 6);
  let p = 0;
  let n = 0;
  for (let r = 0; r < rows; r++) {
    for (let b = 0; b < bands; b++) {
      positions[p] = b / (bands - 1);
      positions[p + 1] = FUTURE - r * STEP;
      p += 3;
      if (r > 0 && b > 0) {
        const here = r * bands + b;
        indices.set([here - bands - 1, here - 1, here, here - bands - 1, here, here - bands], n);
        n += 6;
      }
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(indices, 1));
  return geometry;
}

function curtain() {
  const material = new ShaderMaterial({
    vertexShader: curtainVertex,
    fragmentShader: curtainFragment,
    transparent: true,
    premultipliedAlpha: true,
    depthWrite: false,
    side: DoubleSide,
  });
  const mesh = new Mesh(new PlaneGeometry(1, 1.5).translate(0, 0.75, 0), material);
  mesh.renderOrder = 1;
  return mesh;
}
