/** Without a sign of the listener for so long, they are asked whether they are still there. */
const ALONE_MS = 60 * 60_000;

/** Who does not answer within this time is not. */
const ANSWER_MS = 2 * 60_000;

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'];

/** Music that nobody listens to any more should not keep a machine busy all night. */
export class Presence {
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById('presence'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #playing = false;

  /** @param {() => void} leave called when nobody answers */
  constructor(leave) {
    this.leave = leave;
    for (const sign of SIGNS) {
      addEventListener(sign, () => this.#stir(), { passive: true });
    }
    this.#dialog.addEventListener('close', () => this.#stir());
  }

  /** @param {boolean} playing whether there is anything to ask about */
  watch(playing) {
    if (playing !== this.#playing) {
      this.#playing = playing;
      this.#stir();
    }
  }

  /** There is a listener, or nothing to listen to. */
  #stir() {
    clearTimeout(this.#timer);
    this.#timer = this.#playing ? setTimeout(() => this.#ask(), ALONE_MS) : undefined;
    if (this.#dialog.open) {
      this.#dialog.close();
    }
  }

  #ask() {
    this.#dialog.showModal();
    this.#timer = setTimeout(() => {
      this.#dialog.close();
      this.leave();
    }, ANSWER_MS);
  }
}
