/**
 * Keeps a server that is too slow for its listener from falling silent: fewer steps for each clip until it keeps up, and
 * more again, up to what the listener wished for, when it has time to spare.
 */

/** A clip must be made in this part of the time that it sounds, so that there is some to spare. */
const ENOUGH = 0.9;

/** Below this part there is time for more steps. */
const PLENTY = 0.55;

/** With fewer, there is little music in it. */
const LEAST_STEPS = 4;

/** Above this part one clip says enough. */
const FAR = 1.3;

/** What part is aimed at when steps are taken away. */
const AIM = 0.8;

const MORE = 1.25;

/** Clips in a row that must say the same. */
const AGREE = 2;
const AGREE_ON_MORE = 6;

export class Thrift {
  /** @type {number | null} what the listener wished for, while clips are made with fewer */
  wished = null;
  /** Clips in a row that took too long (above 0), or had time to spare (below 0). */
  #tendency = 0;

  /**
   * A clip has come.
   *
   * @param {{seconds: number, generationSeconds?: number, steps?: number}} clip
   * @param {number} steps that clips are asked for with now
   * @returns {number | null} steps to ask for from now on, if they change
   */
  observe({ seconds, generationSeconds, steps: made }, steps) {
    if (generationSeconds === undefined || made !== steps) {
      // Begun before the last change.
      return null;
    }
    const part = generationSeconds / seconds;
    if (part > ENOUGH) {
      this.#tendency = Math.max(0, this.#tendency) + 1;
    } else if (part < PLENTY && this.wished !== null) {
      this.#tendency = Math.min(0, this.#tendency) - 1;
    } else {
      this.#tendency = 0;
    }
    if (this.#tendency >= (part > FAR ? 1 : AGREE) && steps > LEAST_STEPS) {
      return this.#change(Math.max(LEAST_STEPS, Math.floor((steps * AIM) / part)), this.wished ?? steps);
    }
    if (this.#tendency <= -AGREE_ON_MORE && this.wished !== null) {
      return this.#change(Math.min(this.wished, Math.ceil(steps * MORE)), this.wished);
    }
    return null;
  }

  /** The listener has chosen steps. */
  forget() {
    this.wished = null;
    this.#tendency = 0;
  }

  /**
   * @param {number} steps
   * @param {number} wished
   */
  #change(steps, wished) {
    this.#tendency = 0;
    this.wished = steps < wished ? wished : null;
    return steps;
  }
}
