/**
 * Something to play while the next clip is not there yet: the latest clips woven into each other. Each quarter comes from
 * another clip, but from the same place in it, so that the beat goes on; the last one is the end of the latest clip, on
 * which the next one will follow without a seam.
 *
 * @typedef {import('./wav.js').Pcm} Pcm
 */

const QUARTERS = 4;

/** Half of a cross-fade between two quarters. */
const FADE_SECONDS = 0.01;

/** How fast the step dies away by which the variation's first sample misses the last one before it. */
const STEP_SECONDS = 0.002;

/**
 * @param {Pcm[]} latest the latest clips of one format and length, the newest one first; at least one
 * @param {number} number of variations since the last clip that came
 * @returns {Pcm}
 */
export function weave(latest, number) {
  const [newest] = latest;
  const quarter = Math.floor(newest.frames / QUARTERS);
  const pieces = quartersOf(latest.length, number).map((from, i) => ({
    clip: latest[from.clip],
    shift: quarter * (from.quarter - i),
  }));
  const fade = Math.round(FADE_SECONDS * newest.sampleRate);
  const channels = newest.channels.map((last, c) => {
    const out = new Float32Array(newest.frames);
    for (let t = 0; t < out.length; t++) {
      const i = Math.min(QUARTERS - 1, Math.floor(t / quarter));
      out[t] = sample(pieces[i], c, t);
      const into = t - i * quarter;
      const left = (i + 1) * quarter - t;
      if (i > 0 && into < fade) {
        out[t] = mix(sample(pieces[i - 1], c, t), out[t], 0.5 + into / (2 * fade));
      } else if (i < QUARTERS - 1 && left <= fade) {
        out[t] = mix(sample(pieces[i + 1], c, t), out[t], 0.5 + left / (2 * fade));
      }
    }
    const step = last[last.length - 1] - out[0];
    const length = STEP_SECONDS * newest.sampleRate;
    for (let t = 0; t < 12 * length; t++) {
      out[t] += step * Math.exp(-t / length);
    }
    return out;
  });
  return { sampleRate: newest.sampleRate, frames: newest.frames, channels };
}

/**
 * Where each quarter of a variation comes from.
 *
 * @param {number} clips how many there are to weave
 * @param {number} number of variations since the last clip that came
 * @returns {{clip: number, quarter: number}[]} with 0 for the newest clip
 */
export function quartersOf(clips, number) {
  return Array.from({ length: QUARTERS }, (_, i) => {
    if (i === QUARTERS - 1) {
      return { clip: 0, quarter: i };
    }
    // With one clip only, its first three quarters change places.
    return clips > 1 ? { clip: (i + number + 1) % clips, quarter: i } : { clip: 0, quarter: (i + number + 1) % (QUARTERS - 1) };
  });
}

/**
 * @param {{clip: Pcm, shift: number}} piece
 * @param {number} c
 * @param {number} t
 */
function sample({ clip, shift }, c, t) {
  return clip.channels[c][Math.min(clip.frames - 1, Math.max(0, t + shift))];
}

/**
 * @param {number} a
 * @param {number} b
 * @param {number} share of b
 */
function mix(a, b, share) {
  return a + (b - a) * share;
}

/**
 * The picture of a variation.
 *
 * @param {ArrayBuffer[]} latest the pictures of the clips that are woven
 * @param {number} number
 * @returns {Promise<ArrayBuffer>} PNG
 */
export async function weavePicture(latest, number) {
  const bitmaps = await Promise.all(latest.map(png => createImageBitmap(new Blob([png]), { colorSpaceConversion: 'none' })));
  const [{ width, height }] = bitmaps;
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const quarter = width / QUARTERS;
  quartersOf(latest.length, number).forEach((from, i) => {
    context.drawImage(bitmaps[from.clip], from.quarter * quarter, 0, quarter, height, i * quarter, 0, quarter, height);
  });
  bitmaps.forEach(bitmap => bitmap.close());
  return (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer();
}
