import { BANDS } from './ring.js';
import { FUTURE, PAST } from './view.js';

/** Chords of a slow progression, as semitones above A2. */
const CHORDS = [
  [0, 7, 12, 16, 19],
  [-4, 3, 8, 12, 15],
  [-7, 5, 9, 12, 17],
  [-2, 5, 10, 14, 17],
];
const BEAT = 64;

/** An imagined piece, drawn where music will be: the first thing a visitor sees, before anything was played. */
export function overture() {
  const columns = PAST + FUTURE;
  const energy = new Float32Array(columns * BANDS);
  for (let beat = 0; beat * BEAT < columns; beat++) {
    const chord = CHORDS[Math.floor(beat / 4) % CHORDS.length];
    const at = beat * BEAT;
    drum(energy, at, beat % 2 ? 150 : 26, beat % 2 ? 90 : 20, 0.75);
    drum(energy, at + BEAT / 2, 440, 60, 0.45);
    for (let half = 0; half < 2; half++) {
      const note = chord[(beat * 3 + half * 2) % chord.length] + (half ? 12 : 0);
      tone(energy, at + (half * BEAT) / 2, 220 * 2 ** (note / 12), 0.95 - 0.15 * half, 60);
    }
    if (beat % 4 === 0) {
      chord.forEach(note => tone(energy, at, 110 * 2 ** (note / 12), 0.7, 220));
    }
  }
  return Uint8Array.from(energy, e => 255 * Math.min(1, e));
}

/**
 * @param {Float32Array} energy
 * @param {number} at
 * @param {number} hertz
 * @param {number} loud
 * @param {number} length in columns
 */
function tone(energy, at, hertz, loud, length) {
  for (let partial = 1; partial <= 9; partial++) {
    const centre = bandOf(hertz * partial);
    for (let x = 0; x < length * 2.4 && centre < BANDS; x++) {
      const e = loud * partial ** -0.32 * Math.exp((-x / length) * (0.35 + 0.16 * partial));
      for (let d = -5; d <= 5; d++) {
        raise(energy, at + x, Math.round(centre) + d, e * Math.exp(-d * d * 0.09));
      }
    }
  }
}

/**
 * @param {Float32Array} energy
 * @param {number} at
 * @param {number} centre band
 * @param {number} spread in bands
 * @param {number} loud
 */
function drum(energy, at, centre, spread, loud) {
  for (let x = 0; x < 34; x++) {
    for (let d = -spread; d <= spread; d++) {
      raise(energy, at + x, centre + d, loud * Math.exp(-x / 11) * (1 - (d / spread) ** 2) ** 0.6);
    }
  }
}

/**
 * @param {Float32Array} energy
 * @param {number} column
 * @param {number} band
 * @param {number} e
 */
function raise(energy, column, band, e) {
  const place = Math.round(column) * BANDS + band;
  if (band >= 0 && band < BANDS && place < energy.length) {
    energy[place] = Math.max(energy[place], e);
  }
}

/** @param {number} hertz */
function bandOf(hertz) {
  const mel = (/** @type {number} */ f) => Math.log10(1 + f / 700);
  return (BANDS * mel(hertz)) / mel(10_000);
}
