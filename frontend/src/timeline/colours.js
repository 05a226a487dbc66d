/**
 * The music's own colours, from silence to loud, as red, green and blue of 0 to 1: warm where it has been heard, cool
 * where it has not.
 *
 * @typedef {readonly (readonly [number, number, number])[]} Ramp
 */

/** @type {readonly [number, number, number]} */
const GROUND = [0.034, 0.052, 0.15];

/** @type {Ramp} */
export const HEARD = [GROUND, [0.2, 0.09, 0.4], [0.72, 0.18, 0.45], [0.99, 0.52, 0.3], [1, 0.94, 0.74]];

/** @type {Ramp} */
export const UNHEARD = [GROUND, [0.05, 0.15, 0.36], [0.05, 0.4, 0.58], [0.18, 0.76, 0.76], [0.8, 1, 0.94]];

/**
 * For each energy, 0 to 255, its colour as little-endian RGBA.
 *
 * @param {Ramp} ramp
 * @param {(loud: number) => number} opacity 0 to 1
 */
export function palette(ramp, opacity = () => 1) {
  return Uint32Array.from({ length: 256 }, (_, energy) => {
    const loud = lift(energy / 255);
    const at = loud * (ramp.length - 1);
    const from = ramp[Math.floor(at)];
    const to = ramp[Math.ceil(at)];
    const [r, g, b] = from.map((part, c) => Math.round(255 * (part + (to[c] - part) * (at % 1))));
    return ((Math.round(255 * opacity(loud)) << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}

/**
 * Lets the music stand out of the haze: the pictures are a fourth root, which lifts the noise floor.
 *
 * @param {number} energy
 */
function lift(energy) {
  const x = Math.min(1, Math.max(0, (energy - 0.22) / 0.75));
  const above = x * x * (3 - 2 * x);
  return above * (0.35 + 0.65 * above);
}
