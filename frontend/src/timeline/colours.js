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
