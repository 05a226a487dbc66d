import { SeedCards } from './seeds.js';
import { words } from './words.js';

/** @typedef {import('../stream/protocol.js').Settings} Settings */

/** The dialog in which a listener changes how the music is made. */
export class SettingsDialog {
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById('settings'));
  #opener = /** @type {HTMLButtonElement} */ (document.getElementById('open-settings'));
  #form = /** @type {HTMLFormElement} */ (this.#dialog.querySelector('form'));

  /**
   * @param {() => Settings} current
   * @param {(changed: Settings) => void} change
   * @param {import('../sound/audition.js').Audition} audition
   */
  constructor(current, change, audition) {
    this.seeds = new SeedCards(audition);
    this.#opener.addEventListener('click', () => {
      this.#fill(current());
      this.#dialog.showModal();
      this.seeds.show();
      this.seeds.focus();
    });
    this.#form.addEventListener('input', () => this.#showValues());
    this.#form.addEventListener('submit', () => {
      const changed = changes(current(), this.#read());
      if (Object.keys(changed).length > 0) {
        change(changed);
      }
    });
    // The event may be late: by then the dialog can be open again, and another sound be asked for.
    this.#dialog.addEventListener('close', () => {
      if (!this.#dialog.open) {
        audition.stop();
      }
    });
    // A click beside the dialog is on the dialog's own backdrop.
    this.#dialog.addEventListener('click', event => event.target === this.#dialog && this.#dialog.close());
  }

  /** @param {import('../stream/protocol.js').Hello} hello */
  offer({ seedImages, clipSeconds }) {
    this.seeds.offer(seedImages ?? [], clipSeconds);
    this.#opener.disabled = false;
  }

  /** @param {Settings} settings */
  #fill({ seedImage, ...others }) {
    this.seeds.value = seedImage;
    for (const [name, value] of Object.entries(others)) {
      // The server may know of settings that have no place in this form.
      const field = this.#form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) {
        field.value = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
      }
    }
    this.#showValues();
  }

  /** @returns {Settings} */
  #read() {
    const number = (/** @type {string} */ name) => Number(this.#field(name).value);
    return {
      seed: number('seed'),
      seedImage: this.seeds.value,
      denoising: number('denoising'),
      guidance: number('guidance'),
      steps: number('steps'),
      negativePrompt: this.#field('negativePrompt').value.trim(),
    };
  }

  #showValues() {
    this.#field('denoisingOf').value = words.denoisingOf(Number(this.#field('denoising').value));
    this.#field('guidanceOf').value = words.guidanceOf(Number(this.#field('guidance').value));
    // Noise alone has nothing that the music could stay near to.
    this.#field('denoising').disabled = this.seeds.value === null;
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
  }
}

/**
 * What differs, where there is a choice at all.
 *
 * @param {Settings} before
 * @param {Settings} after
 * @returns {Settings}
 */
export function changes(before, after) {
  const differs = (/** @type {[string, unknown]} */ [name, value]) =>
    value !== undefined && value !== before[/** @type {keyof Settings} */ (name)];
  return Object.fromEntries(Object.entries(after).filter(differs));
}
