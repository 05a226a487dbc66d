import { Player, SAMPLE_RATE } from './player.js';
import { Tape } from './tape.js';
import { weave, weavePicture } from './variation.js';
import { framesOf, readWav, writeWav } from './wav.js';

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

/** Clips that a variation is made of, at most. */
const WOVEN = 3;

/** Variations in a row, two minutes of them; after that, silence says more. */
const VARIATIONS = 24;

/** Clips that are looked at for real ones to weave. */
const RECENT = VARIATIONS + WOVEN;

/** What begins sooner than this may already be on its way to the loudspeakers. */
const BEGUN_SECONDS = 0.15;

/** Of what no server has sent. */
const NO_SESSION = -1;

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

  /** Whether nothing that was heard lies ahead. */
  get live() {
    return this.position > this.furthest - LIVE_SECONDS;
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

  /**
   * Takes a clip that has come: at the end of the tape, or in the place of clips that nobody has heard yet.
   *
   * @param {import('../stream/protocol.js').Clip} sent
   * @param {number} session
   * @returns {'laid' | 'replaced' | 'late' | 'stray'} late if the clips that were to give way sound already; stray if it
   *     does not follow any clip that is here
   * @throws {Error} if its sound cannot be read
   */
  take(sent, session) {
    const { after } = sent.note;
    const sentBefore = this.tape.upTo(this.tape.last, RECENT).filter(clip => clip.session === session);
    if (!after || !sentBefore.length || sentBefore.at(-1)?.note.id === after) {
      this.append(sent, session);
      return 'laid';
    }
    const stays = sentBefore.find(({ note }) => note.id === after);
    if (!stays) {
      return 'stray';
    }
    if (this.#endOf(stays) < this.player.time + BEGUN_SECONDS || this.tape.clip(stays.number + 1)?.heard) {
      return 'late';
    }
    const frame = stays.startFrame + stays.frames;
    // What cannot be read must not take the place of what can.
    framesOf(sent.sound);
    this.tape.endWith(stays);
    this.player.takeBack(frame);
    if (this.#next.number > stays.number) {
      this.#next = { number: stays.number + 1, skip: 0 };
    }
    this.append(sent, session);
    return 'replaced';
  }

  /**
   * The clip after which something new can be heard first.
   *
   * @param {number} seconds until that will be here
   * @param {number} session
   * @returns {Clip | null} null if all that has come will be over by then
   */
  soonest(seconds, session) {
    const clips = this.tape.upTo(this.tape.last, RECENT).filter(clip => clip.session === session);
    const sounding = clips.map(clip => clip.heard).lastIndexOf(true);
    return clips.slice(Math.max(0, sounding)).find(clip => this.#endOf(clip) >= this.player.time + seconds) ?? null;
  }

  /**
   * The last clip that a session of the server has sent and that is here.
   *
   * @param {number} session
   * @returns {Clip | null}
   */
  newest(session) {
    return this.tape.upTo(this.tape.last, RECENT).filter(clip => clip.session === session).at(-1) ?? null;
  }

  /** The clips that nobody has heard yet. */
  get ahead() {
    return this.tape.upTo(this.tape.last, RECENT).filter(clip => !clip.heard);
  }

  /**
   * How long until what follows a clip can be heard, or what follows all that has come; Infinity where the listener is
   * elsewhere.
   *
   * @param {Clip | null} clip
   */
  until(clip) {
    // Nothing takes the place of a variation that follows the newest clip.
    const end = clip && clip !== this.newest(clip.session) ? this.#endOf(clip) : this.#endOf(this.tape.last);
    return Math.max(0, end - this.player.audibleTime);
  }

  /**
   * When a clip ends on the audio clock; Infinity if what follows it is not to be heard soon.
   *
   * @param {Clip | undefined} clip
   */
  #endOf(clip) {
    const places = this.player.schedule.places;
    const next = clip && places.find(place => place.item === this.tape.clip(clip.number + 1));
    const place = clip && places.find(({ item }) => item === clip);
    return next?.startTime ?? (place ? place.startTime + place.duration : Infinity);
  }

  /** How long the sound goes on with what has come; Infinity where the listener is elsewhere. */
  get left() {
    const waits = this.#held === null && !this.#loading && !this.tape.clip(this.#next.number);
    return waits ? Math.max(0, this.player.schedule.endTime - this.player.time) : Infinity;
  }

  /** Whether what is heard is a variation that the page has made. */
  get varying() {
    return this.clip?.note.variation !== undefined;
  }

  /**
   * Lays a variation of the latest clips at the end of the tape, if nothing new comes until it is made.
   *
   * @returns {Promise<boolean>} whether there was something to make it of
   */
  async vary() {
    const { last } = this.tape;
    const latest = this.tape.upTo(last, RECENT).reverse();
    const number = latest.findIndex(clip => clip.note.variation === undefined);
    const clips = latest.filter(clip => clip.note.variation === undefined && clip.frames === latest[number]?.frames).slice(0, WOVEN);
    const media = clips.map(clip => this.tape.media(clip)).filter(one => one !== undefined);
    if (!last || number < 0 || number >= VARIATIONS || media.length === 0) {
      return false;
    }
    const sound = writeWav(weave(media.map(one => readWav(one.sound)), number));
    const picture = await weavePicture(media.map(one => one.picture), number);
    if (this.tape.last === last) {
      this.append({ note: { ...last.note, id: '', index: -1, variation: number }, sound, picture }, NO_SESSION);
    }
    return true;
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
