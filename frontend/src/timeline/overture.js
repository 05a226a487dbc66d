import { partOf } from './axis.js';
import { BANDS } from './ring.js';
import { FUTURE, PAST } from './view.js';

/** Chords of a slow progression, as semitones above A2. */
const CHORDS = [
  [-12, 0, 7, 12, 16, 19],
  [-16, -4, 3, 8, 12, 15],
  [-19, -7, 5, 9, 12, 17],
  [-14, -2, 5, 10, 14, 17],
];
const BEAT = 64;

/** Half the width of a note in bands, where it is lowest and where it is highest: a low one takes more of an octave. */
const WIDEST = 22;
const NARROWEST = 3;

/** Columns in which a note swells. */
const ATTACK = 12;

/** Fainter than this, it is lost in the ground. */
const UNSEEN = 0.2;

/** An imagined piece, drawn where music will be: the first thing a visitor sees, before anything was played. */
export function overture() {
  const columns = PAST + FUTURE;
  const energy = new Float32Array(columns * BANDS);
  for (let beat = 0; beat * BEAT < columns; beat++) {
    const chord = CHORDS[Math.floor(beat / 4) % CHORDS.length];
    const at = beat * BEAT;
    drum(energy, at, 22, 60, 0.72);
    drum(energy, at + BEAT / 2, 430, 80, beat % 2 ? 0.62 : 0.46);
    for (let quarter = 0; quarter < 4; quarter++) {
      const note = chord[(beat * 3 + quarter * 2) % chord.length] + (quarter % 2 ? 12 : 24);
      tone(energy, at + (quarter * BEAT) / 4, 110 * 2 ** (note / 12), quarter ? 0.76 : 0.92, 40);
    }
    if (beat % 4 === 0) {
      chord.forEach(note => tone(energy, at, 110 * 2 ** (note / 12), 0.7, 190));
    }
  }
  return Uint8Array.from(energy, e => 255 * Math.min(1, e));
}

/**
 * A note and its partials, the higher ones shorter.
 *
 * @param {Float32Array} energy
 * @param {number} at
 * @param {number} hertz
 * @param {number} loud
 * @param {number} length in columns
 */
function tone(energy, at, hertz, loud, length) {
  for (let partial = 1; partial <= 16; partial++) {
    const centre = Math.round(bandOf(hertz * partial));
    const ridge = ridgeAt(centre);
    const fading = (0.3 + 0.08 * partial) / length;
    for (let x = 0; x < length * 2.4 && centre < BANDS; x++) {
      const swelling = Math.min(1, 0.3 + x / ATTACK);
      const e = loud * swelling * partial ** -0.2 * Math.exp(-x * fading);
      if (e < UNSEEN && x > ATTACK) {
        break;
      }
      for (let d = 0; d < ridge.length; d++) {
        raise(energy, at + x, centre + d, e * ridge[d]);
        raise(energy, at + x, centre - d, e * ridge[d]);
      }
    }
  }
}

/**
 * The slope of a note, from its middle to either side.
 *
 * @param {number} centre band
 */
function ridgeAt(centre) {
  const wide = WIDEST * (NARROWEST / WIDEST) ** (centre / BANDS);
  return Float32Array.from({ length: Math.ceil(2 * wide) }, (_, d) => Math.exp(-0.8 * (d / wide) ** 1.4));
}

/**
 * A short noise, uneven from band to band as noise is.
 *
 * @param {Float32Array} energy
 * @param {number} at
 * @param {number} centre band
 * @param {number} spread in bands
 * @param {number} loud
 */
function drum(energy, at, centre, spread, loud) {
  for (let d = -spread; d <= spread; d++) {
    const uneven = 0.7 + 0.3 * Math.sin((centre + d) * 1.9) * Math.sin((at + d) * 0.37);
    for (let x = 0; x < 30; x++) {
      raise(energy, at + x, centre + d, loud * uneven * Math.exp(-x / 14) * (1 - (d / spread) ** 2) ** 0.4);
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
  return BANDS * partOf(hertz);
}
