import { Schedule } from './schedule.js';
import { readWav } from './wav.js';

/**
 * @typedef {import('./schedule.js').Place} Place
 *
 * @typedef {object} Take clips that were scheduled one after the other, and can be stopped together
 * @property {GainNode} gain
 * @property {Map<AudioBufferSourceNode, Place>} sources
 */

export const SAMPLE_RATE = 44_100;
const FRAMES_PER_COLUMN = 441;

/** Long enough to be heard as a touch and not as a click. */
const FADE_SECONDS = 0.02;

/** How much is left of the music while something else is listened to. */
const DUCKED = 0.1;

/** Slow enough to be a gesture, fast enough not to be in the way. */
const DUCK_SECONDS = 0.25;

/** The clock may stop only after the fade was rendered, and rendering runs in bursts of a hardware buffer. */
const FADE_RENDERED_MS = 60;

/** The audio clock and what the browser tells of the loudspeakers differ by less than this. */
const CREDIBLE_SECONDS = 0.25;

/** Places are kept this long after they were heard, for those who show the past. */
const KEEP_SECONDS = 8;

/**
 * Plays clips end to end on one audio clock. A clip is handed to the audio thread as soon as it arrives, with the
 * exact time at which to start; the server's own limit on how far it runs ahead keeps this list short, and no timer
 * of a sleeping tab can break the music.
 *
 * @template T what the caller ties to a clip
 */
export class Player {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {GainNode | null} */
  #gain = null;
  /** @type {GainNode | null} behind {@link #gain}, so that neither knows of the other */
  #ducking = null;
  #ducked = false;
  #volume = 1;
  /** @type {Take | null} what is scheduled since the last jump */
  #take = null;
  #paused = true;
  #interrupted = false;
  /** Whether the clock has been told to go on, and does not yet. */
  #resuming = false;
  /** Of the last wish to suspend or resume; an older one that is still waiting gives way. */
  #wish = 0;

  /** @param {() => void} onTurn called when a clip has ended, which a sleeping tab is told in time too */
  constructor(onTurn) {
    /** @type {Schedule<T>} */
    this.schedule = new Schedule(SAMPLE_RATE, FRAMES_PER_COLUMN);
    this.onTurn = onTurn;
  }

  get paused() {
    return this.#paused;
  }

  /** Whether it was the device that stopped the sound, and nobody has wished for anything since. */
  get interrupted() {
    return this.#interrupted;
  }

  /** The audio clock in seconds; 0 before the first {@link play}. */
  get time() {
    return this.#context?.currentTime ?? 0;
  }

  /** What is leaving the loudspeakers now, on the same clock. */
  get audibleTime() {
    const latency = this.#context?.outputLatency || this.#context?.baseLatency || 0;
    return Math.max(0, this.time - latency);
  }

  /**
   * What leaves the loudspeakers at a time. The audio clock itself goes in leaps of a hardware buffer; the browser tells
   * between them, where it can.
   *
   * @param {number} wall seconds of performance.now()
   */
  audibleAt(wall) {
    const { contextTime = 0, performanceTime = 0 } = this.#context?.getOutputTimestamp?.() ?? {};
    const told = contextTime + wall - performanceTime / 1000;
    const { audibleTime, time } = this;
    // Some browsers tell what has nothing to do with it.
    return contextTime > 0 && Math.abs(told - audibleTime) < CREDIBLE_SECONDS ? Math.min(told, time) : audibleTime;
  }

  /** Whether every clip has been heard to its end. */
  get dry() {
    return this.schedule.endTime <= this.time;
  }

  /**
   * Must first be called from a click or a key press: browsers give no sound before. Where the device cannot be started,
   * the player is paused and {@link interrupted}.
   */
  async play() {
    this.#paused = false;
    this.#interrupted = false;
    const wish = ++this.#wish;
    const { context, gain } = this.#open();
    this.#resuming = true;
    const failure = await context.resume().then(() => null, (/** @type {unknown} */ reason) => reason);
    if (wish !== this.#wish) {
      return;
    }
    this.#resuming = false;
    if (failure === null) {
      gain.gain.setTargetAtTime(1, context.currentTime, FADE_SECONDS / 3);
    } else if (!this.#paused) {
      console.warn('The sound could not be started.', failure);
      this.#interrupt();
    }
  }

  /** Stops the clock itself, so that everything scheduled moves with it. */
  async pause() {
    this.#paused = true;
    this.#interrupted = false;
    this.#resuming = false;
    const wish = ++this.#wish;
    if (!this.#context || !this.#gain) {
      return;
    }
    this.#gain.gain.setTargetAtTime(0, this.#context.currentTime, FADE_SECONDS / 3);
    await new Promise(done => setTimeout(done, FADE_RENDERED_MS));
    if (wish === this.#wish) {
      await this.#context.suspend();
    }
  }

