import { words } from './words.js';

/** @typedef {import('../timeline/stage.js').Kind} Kind */

/** In full screen, everything but the music goes away after so long without a sign of the listener. */
const IDLE_MS = 3_000;

/** The control with which a listener chooses how to see the music. */
export class Views {
  #group = /** @type {HTMLElement} */ (document.getElementById('views'));
  #screen = /** @type {HTMLButtonElement} */ (document.getElementById('full-screen'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle;

  /** @param {import('../timeline/timeline.js').Timeline} timeline */
  constructor(timeline) {
    this.timeline = timeline;
    timeline.stage.addEventListener('change', () => this.show());
    for (const button of this.#buttons) {
      button.addEventListener('click', () => this.#choose(/** @type {Kind} */ (button.dataset.view)));
    }
    // Phones of one maker have no full screen for pages.
    this.#screen.hidden = !document.fullscreenEnabled;
    this.#screen.addEventListener('click', () => this.fullScreen());
    document.addEventListener('fullscreenchange', () => {
      this.#stir();
      this.show();
    });
    for (const sign of ['pointermove', 'pointerdown', 'keydown', 'focusin']) {
      addEventListener(sign, () => this.#stir(), { passive: true });
    }
  }

  show() {
    const { stage } = this.timeline;
    for (const button of this.#buttons) {
      button.ariaPressed = String(button.dataset.view === stage.kind);
      button.disabled = button.dataset.view === 'landscape' && !stage.able;
    }
    const full = document.fullscreenElement !== null;
    const label = full ? words.views.leaveFullScreen : words.views.fullScreen;
    this.#screen.ariaPressed = String(full);
    this.#screen.ariaLabel = label;
    this.#screen.title = `${label} (f)`;
  }

  next() {
    this.#choose(this.timeline.stage.kind === 'flat' ? 'landscape' : 'flat');
  }

  fullScreen() {
    if (document.fullscreenElement) {
      void document.exitFullscreen();
    } else if (document.fullscreenEnabled) {
      void document.documentElement.requestFullscreen();
    }
  }

  /** @returns {HTMLButtonElement[]} */
  get #buttons() {
    return [...this.#group.querySelectorAll('button')].filter(button => button.dataset.view);
  }

  /** @param {Kind} kind */
  #choose(kind) {
    void this.timeline.stage.choose(kind);
  }

  /** There is a listener. */
  #stir() {
    clearTimeout(this.#idle);
    this.#rest(false);
    if (document.fullscreenElement) {
      this.#idle = setTimeout(() => this.#rest(document.querySelector('dialog[open]') === null), IDLE_MS);
    }
  }

  /** @param {boolean} idle */
  #rest(idle) {
    if (document.body.dataset.idle !== String(idle)) {
      document.body.dataset.idle = String(idle);
      this.timeline.wake();
    }
  }
}
