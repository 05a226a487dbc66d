import { Player, SAMPLE_RATE } from './player.js';
import { Tape } from './tape.js';
import { framesOf } from './wav.js';

/**
 * @typedef {import('./tape.js').Clip} Clip
 * @typedef {import('./tape.js').Media} Media
 * @typedef {import('./schedule.js').Place & {item: Clip}} Placed
 *
 * @typedef {object} Listener
 * @property {() => void} onTurn a clip has ended
 * @property {(place: Placed) => void} onPlaced a clip has got its place on the audio clock
 * @property {(gone: boolean) => void} onMissing a clip could not be had again: the server has forgotten it, or it does
 *     not answer
 */

/** Scheduled ahead of the sound: enough for a sleeping tab, and few enough to be thrown away at each jump. */
const AHEAD_SECONDS = 30;

/** Nearer than this to the furthest moment, the listener is not behind. */
const LIVE_SECONDS = 0.25;

/**
 * Plays a tape of all clips: its end as it comes in, and from wherever the listener goes back to. What comes meanwhile
 * is laid at the end of the tape, so whoever listens on reaches it, clip after clip, and nothing is skipped.
 */
export class Deck {
  /** The clip to be scheduled next, and how much of it is skipped. */
  #next = { number: 0, skip: 0 };
  /** @type {number | null} the frame of the tape that a listener holds, in silence */
  #held = null;
  #furthest = 0;
  /** @type {Clip | null} on its way from the server */
  #loading = null;

  /**
   * @param {(id: string) => Promise<Media>} fetch
   * @param {Listener} listener
   */
  constructor(fetch, listener) {
    this.listener = listener;
    this.tape = new Tape(fetch);
    /** @type {Player<Clip>} */
    this.player = new Player(() => {
      this.#feed();
      listener.onTurn();
    });
  }

  /** The moment of the tape that is heard, in seconds from the beginning of the visit. */
  get position() {
    return this.positionAt(this.player.audibleTime);
  }

  /** The furthest moment that has been heard so far. */
  get furthest() {
    if (this.#held === null) {
      this.#furthest = Math.max(this.#furthest, Math.round(this.position * SAMPLE_RATE));
    }
    return this.#furthest / SAMPLE_RATE;
  }

  /** The first moment that can be gone back to. */
  get start() {
    return this.tape.startFrame / SAMPLE_RATE;
  }

  /** Whether what is heard is heard for the first time. */
  get live() {
    return this.#held === null && this.position > this.furthest - LIVE_SECONDS;
  }

  /** Whether every clip has been heard to its end. */
  get dry() {
    return this.#held === null && !this.#loading && this.player.dry && !this.tape.clip(this.#next.number);
  }

  /** The clip at the playhead. */
  get clip() {
    return this.tape.at(Math.round(this.position * SAMPLE_RATE));
  }

  /** @param {number} time of the audio clock */
  positionAt(time) {
    return this.#held === null ? this.player.schedule.tapeTime(time) : this.#held / SAMPLE_RATE;
  }

  /**
   * Lays a clip at the end of the tape.
   *
   * @param {import('../stream/protocol.js').Clip} clip
   * @param {number} session
   * @throws {Error} if its sound cannot be read
   */
  append({ note, sound, picture }, session) {
    const clip = this.tape.append(note, { sound, picture }, framesOf(sound), session);
    this.#feed();
    return clip;
  }

  /** Must first be called from a click or a key press: browsers give no sound before. */
  async play() {
    const playing = this.player.play();
    this.release();
    await playing;
  }

  /**
   * Stops the sound and shows a moment, until {@link release}.
   *
   * @param {number} seconds of the tape; at most {@link furthest}
   */
  hold(seconds) {
    const frame = Math.round(Math.min(Math.max(seconds, this.start), this.furthest) * SAMPLE_RATE);
    if (this.#held === null) {
      this.player.cut(frame);
      this.#loading = null;
    }
    this.#held = frame;
  }

  /** Plays on from the moment that is held; while the player pauses, later. */
  release() {
    const clip = this.#held === null || this.player.paused ? undefined : this.tape.at(this.#held);
    if (this.#held !== null && clip) {
      this.player.cut(this.#held);
      this.#next = { number: clip.number, skip: this.#held - clip.startFrame };
      this.#held = null;
      this.#feed();
    }
  }

  /** Back to where the listener left. */
  toLive() {
    this.hold(this.furthest);
    this.release();
  }

  /** Schedules what comes next, as far ahead as is useful. */
  #feed() {
    const { player, tape } = this;
    while (this.#held === null && !this.#loading && player.schedule.endTime < player.time + AHEAD_SECONDS) {
      const clip = tape.clip(this.#next.number);
      const media = clip && tape.media(clip);
      if (media) {
        this.#place(clip, media);
      } else if (clip?.lost) {
        this.#next = { number: clip.number + 1, skip: 0 };
      } else if (clip) {
        void this.#load(clip);
      } else {
        return;
      }
    }
  }

  /**
   * @param {Clip} clip
   * @param {Media} media
   */
  #place(clip, { sound }) {
    const { skip } = this.#next;
    this.#next = { number: clip.number + 1, skip: 0 };
    this.listener.onPlaced(this.player.add(clip.note.index, sound, clip, clip.startFrame, skip));
  }

  /** @param {Clip} clip */
  async #load(clip) {
    this.#loading = clip;
    const result = await this.tape.load(clip).catch(failure => failure);
    if (this.#loading !== clip) {
      return;
    }
    this.#loading = null;
    if (!(result instanceof Error)) {
      this.#place(clip, result);
      this.#feed();
    } else {
      clip.lost = result instanceof GoneError;
      this.listener.onMissing(clip.lost);
      if (clip.lost) {
        this.#feed();
      } else {
        this.toLive();
      }
    }
  }
}

/** The server no longer has what it was asked for. */
export class GoneError extends Error {}
