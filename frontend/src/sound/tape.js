/**
 * Everything that came in this visit, clip after clip. What a clip sounds and looks like takes two thirds of a megabyte,
 * so only the latest are kept, as they came; the server is asked again for those before.
 *
 * @typedef {import('../stream/protocol.js').ClipNote} ClipNote
 *
 * @typedef {object} Media a clip's sound and picture as files
 * @property {ArrayBuffer} sound WAV
 * @property {ArrayBuffer} picture PNG
 *
 * @typedef {object} Clip
 * @property {number} number of clips before it in this visit
 * @property {ClipNote} note
 * @property {number} session in which it was sent; another one knows nothing of it
 * @property {number} startFrame where it begins on the tape
 * @property {number} frames
 * @property {boolean} heard
 * @property {boolean} lost whether the server has forgotten it
 */

/** Two minutes. */
export const KEPT = 24;

/** Of those that were fetched again: what is in view of the playhead, and what comes next. */
export const FETCHED = 8;

/** So many clips last a day, and for longer no server keeps them. */
export const MOST = 17_280;

export class Tape {
  /** @type {Clip[]} */
  #clips = [];
  /** @type {Map<number, Media>} of the latest clips */
  #kept = new Map();
  /** @type {Map<number, Promise<Media>>} of clips that were fetched again; the latest asked for at the end */
  #fetched = new Map();

  /** Changes with every clip that comes or gives way. */
  version = 0;

  /** @param {(id: string) => Promise<Media>} fetch asks the server again */
  constructor(fetch) {
    this.fetch = fetch;
  }

  get startFrame() {
    return this.#clips[0]?.startFrame ?? 0;
  }

  get endFrame() {
    const last = this.last;
    return last ? last.startFrame + last.frames : 0;
  }

  get last() {
    return this.#clips.at(-1);
  }

  /**
   * @param {ClipNote} note
   * @param {Media} media
   * @param {number} frames
   * @param {number} session
   */
  append(note, media, frames, session) {
    const number = this.last ? this.last.number + 1 : 0;
    const clip = { number, note: lean(note, this.last?.note), session, startFrame: this.endFrame, frames, heard: false, lost: false };
    this.version++;
    this.#clips.push(clip);
    this.#kept.set(number, media);
    if (this.#clips.length > MOST) {
      this.#clips.shift();
    }
    this.#forget();
    return clip;
  }

  /**
   * Takes away what comes after a clip. Nobody may have heard it.
   *
   * @param {Clip} clip
   */
  endWith(clip) {
    this.version++;
    const end = clip.number - this.#clips[0].number + 1;
    this.#clips.splice(end).forEach(({ number }) => this.#kept.delete(number));
  }

  /** @param {number} number */
  clip(number) {
    return this.#clips[number - (this.#clips[0]?.number ?? 0)];
  }

  /**
   * The clip that a frame of the tape belongs to, or the one nearest to it.
   *
   * @param {number} frame
   */
  at(frame) {
    let low = 0;
    let high = this.#clips.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#clips[middle].startFrame <= frame) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.#clips.at(low);
  }

  /**
   * The clips of a stretch of the tape.
   *
   * @param {number} from frame
   * @param {number} to frame
   */
  between(from, to) {
    const found = [];
    for (let clip = this.at(from); clip && clip.startFrame < to; clip = this.clip(clip.number + 1)) {
      if (clip.startFrame + clip.frames > from) {
        found.push(clip);
      }
    }
    return found;
  }

  /**
   * The last few clips up to one, that one included.
   *
   * @param {Clip | undefined} clip
   * @param {number} count
   */
  upTo(clip, count) {
    const end = clip ? clip.number - (this.#clips[0]?.number ?? 0) + 1 : 0;
    return this.#clips.slice(Math.max(0, end - count), end);
  }

  /**
   * What is at hand of a clip.
   *
   * @param {Clip} clip
   */
  media(clip) {
    return this.#kept.get(clip.number);
  }

  /**
   * Gets a clip's files, from the server if need be.
   *
   * @param {Clip} clip
   * @returns {Promise<Media>} fails as the fetching does
   */
  load({ number, note }) {
    const kept = this.#kept.get(number);
    if (kept) {
      return Promise.resolve(kept);
    }
    const loading = this.#fetched.get(number) ?? this.fetch(note.id);
    this.#fetched.delete(number);
    this.#fetched.set(number, loading);
    if (this.#fetched.size > FETCHED) {
      this.#fetched.delete(/** @type {number} */ (this.#fetched.keys().next().value));
    }
    // What failed once may succeed the next time.
    loading.catch(() => this.#fetched.get(number) === loading && this.#fetched.delete(number));
    return loading;
  }

  /** What nobody has heard yet must stay: it is all that there is of it for now. */
  #forget() {
    for (const number of this.#kept.keys()) {
      if (this.#kept.size <= KEPT || (this.clip(number) && !this.clip(number).heard)) {
        break;
      }
      this.#kept.delete(number);
    }
  }
}

/**
 * What is worth knowing of a clip for the whole visit, in a quarter of a kilobyte: texts that are those of the clip before are
 * the very same.
 *
 * @param {ClipNote} note
 * @param {ClipNote | undefined} before
 * @returns {ClipNote}
 */
function lean(note, before) {
  const known = [before?.startPrompt, before?.endPrompt, before?.seedImage, before?.negativePrompt, before?.maskImage, before?.scheduler];
  const same = (/** @type {any} */ text) => known.find(other => other === text) ?? text;
  return {
    type: 'clip',
    index: note.index,
    id: note.id,
    seconds: note.seconds,
    imageOffsetSeconds: note.imageOffsetSeconds,
    startPrompt: same(note.startPrompt),
    endPrompt: same(note.endPrompt),
    startMix: note.startMix,
    endMix: note.endMix,
    alpha: note.alpha,
    startSeed: note.startSeed,
    endSeed: note.endSeed,
    seedImage: same(note.seedImage),
    denoising: note.denoising,
    guidance: note.guidance,
    steps: note.steps,
    negativePrompt: same(note.negativePrompt),
    maskImage: same(note.maskImage),
    scheduler: same(note.scheduler),
    loras: note.loras,
    alphaVelocity: note.alphaVelocity,
    seedMotion: note.seedMotion,
    variation: note.variation,
  };
}
