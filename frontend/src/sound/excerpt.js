/** What is cut is sent at this rate, which is that of the format of spectrograms. */
const SAMPLE_RATE = 44_100;

/**
 * Seconds of a sound of any kind that the browser can decode, mixed to one channel.
 *
 * @param {ArrayBuffer} file
 * @param {number} from where they begin
 * @param {number} seconds how many, if there are as many
 * @returns {Promise<import('./wav.js').Pcm>}
 * @throws {DOMException} if the browser cannot decode it
 */
export async function excerpt(file, from, seconds) {
  const sound = await new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(file);
  const start = Math.min(sound.length, Math.round(from * sound.sampleRate));
  const end = Math.min(sound.length, start + Math.ceil(seconds * sound.sampleRate));
  const channels = Array.from({ length: sound.numberOfChannels }, (_, c) => sound.getChannelData(c).subarray(start, end));
  return { sampleRate: sound.sampleRate, frames: end - start, channels: [mean(channels)] };
}

/** @param {Float32Array[]} channels of equal lengths, at least one */
export function mean(channels) {
  const mixed = new Float32Array(channels[0].length);
  for (const channel of channels) {
    for (let i = 0; i < mixed.length; i++) {
      mixed[i] += channel[i] / channels.length;
    }
  }
  return mixed;
}
