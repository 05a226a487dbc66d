import { Player } from './sound/player.js';
import { Connection } from './stream/connection.js';
import { heardIn, MAX_PROMPTS, sameMix } from './stream/mix.js';
import { Plan } from './stream/plan.js';
import * as say from './stream/protocol.js';
import { Pace, stateOf } from './ui/status.js';
import { words } from './ui/words.js';

/**
 * @typedef {import('./stream/protocol.js').ClipNote} ClipNote
 * @typedef {import('./stream/protocol.js').Settings} Settings
 *
 * @typedef {object} Track a clip on the audio clock
 * @property {ClipNote} note
 * @property {number} session in which it was sent; another one knows nothing of it
 * @property {boolean} heard
 *
 * @typedef {object} Listener
 * @property {() => void} onChange something that is shown has changed
 * @property {(hello: import('./stream/protocol.js').Hello) => void} onHello
 * @property {() => void} onFirst the first clip of all is about to be scheduled
 * @property {(clip: {note: ClipNote, startTime: number, picture: ArrayBuffer}) => void} onScheduled
 * @property {(note: ClipNote) => void} onHeard
 * @property {(message: string, refused?: string | null) => void} onError with the prompt that was refused, if one was
 */

/** How often the audio clock is looked at, for what needs no frame. */
const TICK_MS = 200;

/** A failure of the server's own may pass; this long after it the page asks again. */
const RETRY_MS = 5_000;

/** Clips that can be shared together: half a minute. */
const SHARED = 6;

/** What the inspection surface remembers. */
const LOG_LENGTH = 32;

/** One listener's endless riff: what is asked of the server, and what is played of its answers. */
export class Riff {
  plan = new Plan();
  pace = new Pace();
  /** @type {Settings} */
  settings = {};
  /** @type {Player<Track>} */
  player = new Player(() => this.#tick());
  /** @type {{index: number, startTime: number, duration: number, gap: boolean}[]} */
  log = [];

  /** @type {ClipNote[]} the clips that were heard last, the newest one at the end */
  heard = [];

  /** @type {ClipNote | null} the newest clip */
  last = null;

  #facts = { wasConnected: false, connected: false, ready: false, started: false, heard: false, position: 0, fetch: /** @type {import('./stream/protocol.js').Loading | null} */ (null) };
  #session = 0;
  /** Whether this session of the server has been told to start. */
  #live = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;

  /**
   * @param {URL} url
   * @param {Listener} listener
   */
  constructor(url, listener) {
    this.listener = listener;
    this.connection = new Connection(url, {
      onOpen: () => this.#learn({ connected: true, wasConnected: true }),
      onLost: () => this.#lost(),
      onMessage: message => this.#receive(message),
      onClip: clip => this.#play(clip),
    });
    setInterval(() => this.#tick(), TICK_MS);
  }

  /** @returns {import('./ui/status.js').Facts} */
  get facts() {
    return { ...this.#facts, paused: this.player.paused, dry: this.player.dry };
  }

  get state() {
    return stateOf(this.facts);
  }

  /** The clip that is heard now. */
  get sounding() {
    return this.player.schedule.at(this.player.audibleTime)?.item.note ?? null;
  }

  /**
   * The first prompt begins the riff; each later one waits for its turn.
   *
   * @param {string} prompt
   */
  submit(prompt) {
    if (!this.#facts.started) {
      this.plan.begin(prompt);
      this.#facts.started = true;
      this.resume();
    } else if (this.plan.add(prompt)) {
      this.connection.send(say.moveTo(prompt));
    }
    this.listener.onChange();
  }

  /**
   * Several prompts at once, from the next clip on; before the first one, what the riff begins with.
   *
   * @param {import('./stream/mix.js').Part[]} parts with shares of 1
   */
  mix(parts) {
    this.plan.mix(parts);
    if (this.#facts.started) {
      this.connection.send(say.mix(parts));
    } else {
      this.#facts.started = true;
      this.resume();
    }
    this.listener.onChange();
  }

  /** @param {number} place in the waiting line */
  remove(place) {
    this.plan.remove(place);
    this.listener.onChange();
  }

  pause() {
    void this.player.pause();
    this.connection.send(say.pause());
    clearTimeout(this.#retry);
    this.listener.onChange();
  }

  resume() {
    void this.player.play();
    if (this.#live) {
      this.connection.send(say.resume());
    } else {
      this.#start();
    }
    this.listener.onChange();
  }

  /** @param {Settings} settings those that change */
  change(settings) {
    this.settings = { ...this.settings, ...settings };
    if (this.#live) {
      this.connection.send(say.change(settings));
    }
  }

  #start() {
    if (!this.#facts.ready || this.plan.heading === null) {
      return;
    }
    this.#live = true;
    const seed = this.last?.endSeed ?? this.settings.seed;
    const settings = { ...this.settings, seed };
    const { asked } = this.plan;
    if (asked) {
      this.#startMix([...asked], settings);
    } else {
      this.connection.send(say.start(this.plan.heading, settings));
    }
    if (this.plan.waiting.length > 0) {
      this.connection.send(say.moveTo(this.plan.waiting[0]));
    }
  }

  /**
   * Goes on from the words of the newest clip towards those that are asked for.
   *
   * @param {import('./stream/mix.js').Part[]} asked
   * @param {Settings} settings
   */
  #startMix(asked, settings) {
    const newest = this.last ? heardIn(this.last) : asked;
    // On the way from one mix to another there may be more than can be asked for.
    const from = newest.length <= MAX_PROMPTS ? newest : asked;
    this.connection.send(say.startMix(from, settings));
    if (!sameMix(from, asked)) {
      this.connection.send(say.mix(asked));
    }
  }

  #lost() {
    this.#live = false;
    this.pace.stop();
    this.#learn({ connected: false, ready: false, position: 0, fetch: null });
  }

  /** @param {import('./stream/protocol.js').ServerMessage} message */
  #receive(message) {
    switch (message.type) {
      case 'loading':
        // All of it is there: what follows is the loading that needs no figures.
        this.#learn({ fetch: message.bytes < message.totalBytes ? message : null });
        break;
      case 'hello':
        this.#session++;
        this.#learn({ ready: true, fetch: null });
        this.listener.onHello(message);
        if (this.#facts.started && !this.player.paused) {
          this.#start();
        }
        break;
      case 'queued':
        this.#learn({ position: message.position });
        break;
      case 'progress':
        this.pace.step(message, performance.now() / 1000);
        this.#learn({ position: 0 });
        break;
      case 'error':
        this.#failed(message);
        break;
    }
  }

