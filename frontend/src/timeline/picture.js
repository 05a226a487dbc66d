import { hertzOf, melPartOf } from './axis.js';
import { BANDS } from './ring.js';

/**
 * Turns a spectrogram image into rows of energy: one row for each column, low bands first, loud is high, and every
 * octave as wide as the next. In the image low frequencies are at the bottom and dark is loud; where it is stereo, green
 * and blue are the channels.
 *
 * @param {ArrayBuffer} png
 * @param {number} columns in the result; an image of another width is stretched
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function toRows(png, columns) {
  const bitmap = await createImageBitmap(new Blob([png]), { colorSpaceConversion: 'none' });
  const { width, height } = bitmap;
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  );
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return energies(context.getImageData(0, 0, width, height), columns);
}

/**
 * @param {{data: Uint8ClampedArray, width: number, height: number}} image RGBA
 * @param {number} columns
 */
export function energies({ data, width, height }, columns) {
  const rows = new Uint8Array(columns * BANDS);
  for (let band = 0; band < BANDS; band++) {
    const { lower, upper, share } = source(band, height);
    for (let column = 0; column < columns; column++) {
      const x = Math.floor((column * width) / columns);
      const below = 4 * (lower * width + x);
      const above = 4 * (upper * width + x);
      const dark = (1 - share) * (data[below + 1] + data[below + 2]) + share * (data[above + 1] + data[above + 2]);
      rows[column * BANDS + band] = 255 - Math.round(dark / 2);
    }
  }
  return rows;
}

/**
 * The two lines of an image that a band lies between, and how near it is to the upper one, 0 to 1.
 *
 * @param {number} band
 * @param {number} height
 */
function source(band, height) {
  const line = Math.min(height - 1, Math.max(0, melPartOf(hertzOf((band + 0.5) / BANDS)) * height - 0.5));
  const below = Math.floor(line);
  return { lower: height - 1 - below, upper: Math.max(0, height - 2 - below), share: line - below };
}
