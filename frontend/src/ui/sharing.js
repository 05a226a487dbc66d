import { makeLink } from '../links.js';
import { words } from './words.js';

/** @typedef {import('../stream/protocol.js').ClipNote} ClipNote */

/** The dialog in which a listener makes a link to what was heard. */
export class SharingDialog {
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById('sharing'));
  #form = /** @type {HTMLFormElement} */ (this.#dialog.querySelector('form'));
  #make = /** @type {HTMLButtonElement} */ (document.getElementById('make-link'));
  #made = /** @type {HTMLElement} */ (this.#dialog.querySelector('.made'));
  #link = /** @type {HTMLInputElement} */ (document.getElementById('link'));
  #page = /** @type {HTMLAnchorElement} */ (document.getElementById('link-page'));
  #status = /** @type {HTMLElement} */ (document.getElementById('sharing-status'));
  /** @type {ClipNote[]} */
  #heard = [];

  constructor() {
    this.#make.addEventListener('click', () => void this.#share());
    this.#form.addEventListener('input', () => this.#forget());
    // A click beside the dialog is on the dialog's own backdrop.
    this.#dialog.addEventListener('click', event => event.target === this.#dialog && this.#dialog.close());
  }

  /** @param {ClipNote[]} heard the clips that were heard last, the newest one at the end */
  open(heard) {
    // The music goes on, and what is shared is what was heard when the listener wished to.
    this.#heard = [...heard];
    this.#forget();
    this.#dialog.showModal();
    this.#make.focus();
  }

  #forget() {
    this.#made.hidden = true;
    this.#say('');
  }

  /**
   * @param {string} message
   * @param {boolean} [bad]
   */
  #say(message, bad = false) {
    this.#status.classList.toggle('bad', bad);
    this.#status.textContent = message;
  }

  async #share() {
    const length = Number(new FormData(this.#form).get('length'));
    this.#make.disabled = true;
    try {
      const { url } = await makeLink(this.#heard.slice(-length).map(note => note.id), document.baseURI);
      this.#link.value = url;
      this.#page.href = url;
      this.#made.hidden = false;
      this.#link.select();
      this.#say((await copied(url)) ? words.copied : words.notCopied);
    } catch (failure) {
      const why = failure instanceof TypeError || !(failure instanceof Error) ? words.noAnswer : failure.message;
      this.#say(words.notShared(why), true);
    } finally {
      this.#make.disabled = false;
    }
  }
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