  /**
   * Makes room for another sound, and comes back.
   *
   * @param {boolean} ducked
   */
  duck(ducked) {
    this.#ducked = ducked;
    this.#ducking?.gain.setTargetAtTime(this.#level, this.time, DUCK_SECONDS / 3);
  }

  /** @param {number} volume 0 to 1, as it is felt */
  set volume(volume) {
    this.#volume = volume;
    this.#ducking?.gain.setTargetAtTime(this.#level, this.time, FADE_SECONDS / 3);
  }

  /** Loudness is felt as about the square root of the gain. */
  get #level() {
    return this.#volume ** 2 * (this.#ducked ? DUCKED : 1);
  }

  /**
   * Lays a clip behind those before it.
   *
   * @param {number} index
   * @param {ArrayBuffer} wav
   * @param {T} item
   * @param {number} tapeFrame where the clip begins on the tape
   * @param {number} skip frames at its beginning that are left out
   */
  add(index, wav, item, tapeFrame, skip = 0) {
    const { context, gain } = this.#open();
    const take = (this.#take ??= newTake(context, gain));
    const pcm = readWav(wav);
    const frames = pcm.frames - skip;
    const buffer = new AudioBuffer({ length: frames, numberOfChannels: pcm.channels.length, sampleRate: pcm.sampleRate });
    pcm.channels.forEach((channel, c) => buffer.copyToChannel(channel.subarray(skip), c));
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(take.gain);
    source.onended = () => {
      source.disconnect();
      take.sources.delete(source);
      this.schedule.forget(this.time - KEEP_SECONDS);
      this.onTurn();
    };
    const place = this.schedule.add(index, frames, item, context.currentTime, tapeFrame + skip);
    if (skip > 0) {
      take.gain.gain.setValueAtTime(0, place.startTime);
      take.gain.gain.linearRampToValueAtTime(1, place.startTime + FADE_SECONDS);
    }
    take.sources.set(source, place);
    source.start(place.startTime);
    return place;
  }

  /**
   * Takes back what was to come from a frame of the tape on. It must not have begun.
   *
   * @param {number} tapeFrame
   */
  takeBack(tapeFrame) {
    const gone = new Set(this.schedule.takeBack(tapeFrame));
    for (const [source, place] of this.#take?.sources ?? []) {
      if (gone.has(place)) {
        source.onended = () => source.disconnect();
        source.stop();
        this.#take?.sources.delete(source);
      }
    }
  }

  /**
   * Stops what sounds and what was to come; what is added next begins shortly after.
   *
   * @param {number} tapeFrame where it will begin on the tape
   */
  cut(tapeFrame) {
    this.schedule.clear(tapeFrame);
    const take = this.#take;
    this.#take = null;
    if (!this.#context || !take) {
      return;
    }
    const end = this.time + FADE_SECONDS;
    take.gain.gain.cancelScheduledValues(this.time);
    take.gain.gain.setTargetAtTime(0, this.time, FADE_SECONDS / 4);
    for (const source of take.sources.keys()) {
      source.onended = () => source.disconnect();
      source.stop(end);
    }
    setTimeout(() => take.gain.disconnect(), 1000 * FADE_SECONDS + FADE_RENDERED_MS);
  }

  /** A phone call or a lost device stops the clock as well; then the listener must be able to start it again. */
  #stateChanged() {
    // The news of a pause may come after the wish to play on.
    const stale = this.#resuming && this.#context?.state === 'suspended';
    if (this.#context?.state !== 'running' && !this.#paused && !stale) {
      this.#interrupt();
    }
  }

  #interrupt() {
    this.#paused = true;
    this.#interrupted = true;
    this.onTurn();
  }

  #open() {
    if (!this.#context || !this.#gain) {
      this.#context = openContext();
      this.#context.onstatechange = () => this.#stateChanged();
      this.#gain = new GainNode(this.#context, { gain: 0 });
      this.#ducking = new GainNode(this.#context, { gain: this.#level });
      this.#gain.connect(this.#ducking).connect(this.#context.destination);
    }
    return { context: this.#context, gain: this.#gain };
  }
}

/**
 * @param {AudioContext} context
 * @param {AudioNode} output
 * @returns {Take}
 */
function newTake(context, output) {
  const gain = new GainNode(context);
  gain.connect(output);
  return { gain, sources: new Map() };
}

/** At the stream's own rate nothing is resampled; a device that refuses it gets its own rate and the browser's filter. */
function openContext() {
  if ('audioSession' in navigator) {
    // Music, which the silent switch of a phone does not concern; a page's sounds are taken for ringing otherwise.
    Object.assign(/** @type {object} */ (navigator.audioSession), { type: 'playback' });
  }
  try {
    return new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'playback' });
  } catch {
    return new AudioContext({ latencyHint: 'playback' });
  }
}
