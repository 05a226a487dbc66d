/**
 * Pitch as it is heard: each octave has the same room. The pictures of clips have bands on the mel scale up to 10 kHz.
 */

const LOWEST = 50;
const HIGHEST = 10_000;

/** Frequencies that are named in the views, in Hz. */
export const TICKS = [100, 1_000, 5_000];

/**
 * @param {number} hertz
 * @returns {number} place on the axis, 0 for the lowest to 1 for the highest
 */
export const partOf = hertz => Math.log(hertz / LOWEST) / Math.log(HIGHEST / LOWEST);

/** @param {number} part place on the axis, 0 to 1 */
export const hertzOf = part => LOWEST * (HIGHEST / LOWEST) ** part;

/**
 * @param {number} hertz
 * @returns {number} place in a clip's picture, 0 at its lower edge to 1 at the upper one
 */
export const melPartOf = hertz => Math.log1p(hertz / 700) / Math.log1p(HIGHEST / 700);
