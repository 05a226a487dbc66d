import { words } from './words.js';

/**
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {HTMLInputElement} radio
 * @property {string | null} id none for the card that stands for no mask
 * @property {boolean} shown whether its picture is there or on its way
 */

/** The radio buttons with which a listener chooses the part of the seed image that is painted anew. */
export class MaskCards {
  #group = /** @type {HTMLFieldSetElement} */ (document.getElementById('mask-images'));
  #list = /** @type {HTMLElement} */ (this.#group.querySelector('.cards'));
  #template = /** @type {HTMLTemplateElement} */ (document.getElementById('mask-card'));
  /** @type {Card[]} */
  #cards = [];
  /** What the cards were made for; a server that says the same again changes nothing. */
  #offered = '';
  /** Whether there is a seed image, of which a mask could keep something. */
  #useful = true;

  /** @param {string[]} masks */
  offer(masks) {
    const offered = JSON.stringify(masks);
    if (offered === this.#offered) {
      return;
    }
    this.#offered = offered;
    const chosen = this.value;
    this.#cards = masks.length === 0 ? [] : [this.#card(null), ...masks.map(id => this.#card(id))];
    this.#list.replaceChildren(...this.#cards.map(card => card.element));
    this.#reveal();
    if (chosen !== undefined) {
      this.value = chosen;
    }
  }

  /** The id that is chosen, or null for none; undefined where there is nothing to choose from, or nothing chosen. */
  get value() {
    return this.#cards.find(({ radio }) => radio.checked)?.id;
  }

  set value(id) {
    if (id && this.#cards.every(card => card.id !== id)) {
      // Named by the address or a link, such as a picture of the operator's.
      const card = this.#card(id);
      this.#cards = this.#cards.length === 0 ? [this.#card(null), card] : [...this.#cards, card];
      this.#list.replaceChildren(...this.#cards.map(({ element }) => element));
      this.#reveal();
    }
    for (const card of this.#cards) {
      card.radio.checked = card.id === (id ?? null);
    }
  }

  /** @param {boolean} useful whether there is a seed image, of which a mask could keep something */
  enable(useful) {
    this.#useful = useful;
    this.#reveal();
  }

  /** Fetches the pictures that are not there yet; before anybody sees them they cost nothing. */
  show() {
    for (const card of this.#cards.filter(({ shown }) => !shown)) {
      card.shown = true;
      if (card.id !== null) {
        const picture = new Image();
        picture.alt = '';
        picture.addEventListener('error', () => picture.remove());
        picture.src = `mask-images/${encodeURIComponent(card.id)}.png`;
        card.element.querySelector('.picture')?.append(picture);
      }
    }
  }

  #reveal() {
    this.#group.hidden = this.#cards.length === 0 || !this.#useful;
  }

  /**
   * @param {string | null} id
   * @returns {Card}
   */
  #card(id) {
    const copy = /** @type {DocumentFragment} */ (this.#template.content.cloneNode(true));
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (copy.querySelector(name));
    part('.title').textContent = id ?? words.noMask;
    part('.note').textContent = id === null ? words.noMaskNote : '';
    const radio = /** @type {HTMLInputElement} */ (part('input'));
    radio.value = id ?? '';
    return { element: part('.card'), radio, id, shown: false };
  }
}
