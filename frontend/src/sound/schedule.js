/**
 * Where each clip lies on the audio clock. Positions are whole frames, so that clips meet to the sample however long
 * the music lasts; seconds are only what the Web Audio API is told.
 *
 * What is heard at a time of the clock is a moment of the tape, on which all clips of a visit lie end to end: the clock
 * only ever goes on, while a listener may go back.
 *
 * @typedef {object} Place
 * @property {number} index of the clip in its session
 * @property {number} startFrame
 * @property {number} startTime in seconds of the audio clock
 * @property {number} frames
 * @property {number} duration in seconds
 * @property {boolean} gap whether silence lies between this clip and the one before
 * @property {number} tapeFrame which frame of the tape sounds first
 */

/** Between now and the first sample of a new time base: enough for the audio thread to see it in time. */
const LEAD_SECONDS = 0.12;

/** The audio thread renders ahead in bursts; a start nearer than this may already be behind it. */
const TOO_NEAR_SECONDS = 0.05;

/**
 * @template T what the caller ties to a place
 */
export class Schedule {
  /** @type {(Place & {item: T})[]} */
  #places = [];
  #endFrame = 0;
  /** The frame of the tape that follows on the last one that is laid. */
  #tapeFrame = 0;

  /**
   * @param {number} rate frames in a second of the stream
   * @param {number} grid frames in a column of the spectrogram; a new time base starts on a whole column, so that
   *     pictures never need to be resampled
   */
  constructor(rate, grid) {
    this.rate = rate;
    this.grid = grid;
  }

  /** When the last clip ends; 0 before the first. */
  get endTime() {
    return this.#endFrame / this.rate;
  }

  /** What is playing or still to come, oldest first; what has been over for a while is gone. */
  get places() {
    return /** @type {readonly (Place & {item: T})[]} */ (this.#places);
  }

  /**
   * Lays a clip at the end of those before it, or, where they have run out, shortly after now.
   *
   * @param {number} index
   * @param {number} frames
   * @param {T} item
   * @param {number} now the audio clock in seconds
   * @param {number} tapeFrame which frame of the tape it begins with
   */
  add(index, frames, item, now, tapeFrame = this.#tapeFrame) {
    const earliest = now * this.rate;
    const late = this.#endFrame < earliest + TOO_NEAR_SECONDS * this.rate;
    const startFrame = late
      ? Math.ceil((earliest + LEAD_SECONDS * this.rate) / this.grid) * this.grid
      : this.#endFrame;
    const place = {
      index,
      startFrame,
      startTime: startFrame / this.rate,
      frames,
      duration: frames / this.rate,
      gap: late,
      tapeFrame,
      item,
    };
    this.#places.push(place);
    this.#endFrame = startFrame + frames;
    this.#tapeFrame = tapeFrame + frames;
    return place;
  }

  /**
   * The clip that sounds at a time, or undefined in silence.
   *
   * @param {number} time
   */
  at(time) {
    return this.#places.find(p => p.startTime <= time && time < p.startTime + p.duration);
  }

  /**
   * Which moment of the tape is heard; between two clips, the moment that comes next.
   *
   * @param {number} time of the audio clock in seconds
   * @returns {number} seconds of the tape
   */
  tapeTime(time) {
    const next = this.#places.find(p => time < p.startTime + p.duration);
    return next ? next.tapeFrame / this.rate + Math.max(0, time - next.startTime) : this.#tapeFrame / this.rate;
  }

  /**
   * Takes everything back; what is laid next begins elsewhere on the tape.
   *
   * @param {number} tapeFrame
   */
  clear(tapeFrame) {
    this.#places = [];
    this.#endFrame = 0;
    this.#tapeFrame = tapeFrame;
  }

  /**
   * Takes back what was to come from a frame of the tape on; what is laid next follows on what is before that frame.
   *
   * @param {number} tapeFrame
   * @returns {Place[]} what was taken back
   */
  takeBack(tapeFrame) {
    const gone = this.#places.filter(place => place.tapeFrame >= tapeFrame);
    if (gone.length > 0) {
      this.#places = this.#places.filter(place => place.tapeFrame < tapeFrame);
      this.#endFrame = gone[0].startFrame;
      this.#tapeFrame = tapeFrame;
    }
    return gone;
  }

  /**
   * Forgets what ended before a time.
   *
   * @param {number} time
   */
  forget(time) {
    this.#places = this.#places.filter(p => p.startTime + p.duration >= time);
  }
}
