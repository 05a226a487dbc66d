import { HEARD, UNHEARD, palette } from '../timeline/colours.js';
import { BANDS } from '../timeline/ring.js';

/** Columns and rows of pixels: enough for a card on a fine display. */
export const WIDTH = 288;
export const HEIGHT = 144;

/** For each energy, its colour as little-endian RGBA. */
const COLOURS = { heard: palette(HEARD), unheard: palette(UNHEARD) };

/**
 * Draws a spectrogram small, in the colours of the landscape.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} rows
 * @param {keyof typeof COLOURS} colours
 */
export function draw(canvas, rows, colours) {
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const image = new ImageData(WIDTH, HEIGHT);
  const pixels = new Uint32Array(image.data.buffer);
  shrink(rows, WIDTH, HEIGHT).forEach((energy, i) => (pixels[i] = COLOURS[colours][energy]));
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

/**
 * The loudest of all that falls into a pixel, since the mean of a thin line and much silence is silence.
 *
 * @param {Uint8Array} rows energies, one row for each column of the spectrogram, low bands first
 * @param {number} width
 * @param {number} height
 * @returns {Uint8Array} energies in the order of pixels: low bands last
 */
export function shrink(rows, width, height) {
  const columns = rows.length / BANDS;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const [low, high] = stretch(bandAt(height - 1 - y, height), bandAt(height - y, height));
    for (let x = 0; x < width; x++) {
      const [first, last] = stretch((x * columns) / width, ((x + 1) * columns) / width);
      let loudest = 0;
      for (let column = first; column < last; column++) {
        for (let band = low; band < high; band++) {
          loudest = Math.max(loudest, rows[column * BANDS + band]);
        }
      }
      pixels[y * width + x] = loudest;
    }
  }
  return pixels;
}

/** The loudest of a picture is drawn as bright as this. */
const BRIGHT = 235;

/**
 * A picture as bright as a card wants it: some seed images are faint, for the music is to stand out of them.
 *
 * @param {Uint8Array} rows energies
 */
export function brighten(rows) {
  const loudest = rows.reduce((most, energy) => Math.max(most, energy), 1);
  return rows.map(energy => Math.min(255, (energy * BRIGHT) / loudest));
}

/** What silence leaves of a picture: the noise that music is found in. */
export function noise() {
  const rows = new Uint8Array(WIDTH * BANDS);
  let state = 1;
  for (let i = 0; i < rows.length; i++) {
    // Park and Miller's generator: the same noise each time.
    state = (state * 48_271) % 0x7fffffff;
    rows[i] = 70 + (state % 76);
  }
  return rows;
}

/**
 * @param {number} step
 * @param {number} steps
 */
function bandAt(step, steps) {
  return (BANDS * step) / steps;
}

/**
 * The whole numbers from one bound to another; at least one.
 *
 * @param {number} from
 * @param {number} to
 */
function stretch(from, to) {
  const first = Math.floor(from);
  return [first, Math.max(first + 1, Math.floor(to))];
}
