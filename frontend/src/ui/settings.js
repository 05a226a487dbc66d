import { MaskCards } from './masks.js';
import { OwnSeed } from './own-seed.js';
import { expectedSeconds, speedOf, velocityOf, wordsFor } from './plain.js';
import { SeedCards } from './seeds.js';
import { fill } from './slider.js';
import { words } from './words.js';

/** @typedef {import('../stream/protocol.js').Settings} Settings */

/** The dialog in which a listener changes how the music is made. */
export class SettingsDialog {
  masks = new MaskCards();
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById('settings'));
  #opener = /** @type {HTMLButtonElement} */ (document.getElementById('open-settings'));
  #form = /** @type {HTMLFormElement} */ (this.#dialog.querySelector('form'));
  /** @type {Settings} those of the server */
  #defaults = {};
  #clipSeconds = 0;
  /** @type {number | undefined} as it is, which may be between two stops of the slider */
  #velocity;

  /**
   * @param {() => Settings} current
   * @param {(changed: Settings) => void} change
   * @param {import('../sound/audition.js').Audition} audition
   * @param {() => import('./plain.js').Made | null} last the clip that was made last
   * @param {() => () => void} hush silences what plays, and returns how to go on
   */
  constructor(current, change, audition, last, hush) {
    this.last = last;
    this.seeds = new SeedCards(audition);
    const own = new OwnSeed(this.seeds, hush);
    this.#opener.addEventListener('click', () => {
      this.#fill(current());
      this.#dialog.showModal();
      this.seeds.show();
      this.masks.show();
      this.seeds.focus();
    });
    this.#form.addEventListener('input', () => this.#showValues());
    this.#form.addEventListener('submit', () => {
      const changed = changes(current(), this.#read());
      if (Object.keys(changed).length > 0) {
        change(changed);
      }
    });
    document.getElementById('default-settings')?.addEventListener('click', () => {
      // A seed is a choice among equals: there is none to go back to.
      this.#fill({ ...this.#defaults, seed: this.#read().seed });
    });
    // The event may be late: by then the dialog can be open again, and another sound be asked for.
    this.#dialog.addEventListener('close', () => {
      if (!this.#dialog.open) {
        audition.stop();
        own.stop();
      }
    });
    // A click beside the dialog is on the dialog's own backdrop.
    this.#dialog.addEventListener('click', event => event.target === this.#dialog && this.#dialog.close());
  }

  /** @param {import('../stream/protocol.js').Hello} hello */
  offer({ seedImages, maskImages, clipSeconds, defaults }) {
    this.#defaults = defaults;
    this.#clipSeconds = clipSeconds;
    this.seeds.offer(seedImages ?? [], clipSeconds);
    this.masks.offer(maskImages ?? []);
    this.#opener.disabled = false;
  }

  /** @param {Settings} settings */
  #fill({ seedImage, maskImage, ...others }) {
    this.seeds.value = seedImage;
    this.masks.value = maskImage ?? null;
    this.#velocity = others.alphaVelocity;
    this.#field('speed').valueAsNumber = speedOf(others.alphaVelocity);
    for (const [name, value] of Object.entries(others)) {
      // The server may know of settings that have no place in this form.
      const field = this.#form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
        field.value = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
      }
    }
    this.#showValues();
  }

  /** @returns {Settings} */
  #read() {
    const number = (/** @type {string} */ name) => Number(this.#field(name).value);
    const seedImage = this.seeds.value;
    return {
      seed: number('seed'),
      seedImage,
      denoising: number('denoising'),
      guidance: number('guidance'),
      steps: number('steps'),
      negativePrompt: this.#field('negativePrompt').value.trim(),
      // Of noise alone, a mask could keep nothing.
      maskImage: seedImage === null ? null : this.masks.value,
      alphaVelocity: this.#readVelocity(),
      seedMotion: /** @type {Settings['seedMotion']} */ (this.#field('seedMotion').value),
    };
  }

  /** What nobody has moved stays exactly as it is. */
  #readVelocity() {
    const speed = this.#field('speed').valueAsNumber;
    return speed === speedOf(this.#velocity) ? this.#velocity : velocityOf(speed);
  }

  #showValues() {
    // Noise alone has nothing that the music could stay near to.
    this.#field('denoising').disabled = this.seeds.value === null;
    this.masks.enable(this.seeds.value !== null);
    this.#tell('denoising', words.denoising, words.denoisingOf);
    this.#tell('guidance', words.guidance, words.guidanceOf);
    const secondsOf = (/** @type {number} */ speed) => this.#clipSeconds / velocityOf(speed);
    this.#tell('speed', words.speed, (name, speed) => words.speedOf(name, secondsOf(speed)));
    this.#note('seed').textContent = words.seedMotions[this.#field('seedMotion').value] ?? '';
    this.#tellCost();
  }

  /**
   * @param {'denoising' | 'guidance' | 'speed'} name
   * @param {import('./plain.js').Scale} scale
   * @param {(words: string, value: number) => string} say
   */
  #tell(name, scale, say) {
    const slider = this.#field(name);
    const [short, long] = wordsFor(scale, slider.valueAsNumber);
    slider.ariaValueText = say(short, slider.valueAsNumber);
    fill(slider);
    this.#field(`${name}Of`).value = slider.ariaValueText;
    this.#note(name).textContent = long;
  }

  #tellCost() {
    const seconds = expectedSeconds(this.last(), this.#read());
    const dear = seconds !== null && seconds > this.#clipSeconds;
    this.#field('stepsOf').value = seconds === null ? '' : words.cost(seconds, this.#clipSeconds);
    this.#note('steps').textContent = dear ? words.tooDear : words.steps;
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
  }

  /** @param {string} name */
  #note(name) {
    return /** @type {HTMLElement} */ (document.getElementById(`${name}-note`));
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
