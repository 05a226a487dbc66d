import { bring, isOwn, ownSeed, Refusal } from '../own-seeds.js';
import { excerpt } from '../sound/excerpt.js';
import { record } from '../sound/microphone.js';
import { writeWav } from '../sound/wav.js';
import { words } from './words.js';

/** @typedef {import('../stream/protocol.js').SeedImage} SeedImage */

/** As long as a clip. */
const SECONDS = 5.12;

/** The server decodes no sound further than this. */
const LATEST = 600;

const TITLE_LENGTH = 40;

/** Where this visit's titles are kept over a reload of the page. */
const TITLES = 'riffloom.own-seeds';

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Brings a listener's own seed image: a file that is chosen or dropped, or what the microphone hears. */
export class OwnSeed {
  #place = element('own-seed');
  #input = /** @type {HTMLInputElement} */ (element('own-input'));
  #file = /** @type {HTMLButtonElement} */ (element('own-file'));
  #record = /** @type {HTMLButtonElement} */ (element('own-record'));
  #from = /** @type {HTMLInputElement} */ (element('own-from'));
  #progress = /** @type {HTMLProgressElement} */ (element('own-progress'));
  #status = element('own-status');
  #busy = false;
  /** @type {AbortController | null} ends the recording that runs */
  #recording = null;
  #recordings = 0;

  /**
   * @param {import('./seeds.js').SeedCards} cards
   * @param {() => () => void} hush silences what plays, and returns how to go on
   */
  constructor(cards, hush) {
    this.cards = cards;
    this.hush = hush;
    remembered().forEach(({ id, title }) => cards.add(ownSeed(id, title)));
    this.#file.addEventListener('click', () => !this.#busy && this.#input.click());
    this.#input.addEventListener('change', () => this.#choose(this.#input.files));
    this.#record.addEventListener('click', () => (this.#recording ? this.stop() : void this.#listen()));
    this.#from.addEventListener('change', () => (this.#from.value = String(this.#fromSeconds)));
    const dialog = /** @type {HTMLElement} */ (this.#place.closest('dialog'));
    dialog.addEventListener('dragover', event => this.#drag(event, true));
    dialog.addEventListener('dragleave', event => this.#drag(event, false));
    dialog.addEventListener('drop', event => {
      this.#drag(event, false);
      this.#choose(event.dataTransfer?.files ?? null);
    });
  }

  /** Ends a recording, and frees the microphone. */
  stop() {
    this.#recording?.abort();
  }

  get #fromSeconds() {
    const from = this.#from.valueAsNumber;
    return from > 0 ? Math.min(from, LATEST) : 0;
  }

  /**
   * @param {DragEvent} event
   * @param {boolean} over
   */
  #drag(event, over) {
    if (event.dataTransfer?.types.includes('Files')) {
      // Else the browser would leave the page for the file.
      event.preventDefault();
      this.#place.classList.toggle('over', over);
    }
  }

  /** @param {FileList | null} files */
  #choose(files) {
    const file = files?.[0];
    if (file && !this.#busy) {
      void this.#work(words.own.sending, async () => this.#show(await this.#bringFile(file), titleOf(file.name)));
    }
    // The same file again is a choice as well.
    this.#input.value = '';
  }

  async #listen() {
    if (this.#busy) {
      return;
    }
    this.#recording = new AbortController();
    const { signal } = this.#recording;
    const goOn = this.hush();
    await this.#work(words.own.asking, async () => {
      try {
        const sound = await record(SECONDS, left => this.#count(left), signal);
        this.#ended();
        this.#say(words.own.sending);
        const wav = new Blob([writeWav(sound)]);
        this.#show(await this.#bring(wav, 0), words.own.recorded(++this.#recordings));
      } finally {
        this.#ended();
        goOn();
      }
    });
  }

  /** @param {number} left seconds */
  #count(left) {
    this.#record.classList.add('on');
    this.#say(words.own.recording(Math.max(1, Math.round(left))));
    this.#progress.value = 1 - left / SECONDS;
    this.#name(words.own.stop);
  }

  #ended() {
    this.#recording = null;
    this.#record.classList.remove('on');
    this.#name(words.own.record);
  }

  /** @param {string} text */
  #name(text) {
    const label = /** @type {HTMLElement} */ (this.#record.querySelector('span'));
    if (label.textContent !== text) {
      label.textContent = text;
    }
  }

  /**
   * The file itself; or, where the server can read nothing of it but the browser can, some seconds of it.
   *
   * @param {File} file
   * @returns {Promise<SeedImage>}
   */
  async #bringFile(file) {
    const from = this.#fromSeconds;
    try {
      return await this.#bring(file, from);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || !refusal.unreadable || file.type.startsWith('image/')) {
        throw refusal;
      }
      const sound = await excerpt(await file.arrayBuffer(), from, SECONDS).catch(() => null);
      if (!sound || sound.frames === 0) {
        throw refusal;
      }
      return this.#bring(new Blob([writeWav(sound)]), 0);
    }
  }

  /**
   * @param {Blob} file
   * @param {number} from
   */
  #bring(file, from) {
    return bring(file, from, document.baseURI, part => {
      this.#progress.value = part;
      if (part === 1) {
        this.#progress.removeAttribute('value');
        this.#say(words.own.making);
      }
    });
  }

  /**
   * @param {SeedImage} seed
   * @param {string} title
   */
  #show(seed, title) {
    this.cards.add({ ...seed, title });
    remember(seed.id, title);
    this.#say(words.own.made(title));
    if (/** @type {HTMLDialogElement} */ (this.#place.closest('dialog')).open) {
      this.cards.choose(seed.id);
    }
  }

  /**
   * @param {string} beginning what is said meanwhile
   * @param {() => Promise<void>} deed
   */
  async #work(beginning, deed) {
    this.#busy = true;
    this.#place.ariaBusy = 'true';
    this.#progress.hidden = false;
    this.#progress.value = 0;
    this.#status.className = '';
    this.#say(beginning);
    try {
      await deed();
    } catch (failure) {
      this.#status.className = 'bad';
      this.#say(reasonOf(failure));
    } finally {
      this.#busy = false;
      this.#place.ariaBusy = null;
      this.#progress.hidden = true;
    }
  }

  /** @param {string} text */
  #say(text) {
    if (this.#status.textContent !== text) {
      this.#status.textContent = text;
    }
  }
}

/** @param {unknown} failure */
function reasonOf(failure) {
  if (failure instanceof Refusal) {
    return failure.message;
  }
  if (failure instanceof DOMException) {
    return words.own.failures[failure.name] ?? words.own.noMicrophone;
  }
  return words.own.notSent;
}

/** @param {string} name of a file */
export function titleOf(name) {
  const title = name.replace(/\.\w{1,5}$/, '').trim();
  return [...title].slice(0, TITLE_LENGTH).join('') || words.own.title;
}

/** @returns {{id: string, title: string}[]} */
function remembered() {
  try {
    const titles = JSON.parse(sessionStorage.getItem(TITLES) ?? '{}');
    return Object.entries(titles).filter(([id]) => isOwn(id)).map(([id, title]) => ({ id, title: String(title) }));
  } catch {
    return [];
  }
}

/**
 * @param {string} id
 * @param {string} title
 */
function remember(id, title) {
  const titles = Object.fromEntries(remembered().map(own => [own.id, own.title]));
  try {
    sessionStorage.setItem(TITLES, JSON.stringify({ ...titles, [id]: title }));
  } catch {
    // Some browsers keep nothing for a page; then the address still has the id.
  }
}
