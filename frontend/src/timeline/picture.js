import { BANDS } from './ring.js';

/**
 * Turns a spectrogram image into rows of energy: one row for each column, low bands first, loud is high.
 * In the image low frequencies are at the bottom and dark is loud; where it is stereo, green and blue are the channels.
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
    const y = height - 1 - Math.floor((band * height) / BANDS);
    for (let column = 0; column < columns; column++) {
      const pixel = 4 * (y * width + Math.floor((column * width) / columns));
      rows[column * BANDS + band] = 255 - ((data[pixel + 1] + data[pixel + 2]) >> 1);
    }
  }
  return rows;
}
