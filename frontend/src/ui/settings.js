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
   */
  constructor(current, change) {
    this.#opener.addEventListener('click', () => {
      this.#fill(current());
      this.#dialog.showModal();
    });
    this.#form.addEventListener('input', () => this.#showValues());
    this.#form.addEventListener('submit', () => {
      const before = current();
      const after = this.#read();
      const changed = Object.entries(after).filter(([name, value]) => value !== before[/** @type {keyof Settings} */ (name)]);
      if (changed.length > 0) {
        change(Object.fromEntries(changed));
      }
    });
    // A click beside the dialog is on the dialog's own backdrop.
    this.#dialog.addEventListener('click', event => event.target === this.#dialog && this.#dialog.close());
  }

  /** @param {{id: string, title: string}[]} seedImages */
  offer(seedImages) {
    const none = new Option(words.noSeedImage, '');
    this.#field('seedImage').replaceChildren(none, ...seedImages.map(({ id, title }) => new Option(title, id)));
    this.#opener.disabled = false;
  }

  /** @param {Settings} settings */
  #fill(settings) {
    for (const [name, value] of Object.entries(settings)) {
      this.#field(name).value = String(value ?? '');
    }
    this.#showValues();
  }

  /** @returns {Settings} */
  #read() {
    const number = (/** @type {string} */ name) => Number(this.#field(name).value);
    return {
      seed: number('seed'),
      seedImage: this.#field('seedImage').value || null,
      denoising: number('denoising'),
      guidance: number('guidance'),
      steps: number('steps'),
      negativePrompt: this.#field('negativePrompt').value.trim(),
    };
  }

  #showValues() {
    this.#field('denoisingOf').value = words.denoisingOf(Number(this.#field('denoising').value));
    this.#field('guidanceOf').value = words.guidanceOf(Number(this.#field('guidance').value));
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
  }
}
