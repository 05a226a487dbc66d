/** So many samples are handed on at a time: a few hundredths of a second. */
const BLOCK = 2048;

// The types of the page do not know those of a worklet.
const { AudioWorkletProcessor, registerProcessor } = /** @type {any} */ (globalThis);

/** Hands on what comes in. */
class Microphone extends AudioWorkletProcessor {
  #block = new Float32Array(BLOCK);
  #filled = 0;

  /** @param {Float32Array[][]} inputs blocks of 128 samples */
  process([[samples]]) {
    if (samples) {
      this.#block.set(samples, this.#filled);
      this.#filled += samples.length;
      if (this.#filled === BLOCK) {
        this.port.postMessage(this.#block);
        this.#filled = 0;
      }
    }
    return true;
  }
}

registerProcessor('microphone', Microphone);
