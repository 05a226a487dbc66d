import { BANDS } from './ring.js';

/**
 * Turns a spectrogram image into rows of energy: one row for each column of the image, low bands first, loud is high.
 * In the image low frequencies are at the bottom and dark is loud; where it is stereo, green and blue are the channels.
 *
 * @param {ArrayBuffer} png
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function toRows(png) {
  const bitmap = await createImageBitmap(new Blob([png]), { colorSpaceConversion: 'none' });
  const { width, height } = bitmap;
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  );
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return energies(context.getImageData(0, 0, width, height).data, width, height);
}

/**
 * @param {Uint8ClampedArray} pixels RGBA
 * @param {number} width
 * @param {number} height
 */
export function energies(pixels, width, height) {
  const rows = new Uint8Array(width * BANDS);
  for (let band = 0; band < BANDS; band++) {
    const y = height - 1 - Math.floor((band * height) / BANDS);
    for (let x = 0; x < width; x++) {
      const pixel = 4 * (y * width + x);
      rows[x * BANDS + band] = 255 - ((pixels[pixel + 1] + pixels[pixel + 2]) >> 1);
    }
  }
  return rows;
}
