/**
 * A clock that follows the audio clock but moves as evenly as the display. The audio clock advances in steps of a
 * hardware buffer; drawn as it is, the landscape would shiver.
 */

/** A larger error is a jump (the tab slept, the device changed), not jitter. */
const JUMP_SECONDS = 0.1;

/** How fast the error is taken up: part of it for each second, in a short time. */
const PULL = 3;

export class SmoothClock {
  #time = NaN;
  #wall = 0;

  /**
   * @param {number} audio seconds of the audio clock
   * @param {number} wall seconds of a monotonic clock, such as the time stamp of the frame
   * @returns {number} seconds of the audio clock, smoothed
   */
  read(audio, wall) {
    const guess = this.#time + (wall - this.#wall);
    const error = audio - guess;
    const taken = 1 - Math.exp(-PULL * (wall - this.#wall));
    this.#time = Math.abs(error) < JUMP_SECONDS ? guess + taken * error : audio;
    this.#wall = wall;
    return this.#time;
  }
}
