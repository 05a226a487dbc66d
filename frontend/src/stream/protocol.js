/**
 * The messages of the live protocol, version 1, as the page reads them. Text frames are JSON; a `clip` is followed by
 * two binary frames, its sound and then its picture.
 *
 * @typedef {object} Settings
 * @property {number} [seed]
 * @property {string | null} [seedImage]
 * @property {number} [denoising]
 * @property {number} [guidance]
 * @property {number} [steps]
 * @property {string} [negativePrompt]
 * @property {string | null} [maskImage]
 * @property {string | null} [scheduler]
 * @property {Record<string, number> | null} [loras]
 * @property {number} [alphaVelocity]
 * @property {'walk' | 'random' | 'lock'} [seedMotion]
 *
 * @typedef {object} Loading the model is on its way to the server; comes before hello, again and again
 * @property {'loading'} type
 * @property {string} model
 * @property {number} bytes
 * @property {number} totalBytes
 * @property {number} bytesPerSecond
 * @property {number} [secondsLeft]
 *
 * @typedef {object} Hello
 * @property {'hello'} type
 * @property {number} protocol
 * @property {string} model
 * @property {Settings} defaults
 * @property {number} clipSeconds
 * @property {SeedImage[]} [seedImages]
 * @property {string[]} [maskImages]
 * @property {string[]} [schedulers]
 * @property {Record<string, number>} [loras]
 * @property {string[]} [examplePrompts]
 *
 * @typedef {object} SeedImage
 * @property {string} id
 * @property {string} title
 * @property {number} beats in a clip; 0 for none
 * @property {string} [image] address of its picture
 * @property {string} [sound] address of its sound
 *
 * @typedef {object} Queued
 * @property {'queued'} type
 * @property {number} position
 *
 * @typedef {object} Progress
 * @property {'progress'} type
 * @property {number} index
 * @property {number} step
 * @property {number} steps
 *
 * @typedef {object} Sketch what there is of the first clip's picture
 * @property {'sketch'} type
 * @property {number} riff
 * @property {{mediaType: string, data: string}} image in Base64
 *
 * @typedef {object} Failure
 * @property {'error'} type
 * @property {string} code
 * @property {string} message
 * @property {string} [field]
 *
 * @typedef {object} ClipNote what is known about a clip, apart from its sound and picture
 * @property {'clip'} type
 * @property {number} index
 * @property {string} id
 * @property {string} [after] the clip that it follows; none for the first of a riff
 * @property {number} seconds
 * @property {string} startPrompt
 * @property {string} endPrompt
 * @property {number} alpha
 * @property {import('./mix.js').Part[]} [startMix] where the start is several prompts at once
 * @property {import('./mix.js').Part[]} [endMix] likewise
 * @property {number} startSeed
 * @property {number} endSeed
 * @property {string | null} [seedImage]
 * @property {number} [denoising]
 * @property {number} [guidance]
 * @property {number} [steps]
 * @property {string} [negativePrompt]
 * @property {string | null} [maskImage]
 * @property {string | null} [scheduler]
 * @property {Record<string, number> | null} [loras]
 * @property {number} [alphaVelocity]
 * @property {'walk' | 'random' | 'lock'} [seedMotion]
 * @property {number} [generationSeconds] how long it took to make
 * @property {number} [variation] of those that the page makes itself while it waits, how many were before it
 * @property {number} [imageOffsetSeconds] from the first sample to the first column
 *
 * @typedef {object} Clip
 * @property {ClipNote} note
 * @property {ArrayBuffer} sound
 * @property {ArrayBuffer} picture
 *
 * @typedef {Loading | Hello | Queued | Progress | Sketch | Failure} ServerMessage
 * @typedef {{type: string} & Record<string, unknown>} ClientMessage
 */

/**
 * Puts frames together again. Each call returns what the frame completed: a message, a whole clip, or nothing yet.
 */
export class FrameReader {
  /** @type {ClipNote | null} */
  #note = null;
  /** @type {ArrayBuffer | null} */
  #sound = null;

  /**
   * @param {string | ArrayBuffer} frame
   * @returns {ServerMessage | Clip | null}
   */
  read(frame) {
    return typeof frame === 'string' ? this.#readText(frame) : this.#readBytes(frame);
  }

  /** @param {string} frame */
  #readText(frame) {
    const message = /** @type {ServerMessage | ClipNote} */ (JSON.parse(frame));
    this.#sound = null;
    this.#note = message.type === 'clip' ? message : null;
    return message.type === 'clip' ? null : message;
  }

  /**
   * @param {ArrayBuffer} frame
   * @returns {Clip | null}
   */
  #readBytes(frame) {
    if (!this.#note) {
      return null;
    }
    if (!this.#sound) {
      this.#sound = frame;
      return null;
    }
    const clip = { note: this.#note, sound: this.#sound, picture: frame };
    this.#note = null;
    this.#sound = null;
    return clip;
  }
}

/**
 * The only coding that can be cut to the sample in every browser, so the page asks for it by name.
 *
 * @param {string} prompt
 * @param {Settings} settings
 * @param {boolean} sketches whether to be shown the first clip's picture while it is painted
 * @returns {ClientMessage}
 */
export const start = (prompt, settings, sketches) => ({ type: 'start', prompt, audio: 'wav', sketches, ...settings });

/**
 * @param {string} link to go on from, with its words and settings
 * @param {Settings} settings that take the place of the link's
 * @param {boolean} sketches as for {@link start}
 * @returns {ClientMessage}
 */
export const startFrom = (link, settings, sketches) => ({ type: 'start', link, audio: 'wav', sketches, ...settings });

/**
 * The settings that a clip was made with.
 *
 * @param {ClipNote} note
 * @returns {Settings}
 */
export const settingsOf = ({ startSeed, seedImage, denoising, guidance, steps, negativePrompt, maskImage, scheduler, loras, alphaVelocity, seedMotion }) => ({
  seed: startSeed,
  seedImage,
  denoising,
  guidance,
  steps,
  negativePrompt,
  maskImage,
  scheduler,
  loras,
  alphaVelocity,
  seedMotion,
});

/**
 * The same in the midst of a mix.
 *
 * @param {import('./mix.js').Part[]} mix
 * @param {Settings} settings
 * @param {boolean} sketches as for {@link start}
 * @returns {ClientMessage}
 */
export const startMix = (mix, settings, sketches) => ({ type: 'start', mix, audio: 'wav', sketches, ...settings });

/**
 * @param {import('./mix.js').Part[]} prompts
 * @returns {ClientMessage}
 */
export const mix = prompts => ({ type: 'mix', prompts });

/**
 * @param {string} prompt
 * @param {boolean} [replace] whether it takes the place of all that wait
 * @returns {ClientMessage}
 */
export const moveTo = (prompt, replace = false) => ({ type: 'prompt', prompt, ...(replace && { replace }) });

/**
 * @param {Settings} settings
 * @returns {ClientMessage}
 */
export const change = settings => ({ type: 'settings', ...settings });

/**
 * @param {number} index
 * @returns {ClientMessage}
 */
export const played = index => ({ type: 'played', index });

/** @returns {ClientMessage} */
export const pause = () => ({ type: 'pause' });

/** @returns {ClientMessage} */
export const resume = () => ({ type: 'resume' });
