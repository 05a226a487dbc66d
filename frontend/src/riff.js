import { Deck } from './sound/deck.js';
import { fetchClip } from './stream/clips.js';
import { Connection } from './stream/connection.js';
import { Hurry } from './stream/hurry.js';
import { heardIn, MAX_PROMPTS, sameMix } from './stream/mix.js';
import { Plan } from './stream/plan.js';
import * as say from './stream/protocol.js';
import { Thrift } from './stream/thrift.js';
import { Pace, stateOf } from './ui/status.js';
import { words } from './ui/words.js';

/**
 * @typedef {import('./stream/protocol.js').ClipNote} ClipNote
 * @typedef {import('./stream/protocol.js').Settings} Settings
 *
 * @typedef {object} Listener
 * @property {() => void} onChange something that is shown has changed
 * @property {(hello: import('./stream/protocol.js').Hello) => void} onHello
 * @property {(png: ArrayBuffer) => void} onSketch what there is of the first clip's picture, before it is heard
 * @property {() => void} onFirst the first clip of all is about to be scheduled
 * @property {() => void} onClip a clip has come
 * @property {(note: ClipNote) => void} onHeard a clip begins to sound, for the first time or once more
 * @property {(message: string) => void} onNotice what the listener may like to know
 * @property {(message: string, refused?: string | null) => void} onError with the prompt that was refused, if one was
 */

/** How often the audio clock is looked at, for what needs no frame. */
const TICK_MS = 200;

/** A failure of the server's own may pass; this long after it the page asks again. */
const RETRY_MS = 5_000;

/** Where less is left of what has come, a variation is laid after it: long enough to make one in a sleeping tab. */
const BRIDGE_SECONDS = 2;

/** Clips that can be shared or saved together: a minute. */
const KEPT = 12;

/** What the inspection surface remembers. */
const LOG_LENGTH = 64;

/** One listener's endless riff: what is asked of the server, and what is played of its answers. */
export class Riff {
  plan = new Plan();
  pace = new Pace();
  thrift = new Thrift();
  /** @type {Settings} */
  settings = {};
  /** @type {Settings} those of the server */
  defaults = {};
  deck = new Deck(id => fetchClip(id, document.baseURI), {
    onTurn: () => this.#tick(),
    onPlaced: place => this.#note(place),
    onMissing: gone => this.listener.onError(gone ? words.forgotten : words.notFetched),
  });
  player = this.deck.player;
  #hurry = new Hurry(this.deck);
  /** @type {{index: number, id: string, startTime: number, duration: number, gap: boolean, tapeTime: number}[]} */
  log = [];

  /** @type {ClipNote | null} the newest clip */
  last = null;

