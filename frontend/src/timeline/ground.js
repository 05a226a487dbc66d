import {
  BufferAttribute,
  BufferGeometry,
  ClampToEdgeWrapping,
  DataTexture,
  DoubleSide,
  LinearFilter,
  Mesh,
  PlaneGeometry,
  RedFormat,
  RepeatWrapping,
  ShaderMaterial,
  Vector2,
} from 'three';
import { BANDS } from './ring.js';
import { curtainFragment, curtainVertex, fragment, vertex } from './shaders.js';
import { FUTURE, MARKS, PAST } from './view.js';

/** @typedef {typeof DETAIL[number]} Detail */

/**
 * From fine to coarse: columns between two rows of vertices, vertices in a row, and pixels of the picture for one of
 * the page. A device takes the finest that it can draw fluently.
 */
export const DETAIL = [
  { step: 2, bands: 208, ratio: 2 },
  { step: 3, bands: 144, ratio: 1.25 },
  { step: 5, bands: 96, ratio: 0.8 },
  { step: 8, bands: 72, ratio: 0.5 },
];

/** World units for one column. */
export const UNIT = 0.0175;

/**
 * The ring as a texture: a row for each column of the spectrogram.
 *
 * @param {Uint8Array<ArrayBuffer>} data
 * @param {number} rows
 */
export function ringTexture(data, rows) {
  const texture = new DataTexture(data, BANDS, rows, RedFormat);
  texture.wrapS = ClampToEdgeWrapping;
  texture.wrapT = RepeatWrapping;
  texture.minFilter = LinearFilter;
  texture.magFilter = LinearFilter;
  texture.unpackAlignment = 1;
  texture.needsUpdate = true;
  return texture;
}

/**
 * The landscape itself.
 *
 * @param {DataTexture} ring
 * @param {BufferGeometry} shape
 */
export function ground(ring, shape) {
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
      width: { value: 1 },
      unit: { value: UNIT },
      height: { value: 1.9 },
      cell: { value: new Vector2() },
      marks: { value: new Float32Array(MARKS) },
    },
  });
  const mesh = new Mesh(shape, material);
  // The shader moves the vertices, so three.js cannot know where they are.
  mesh.frustumCulled = false;
  return mesh;
}

/**
 * A grid from the horizon to the listener, in that order, so that what is nearer is drawn over what is behind.
 *
 * @param {Detail} detail
 */
export function grid({ step, bands }) {
  const rows = Math.floor((PAST + FUTURE) / step) + 1;
  const positions = new Float32Array(rows * bands * 3);
  const indices = new Uint32Array((rows - 1) * (bands - 1) * 6);
  let p = 0;
  let n = 0;
  for (let r = 0; r < rows; r++) {
    for (let b = 0; b < bands; b++) {
      positions[p] = b / (bands - 1);
      positions[p + 1] = FUTURE - r * step;
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

/** The light that stands on the playhead. */
export function curtain() {
  const material = new ShaderMaterial({
    vertexShader: curtainVertex,
    fragmentShader: curtainFragment,
    transparent: true,
    premultipliedAlpha: true,
    // Music in front of the playhead must not hide it.
    depthTest: false,
    depthWrite: false,
    side: DoubleSide,
  });
  const mesh = new Mesh(new PlaneGeometry(1, 1.5).translate(0, 0.75, 0), material);
  mesh.renderOrder = 1;
  return mesh;
}
