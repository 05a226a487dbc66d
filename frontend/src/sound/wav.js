/**
 * Reads 16-bit PCM out of a WAV file. The browser's own decoder may resample or trim; a stream of clips laid end to
 * end needs every sample that the server sent and not one more.
 *
 * @typedef {object} Pcm
 * @property {number} sampleRate
 * @property {number} frames samples in each channel
 * @property {Float32Array<ArrayBuffer>[]} channels
 */

const PCM = 1;
const EXTENSIBLE = 0xfffe;

/**
 * @param {ArrayBuffer} bytes a whole WAV file
 * @returns {Pcm}
 */
export function readWav(bytes) {
  const { body, size, format } = find(bytes);
  return samples(new DataView(bytes), body, size, format);
}

/**
 * How long a WAV file is, without a look at its samples.
 *
 * @param {ArrayBuffer} bytes a whole WAV file
 * @returns {number} samples in each channel
 */
export function framesOf(bytes) {
  const { size, format } = find(bytes);
  return Math.floor(size / (2 * format.channels));
}

/**
 * Where the samples are, and of which format.
 *
 * @param {ArrayBuffer} bytes
 */
function find(bytes) {
  const view = new DataView(bytes);
  if (bytes.byteLength < 12 || text(view, 0) !== 'RIFF' || text(view, 8) !== 'WAVE') {
    throw new Error('This is not a WAV file.');
  }
  let format = null;
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const id = text(view, at);
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (id === 'fmt ') {
      format = readFormat(view, body);
    } else if (id === 'data') {
      if (!format) {
        throw new Error('The WAV file has samples before it says in which format.');
      }
      // A writer that streams cannot know the size beforehand and leaves a number far too large.
      return { body, size: Math.min(size, bytes.byteLength - body), format };
    }
    at = body + size + (size & 1);
  }
  throw new Error('The WAV file has no samples.');
}

/**
 * @param {DataView} view
 * @param {number} at
 */
function readFormat(view, at) {
  const coding = view.getUint16(at, true);
  const bits = view.getUint16(at + 14, true);
  if ((coding !== PCM && coding !== EXTENSIBLE) || bits !== 16) {
    throw new Error(`The WAV file holds coding ${coding} with ${bits} bits; only 16-bit PCM is understood.`);
  }
  return { channels: view.getUint16(at + 2, true), sampleRate: view.getUint32(at + 4, true) };
}

/**
 * @param {DataView} view
 * @param {number} at
 * @param {number} size
 * @param {{channels: number, sampleRate: number}} format
 * @returns {Pcm}
 */
function samples(view, at, size, { channels: count, sampleRate }) {
  const frames = Math.floor(size / (2 * count));
  const channels = Array.from({ length: count }, () => new Float32Array(frames));
  channels.forEach((channel, c) => {
    for (let i = 0; i < frames; i++) {
      channel[i] = view.getInt16(at + 2 * (i * count + c), true) / 32768;
    }
  });
  return { sampleRate, frames, channels };
}

/**
 * @param {DataView} view
 * @param {number} at
 */
function text(view, at) {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4));
}