  #facts = { wasConnected: false, connected: false, ready: false, started: false, heard: false, position: 0, fetch: /** @type {import('./stream/protocol.js').Loading | null} */ (null) };
  /** @type {string | null} where the riff goes on from, until its first clip is there */
  #link = null;
  /** @type {Settings} those that the listener has changed */
  #chosen = {};
  #session = 0;
  /** Whether a variation is being made. */
  #bridging = false;
  /** @type {WeakSet<object>} places on the audio clock whose sound has begun */
  #begun = new WeakSet();
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
    // After a phone call the music goes on when the listener comes back to it.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.player.interrupted) {
        this.resume();
      }
    });
  }

  /** @returns {import('./ui/status.js').Facts} */
  get facts() {
    const { deck, player } = this;
    return { ...this.#facts, paused: player.paused, dry: deck.dry, varying: deck.varying, keepable: this.heard.length > 0 };
  }

  get state() {
    return stateOf(this.facts);
  }

  /** The clip that is heard now. */
  get sounding() {
    return this.player.schedule.at(this.player.audibleTime)?.item.note ?? null;
  }

  /** The last few clips up to the one that is heard now, that one at the end. */
  get heard() {
    const { deck } = this;
    return deck.tape.upTo(deck.clip, KEPT).filter(clip => clip.heard && clip.note.id).map(clip => clip.note);
  }

  /** How long until what was wished for last is heard, as far as that is known; Infinity where the listener is elsewhere. */
  get secondsToWish() {
    return Math.max(this.deck.until(this.#hurry.stays), this.#hurry.left(performance.now() / 1000));
  }

  /**
   * Says what the listener wants; clips that were made before may give way to it.
   *
   * @param {import('./stream/protocol.js').ClientMessage} message
   */
  #wish(message) {
    this.connection.send({ ...message, ...this.#hurry.wish(this.#session, performance.now() / 1000) });
  }

  /**
   * The first prompt begins the riff; each later one waits for its turn.
   *
   * @param {string} prompt
   * @param {string | null} [link] for the riff to go on from; the prompt is what it leads to
   */
  submit(prompt, link = null) {
    if (!this.#facts.started) {
      this.plan.begin(prompt);
      this.#link = link;
      this.#facts.started = true;
      this.resume();
    } else if (this.plan.add(prompt)) {
      this.#wish(say.moveTo(prompt));
    }
    this.listener.onChange();
  }

  /**
   * Several prompts at once, from the next clip on; before the first one, what the riff begins with.
   *
   * @param {import('./stream/mix.js').Part[]} parts with shares of 1
   * @param {string | null} [link] for the riff to go on from; the mix is what it leads to
   */
  mix(parts, link = null) {
    this.plan.mix(parts);
    if (this.#facts.started) {
      this.#wish(say.mix(parts));
    } else {
      this.#link = link;
      this.#facts.started = true;
      this.resume();
    }
    this.listener.onChange();
  }

  /** @param {number} place in the waiting line */
  remove(place) {
    this.#reorder(this.plan.remove(place));
  }

  /** @param {number} place in the waiting line, from 1, of a prompt that goes before the one in front of it */
  advance(place) {
    this.#reorder(this.plan.advance(place));
  }

  /**
   * Goes back to what was heard before.
   *
   * @param {string} entry of the past
   */
  again(entry) {
    const mix = this.plan.mixOf(entry);
    if (mix) {
      this.mix([...mix]);
    } else {
      this.submit(entry);
    }
  }

  /** @param {boolean} told whether the server knows of a line that is not so any more */
  #reorder(told) {
    const { waiting, asked, heading } = this.plan;
    const [first] = waiting;
    if (told && asked) {
      this.connection.send(say.mix([...asked]));
      if (first) {
        this.#wish(say.moveTo(first));
      }
    } else if (told && (first ?? heading)) {
      // Where it already is, it does not move; so that empties the line.
      this.#wish(say.moveTo(/** @type {string} */ (first ?? heading), true));
    }
    this.listener.onChange();
  }

  pause() {
    void this.player.pause();
    this.connection.send(say.pause());
    clearTimeout(this.#retry);
    this.listener.onChange();
  }

  resume() {
    void this.deck.play();
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
    this.#chosen = { ...this.#chosen, ...settings };
    if (settings.steps !== undefined) {
      this.thrift.forget();
    }
    if (this.#live) {
      this.#wish(say.change(settings));
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
    if (this.#link !== null) {
      this.connection.send(say.startFrom(this.#link, this.#chosen, !this.#facts.heard));
    } else if (asked) {
      this.#startMix([...asked], settings);
    } else {
      this.connection.send(say.start(this.plan.heading, settings, !this.#facts.heard));
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
    this.connection.send(say.startMix(from, settings, !this.#facts.heard));
    if (!sameMix(from, asked)) {
      this.connection.send(say.mix(asked));
    }
  }

  #lost() {
    this.#live = false;
    this.#hurry.forget();
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
      case 'sketch':
        if (!this.#facts.heard) {
          this.listener.onSketch(bytesOf(message.image.data));
        }
        break;
      case 'error':
        this.#failed(message);
        break;
    }
  }

  /** @param {import('./stream/protocol.js').Failure} failure */
  #failed({ code, message, field }) {
    this.pace.stop();
    if (field === 'link' && this.plan.now) {
      // What the link led to is gone, but not its words.
      this.#link = null;
      this.#start();
      this.listener.onError(words.linkIsGone);
    } else {
      const refused = this.#refuse(code, field);
      this.listener.onError(message, refused);
    }
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
      if (field && field in this.defaults) {
        // It may come from the address, such as a seed image that another server has.
        this.settings = { ...this.settings, [field]: this.defaults[/** @type {keyof Settings} */ (field)] };
      }
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
  #play(clip) {
    const { note } = clip;
    if (!this.#facts.heard) {
      this.listener.onFirst();
    }
    this.pace.stop();
    /** @type {ReturnType<Deck['take']>} */
    let place;
    try {
      place = this.deck.take(clip, this.#session);
    } catch (error) {
      console.warn(error);
      this.listener.onError(words.badSound);
      return;
    }
    if (this.#hurry.came(place, note.generationSeconds, performance.now() / 1000)) {
      this.#wish(say.change({}));
    }
    if (place === 'late' || place === 'stray') {
      return;
    }
    if (place === 'replaced') {
      this.plan.giveWay(this.deck.ahead.slice(0, -1).map(({ note: left }) => left));
    }
    if (this.#link !== null) {
      this.#link = null;
      this.settings = { ...this.settings, ...say.settingsOf(note) };
      this.plan.beginWith(note);
    }
    this.last = note;
    const next = this.plan.arrived(note);
    if (next !== null) {
      this.connection.send(say.moveTo(next));
    }
    this.listener.onClip();
    this.#keepUp(note);
    this.#learn({ heard: true, position: 0 });
  }

  /** @param {ClipNote} note the newest clip */
  #keepUp(note) {
    const steps = this.settings.steps === undefined ? null : this.thrift.observe(note, this.settings.steps);
    if (steps !== null) {
      this.settings = { ...this.settings, steps };
      this.connection.send(say.change({ steps }));
      this.listener.onNotice(this.thrift.wished === null ? words.stepsAgain(steps) : words.fewerSteps(steps));
    }
  }

  /** What comes late must not leave silence. */
  #bridge() {
    const { deck } = this;
    if (this.#facts.heard && !this.player.paused && !this.#bridging && deck.left < BRIDGE_SECONDS) {
      this.#bridging = true;
      void deck
        .vary()
        .catch(failure => console.warn('No variation could be made.', failure))
        .finally(() => (this.#bridging = false));
    }
  }

  /** @param {import('./sound/deck.js').Placed} place */
  #note({ index, startTime, duration, gap, tapeFrame, item }) {
    const tapeTime = tapeFrame / this.player.schedule.rate;
    // What had its place there before gave way.
    const before = this.log.filter(entry => entry.startTime < startTime);
    this.log = [...before, { index, id: item.note.id, startTime, duration, gap, tapeTime }].slice(-LOG_LENGTH);
  }

  /** Tells the listener of clips that have begun to sound, and the server of those that never did before. */
  #tick() {
    const now = this.player.audibleTime;
    for (const place of this.player.schedule.places) {
      if (place.startTime <= now && !this.#begun.has(place)) {
        this.#begun.add(place);
        this.#begin(place.item);
      }
    }
    this.#bridge();
    this.listener.onChange();
  }

  /** @param {import('./sound/tape.js').Clip} clip */
  #begin(clip) {
    const { note, session, heard } = clip;
    if (!heard) {
      clip.heard = true;
      this.plan.heard(note);
      if (session === this.#session) {
        this.connection.send(say.played(note.index));
      }
    }
    this.listener.onHeard(note);
  }

  /** @param {Partial<import('./ui/status.js').Facts>} facts */
  #learn(facts) {
    this.#facts = { ...this.#facts, ...facts };
    this.listener.onChange();
  }
}

/** @param {string} base64 */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0)).buffer;
}