  /** @param {import('./stream/protocol.js').Failure} failure */
  #failed({ code, message, field }) {
    this.pace.stop();
    const refused = this.#refuse(code, field);
    this.listener.onError(message, refused);
    this.listener.onChange();
  }

  /**
   * Takes back what the server did not accept.
   *
   * @param {string} code
   * @param {string} [field]
   */
  #refuse(code, field) {
    if (code !== 'bad-request') {
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.connection.send(say.resume()), RETRY_MS);
    } else if (!this.#facts.heard) {
      // The very start was refused: back to where the listener can mend it.
      const prompt = this.plan.nowMix ? null : this.plan.now;
      this.#live = false;
      this.plan = new Plan();
      void this.player.pause();
      this.#learn({ started: false });
      return prompt;
    } else if (field === 'prompt') {
      const prompt = this.plan.waiting.shift();
      if (this.plan.waiting.length > 0) {
        this.connection.send(say.moveTo(this.plan.waiting[0]));
      }
      return prompt;
    } else if (field?.startsWith('prompts')) {
      this.plan.asked = null;
    }
    return null;
  }

  /** @param {import('./stream/protocol.js').Clip} clip */
  #play({ note, sound, picture }) {
    if (!this.#facts.heard) {
      this.listener.onFirst();
    }
    this.pace.stop();
    try {
      const track = { note, session: this.#session, heard: false };
      const place = this.player.add(note.index, sound, track);
      const { index, startTime, duration, gap } = place;
      this.log = [...this.log, { index, startTime, duration, gap }].slice(-LOG_LENGTH);
      this.listener.onScheduled({ note, startTime, picture });
    } catch (error) {
      console.warn(error);
      this.listener.onError(words.badSound);
      return;
    }
    this.last = note;
    const next = this.plan.arrived(note);
    if (next !== null) {
      this.connection.send(say.moveTo(next));
    }
    this.#learn({ heard: true, position: 0 });
  }

  /** Tells the server and the listener of clips that have begun to sound. */
  #tick() {
    const now = this.player.audibleTime;
    for (const { startTime, index, item } of this.player.schedule.places) {
      if (!item.heard && startTime <= now) {
        item.heard = true;
        this.heard = [...this.heard, item.note].slice(-SHARED);
        this.plan.heard(item.note);
        if (item.session === this.#session) {
          this.connection.send(say.played(index));
        }
        this.listener.onHeard(item.note);
      }
    }
    this.listener.onChange();
  }

  /** @param {Partial<import('./ui/status.js').Facts>} facts */
  #learn(facts) {
    this.#facts = { ...this.#facts, ...facts };
    this.listener.onChange();
  }
}
