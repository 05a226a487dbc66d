import { words } from './words.js';

/**
 * @typedef {object} Key
 * @property {string[]} keys as KeyboardEvent.key calls them
 * @property {boolean} [shift] only with Shift, or only without; left out, it does not matter
 * @property {() => void} act
 */

/**
 * The keys of the timeline. All keys of the page are told of in the dialog that `?` opens; that is the one place where
 * they are written down, in words.js.
 */
export class Keys {
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById('keys'));

  /** @param {Key[]} keys */
  constructor(keys) {
    this.keys = [...keys, { keys: ['?'], act: () => this.#dialog.showModal() }];
    const list = /** @type {HTMLElement} */ (this.#dialog.querySelector('dl'));
    list.replaceChildren(
      ...words.keys.map(([names, meaning]) => {
        const row = document.createElement('div');
        const term = document.createElement('dt');
        term.replaceChildren(...names.split(' ').map(name => tag('kbd', name)));
        row.append(term, tag('dd', meaning));
        return row;
      }),
    );
    this.#dialog.addEventListener('click', event => event.target === this.#dialog && this.#dialog.close());
    document.getElementById('open-keys')?.addEventListener('click', () => this.#dialog.showModal());
    addEventListener('keydown', event => this.#press(event));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTaken(event)) {
      return;
    }
    const found = this.keys.find(({ keys, shift }) => keys.includes(event.key) && (shift ?? event.shiftKey) === event.shiftKey);
    if (found) {
      event.preventDefault();
      found.act();
    }
  }
}

/**
 * Whether a key belongs to what has the focus. In an empty field there is nothing to move about in, so the listener who
 * has just sent a prompt need not leave it.
 *
 * @param {KeyboardEvent} event
 */
function isTaken({ key, target }) {
  const field = /** @type {Element} */ (target).closest('input, select, textarea, dialog');
  const empty = field?.id === 'prompt' && /** @type {HTMLInputElement} */ (field).value === '';
  return field !== null && !(empty && /^(Arrow|Home$|End$)/.test(key));
}

/**
 * @param {string} name
 * @param {string} text
 */
function tag(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
