/**
 * What settings mean, told as they are moved.
 *
 * @typedef {Readonly<Record<number, readonly string[]>>} Scale from each value on: a name, and what it does
 *
 * @typedef {object} Made what is known of a clip that was made
 * @property {number} [generationSeconds]
 * @property {number} [steps]
 * @property {number} [denoising]
 * @property {string | null} [seedImage]
 */

/** Sliders stand beside round numbers by less than this. */
const ROUNDING = 1e-6;

/**
 * @param {Scale} scale
 * @param {number} value
 * @returns {readonly string[]} the words for it: a name, and what it does
 */
export function wordsFor(scale, value) {
  const reached = Object.keys(scale)
    .map(Number)
    .filter(from => from <= value + ROUNDING);
  return scale[Math.max(...reached)] ?? ['', ''];
}

/** The slider's stops: each is twice as fast as the one before, the last one needs a single clip. */
const FASTEST = 4;

/** @param {number} speed a stop of the slider, from 0 */
export function velocityOf(speed) {
  return 2 ** (speed - FASTEST);
}

/** @param {number} [alphaVelocity] */
export function speedOf(alphaVelocity = 0.25) {
  return Math.max(0, Math.round(FASTEST + Math.log2(alphaVelocity)));
}

/**
 * How long a clip should take, by how long the last one took: as the steps that are really taken, of which a seed image
 * spares some.
 *
 * @param {Made | null} last
 * @param {import('../stream/protocol.js').Settings} wished
 * @returns {number | null} seconds; `null` as long as nothing is known
 */
export function expectedSeconds(last, wished) {
  const [made, asked] = [last ? taken(last) : 0, taken(wished)];
  return last?.generationSeconds === undefined || made === 0 ? null : (last.generationSeconds / made) * asked;
}

/** @param {Made} settings */
function taken({ steps = 0, denoising = 1, seedImage = null }) {
  return Math.ceil(steps * (seedImage === null ? 1 : denoising) - ROUNDING);
}
