import { isOwn, ownSeed } from '../own-seeds.js';
import { Pictures } from '../timeline/pictures.js';
import { brighten, draw, noise, WIDTH } from './thumbnail.js';
import { words } from './words.js';

/**
 * @typedef {import('../stream/protocol.js').SeedImage} SeedImage
 *
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {HTMLInputElement} radio
 * @property {SeedImage | null} seed none for the card that stands for noise alone
 * @property {boolean} drawn whether its thumbnail is there or on its way
 */

/** The radio buttons with which a listener chooses what the music grows out of: each with a picture and a sound. */
export class SeedCards {
  #group = /** @type {HTMLFieldSetElement} */ (document.getElementById('seed-images'));
  #list = /** @type {HTMLElement} */ (this.#group.querySelector('.cards'));
  #complaint = /** @type {HTMLElement} */ (this.#group.querySelector('[role="status"]'));
  #template = /** @type {HTMLTemplateElement} */ (document.getElementById('seed-card'));
  /** @type {Card[]} */
  #cards = [];
  /** @type {SeedImage[]} that the listener has brought, beside those that the server offers */
  #own = [];
  #clipSeconds = 0;
  /** What the cards were made for; a server that says the same again changes nothing. */
  #offered = '';
  /** @type {Pictures | null} */
  #pictures = null;

  /** @param {import('../sound/audition.js').Audition} audition */
  constructor(audition) {
    this.audition = audition;
  }

  /**
   * @param {SeedImage[]} seeds
   * @param {number} clipSeconds
   */
  offer(seeds, clipSeconds) {
    const offered = JSON.stringify([seeds, clipSeconds]);
    if (offered === this.#offered) {
      return;
    }
    this.#offered = offered;
    this.audition.stop();
    const chosen = this.value;
    this.#clipSeconds = clipSeconds;
    this.#cards = [...[...seeds, ...this.#own].map(seed => this.#card(seed)), this.#noneCard()];
    this.#list.replaceChildren(...this.#cards.map(card => card.element));
    if (chosen !== undefined) {
      this.value = chosen;
    }
  }

  /** The id that is chosen, or null for none; undefined where there is nothing to choose from, or nothing chosen. */
  get value() {
    const card = this.#cards.find(({ radio }) => radio.checked);
    return card && (card.seed?.id ?? null);
  }

  set value(id) {
    if (id && isOwn(id)) {
      // It may come from the address, or with a link.
      this.add(ownSeed(id, words.own.title));
    }
    for (const { radio, seed } of this.#cards) {
      radio.checked = id === (seed?.id ?? null);
    }
  }

  /**
   * Adds one that the listener has brought, unless it is there.
   *
   * @param {SeedImage} seed
   */
  add(seed) {
    if (this.#own.some(({ id }) => id === seed.id)) {
      return;
    }
    this.#own.push(seed);
    const none = this.#cards.pop();
    if (none) {
      const card = this.#card(seed);
      this.#cards.push(card, none);
      none.element.before(card.element);
    }
  }

  /**
   * Chooses as a click would, and puts the focus there.
   *
   * @param {string} id
   */
  choose(id) {
    this.value = id;
    this.show();
    this.focus();
    this.#group.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** Draws the thumbnails that are not there yet; before anybody sees them they cost nothing. */
  show() {
    this.#complaint.textContent = '';
    for (const card of this.#cards.filter(({ drawn }) => !drawn)) {
      card.drawn = true;
      void this.#draw(card);
    }
  }

  /** Puts the focus on the chosen card. */
  focus() {
    this.#cards.find(({ radio }) => radio.checked)?.radio.focus();
  }

  /** @param {SeedImage} seed */
  #card(seed) {
    const beat = seed.beats > 0 ? words.tempo(tempo(seed.beats, this.#clipSeconds)) : words.noBeat;
    const card = this.#blank(seed.title, isOwn(seed.id) ? words.own.note : beat, seed);
    const listen = /** @type {HTMLButtonElement} */ (card.element.querySelector('.listen'));
    listen.ariaLabel = words.listen(seed.title);
    listen.hidden = !seed.sound;
    listen.addEventListener('click', () => this.#toggle(card, listen));
    return card;
  }

  #noneCard() {
    const card = this.#blank(words.noSeedImage, words.noSeedImageNote, null);
    card.element.querySelector('.listen')?.remove();
    return card;
  }

  /**
   * @param {string} title
   * @param {string} note
   * @param {SeedImage | null} seed
   * @returns {Card}
   */
  #blank(title, note, seed) {
    const copy = /** @type {DocumentFragment} */ (this.#template.content.cloneNode(true));
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (copy.querySelector(name));
    part('.title').textContent = title;
    part('.note').textContent = note;
    const radio = /** @type {HTMLInputElement} */ (part('input'));
    radio.value = seed?.id ?? '';
    return { element: part('.card'), radio, seed, drawn: false };
  }

  /**
   * @param {Card} card
   * @param {HTMLButtonElement} listen
   */
  #toggle({ element, seed }, listen) {
    if (element.dataset.sound) {
      this.audition.stop();
    } else if (seed?.sound) {
      this.#complaint.textContent = '';
      void this.audition.play(seed.sound, (stage, seconds) => {
        const sounds = stage === 'loading' || stage === 'playing';
        listen.ariaLabel = sounds ? words.stopListening(seed.title) : words.listen(seed.title);
        element.style.setProperty('--seconds', `${seconds}s`);
        if (sounds) {
          element.dataset.sound = stage;
        } else {
          delete element.dataset.sound;
        }
        if (stage === 'failed') {
          this.#complaint.textContent = words.noPreview;
        }
      });
    }
  }

  /** @param {Card} card */
  async #draw({ element, seed }) {
    const rows = seed ? brighten(await this.#fetch(seed)) : noise();
    if (rows.length > 0) {
      for (const colours of /** @type {const} */ (['unheard', 'heard'])) {
        draw(/** @type {HTMLCanvasElement} */ (element.querySelector(`.${colours}`)), rows, colours);
      }
      element.classList.add('drawn');
    }
  }

  /**
   * The energies of a picture; none where it cannot be had, which leaves the card dark.
   *
   * @param {SeedImage} seed
   */
  async #fetch({ image }) {
    this.#pictures ??= new Pictures();
    try {
      const response = await fetch(image ?? '');
      return image && response.ok ? await this.#pictures.read(await response.arrayBuffer(), 2 * WIDTH) : new Uint8Array(0);
    } catch {
      return new Uint8Array(0);
    }
  }
}

/**
 * Beats in a minute.
 *
 * @param {number} beats in a clip
 * @param {number} clipSeconds
 */
export function tempo(beats, clipSeconds) {
  return Math.round((60 * beats) / clipSeconds);
}
