/** The first moment has the click of a key, and of the microphone itself. */
const SETTLING_SECONDS = 0.25;

/** A microphone that gives nothing for so long gives nothing at all. */
const PATIENCE_MS = 5_000;

/** Music is no conversation: nothing of it is to be taken away. */
const AS_IT_IS = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/**
 * Records some seconds from the microphone, and frees it, however that ends. Must be called from a click or a key press.
 *
 * @param {number} seconds
 * @param {(left: number) => void} tell seconds that are left, from when it begins on
 * @param {AbortSignal} signal ends it
 * @returns {Promise<import('./wav.js').Pcm>}
 * @throws {DOMException} as `getUserMedia` does, `NotAllowedError` and `NotFoundError` above all; `AbortError` where it was
 *   ended; `TimeoutError` where the microphone gives nothing
 */
export async function record(seconds, tell, signal) {
  if (!navigator.mediaDevices) {
    throw new DOMException('Browsers give the microphone to safe addresses only.', 'SecurityError');
  }
  const stream = await navigator.mediaDevices.getUserMedia({ audio: AS_IT_IS });
  const context = new AudioContext();
  try {
    await context.audioWorklet.addModule(new URL('./microphone-worklet.js', import.meta.url));
    await context.resume();
    signal.throwIfAborted();
    return await take(context, stream, seconds, tell, signal);
  } finally {
    stream.getTracks().forEach(track => track.stop());
    await context.close();
  }
}

/**
 * @param {AudioContext} context
 * @param {MediaStream} stream
 * @param {number} seconds
 * @param {(left: number) => void} tell
 * @param {AbortSignal} signal
 * @returns {Promise<import('./wav.js').Pcm>}
 */
function take(context, stream, seconds, tell, signal) {
  const { sampleRate } = context;
  const skipped = Math.round(SETTLING_SECONDS * sampleRate);
  const samples = new Float32Array(Math.ceil(seconds * sampleRate));
  let at = -skipped;
  return new Promise((done, fail) => {
    const late = () => fail(new DOMException('The microphone gives nothing.', 'TimeoutError'));
    let patience = setTimeout(late, PATIENCE_MS);
    const node = new AudioWorkletNode(context, 'microphone', { channelCount: 1, channelCountMode: 'explicit' });
    signal.addEventListener('abort', () => {
      // What is still on its way tells nothing any more.
      node.port.onmessage = null;
      clearTimeout(patience);
      fail(new DOMException('The recording was ended.', 'AbortError'));
    });
    node.port.onmessage = ({ data: block }) => {
      clearTimeout(patience);
      const first = Math.max(0, -at);
      samples.set(block.subarray(first, Math.max(first, samples.length - at)), Math.max(0, at));
      at += block.length;
      if (at >= samples.length) {
        node.port.onmessage = null;
        done({ sampleRate, frames: samples.length, channels: [samples] });
      } else {
        patience = setTimeout(late, PATIENCE_MS);
        tell(seconds - Math.max(0, at) / sampleRate);
      }
    };
    // It gives silence; but browsers run what leads to the loudspeakers alone.
    context.createMediaStreamSource(stream).connect(node).connect(context.destination);
  });
}
