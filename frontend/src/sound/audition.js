import { readWav } from './wav.js';

/** @typedef {'loading' | 'playing' | 'over' | 'failed'} Stage */

/** A cut is heard as a click, a touch this long is not. */
const FADE_SECONDS = 0.02;

/** A picture that is a loop ends in the beat with which it begins; its last moment belongs to that. */
const END_SECONDS = 0.07;

/**
 * Plays one short sound at a time, beside the stream and whether or not that plays: the next ends the one before.
 */
export class Audition {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {((stage: Stage, seconds: number) => void) | null} of the sound that plays or is on its way */
  #tell = null;
  /** @type {{source: AudioBufferSourceNode, gain: GainNode} | null} */
  #sounding = null;

  /** @param {(sounding: boolean) => void} onSounding told when a sound begins, and when there is none any more */
  constructor(onSounding) {
    this.onSounding = onSounding;
  }

  /**
   * Must be called from a click or a key press: browsers give no sound before.
   *
   * @param {string} address of a WAV file
   * @param {(stage: Stage, seconds: number) => void} tell how it goes on, and how long the sound is in all
   */
  async play(address, tell) {
    this.stop();
    this.#tell = tell;
    tell('loading', 0);
    try {
      const context = (this.#context ??= new AudioContext());
      const [buffer] = await Promise.all([fetchSound(address), context.resume()]);
      if (this.#tell === tell) {
        this.#begin(context, buffer);
      }
    } catch (error) {
      if (this.#tell === tell) {
        console.debug(error);
        this.#end('failed');
      }
    }
  }

  stop() {
    if (this.#context && this.#sounding) {
      const { source, gain } = this.#sounding;
      const now = this.#context.currentTime;
      gain.gain.cancelScheduledValues(now);
      gain.gain.setTargetAtTime(0, now, FADE_SECONDS / 3);
      source.stop(now + 2 * FADE_SECONDS);
    }
    this.#end('over');
  }

  /**
   * @param {AudioContext} context
   * @param {AudioBuffer} buffer
   */
  #begin(context, buffer) {
    const source = new AudioBufferSourceNode(context, { buffer });
    const gain = new GainNode(context);
    const now = context.currentTime;
    const sounding = { source, gain };
    gain.gain.setValueAtTime(1, now + buffer.duration - END_SECONDS);
    gain.gain.linearRampToValueAtTime(0, now + buffer.duration);
    source.connect(gain).connect(context.destination);
    source.onended = () => {
      gain.disconnect();
      if (this.#sounding === sounding) {
        this.#end('over');
      }
      this.#rest();
    };
    source.start(now);
    this.#sounding = sounding;
    this.onSounding(true);
    this.#tell?.('playing', buffer.duration);
  }

  /** @param {Stage} stage */
  #end(stage) {
    const tell = this.#tell;
    this.#tell = null;
    if (this.#sounding) {
      this.#sounding = null;
      this.onSounding(false);
    } else {
      this.#rest();
    }
    tell?.(stage, 0);
  }

  /** A clock that runs for nothing drains batteries. */
  #rest() {
    if (!this.#tell) {
      void this.#context?.suspend();
    }
  }
}

/** @param {string} address */
async function fetchSound(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address} was answered with ${response.status}.`);
  }
  const { channels, frames, sampleRate } = readWav(await response.arrayBuffer());
  const buffer = new AudioBuffer({ length: frames, numberOfChannels: channels.length, sampleRate });
  channels.forEach((channel, c) => buffer.copyToChannel(channel, c));
  return buffer;
}
