import { fetchFile } from '../saves.js';
import { words } from './words.js';

/**
 * @typedef {import('../stream/protocol.js').ClipNote} ClipNote
 * @typedef {import('../saves.js').Kind} Kind
 */

/** Formats that keep where a loop begins and ends. */
const LOOPING = ['flac', 'wav'];

/** The dialog in which a listener saves what was heard as a file. */
export class SavingDialog {
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById('saving'));
  #form = /** @type {HTMLFormElement} */ (this.#dialog.querySelector('form'));
  #save = /** @type {HTMLButtonElement} */ (document.getElementById('save-file'));
  #status = /** @type {HTMLElement} */ (document.getElementById('saving-status'));
  /** @type {ClipNote[]} */
  #heard = [];

  constructor() {
    this.#save.addEventListener('click', () => void this.#fetch());
    this.#form.addEventListener('input', () => this.#show());
    // A click beside the dialog is on the dialog's own backdrop.
    this.#dialog.addEventListener('click', event => event.target === this.#dialog && this.#dialog.close());
  }

  /** @param {ClipNote[]} heard the clips that were heard last, the newest one at the end */
  open(heard) {
    // The music goes on, and what is saved is what was heard when the listener wished to.
    this.#heard = [...heard];
    this.#show();
    this.#dialog.showModal();
    this.#save.focus();
  }

  #show() {
    this.#say('');
    const { kind, format } = this.#wish();
    for (const choice of this.#form.querySelectorAll('input')) {
      if (choice.name === 'format') {
        choice.disabled = kind === 'picture' || (kind === 'loop' && !LOOPING.includes(choice.value));
      }
    }
    if (kind === 'loop' && !LOOPING.includes(format)) {
      /** @type {HTMLInputElement} */ (this.#form.querySelector(`[name=format][value=${LOOPING[0]}]`)).checked = true;
    }
  }

  /**
   * @param {string} message
   * @param {boolean} [bad]
   */
  #say(message, bad = false) {
    this.#status.classList.toggle('bad', bad);
    this.#status.textContent = message;
  }

  #wish() {
    const chosen = (/** @type {string} */ name) =>
      /** @type {HTMLInputElement} */ (this.#form.querySelector(`[name=${name}]:checked`)).value;
    return {
      clips: this.#heard.slice(-Number(chosen('saved-length'))).map(note => note.id),
      kind: /** @type {Kind} */ (chosen('kind')),
      format: chosen('format'),
    };
  }

  async #fetch() {
    this.#save.disabled = true;
    this.#say(words.saving);
    try {
      const { file, name } = await fetchFile(this.#wish(), document.baseURI);
      hand(file, name);
      this.#say(words.saved(name));
    } catch (failure) {
      const silent = failure instanceof TypeError || failure instanceof DOMException || !(failure instanceof Error);
      this.#say(words.notSaved(silent ? words.noAnswer : failure.message), true);
    } finally {
      this.#save.disabled = false;
    }
  }
}

/**
 * @param {Blob} file
 * @param {string} name
 */
function hand(file, name) {
  const address = URL.createObjectURL(file);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The browser has taken the file over by the next turn, if not at once.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
