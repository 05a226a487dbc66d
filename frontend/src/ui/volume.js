import { fill } from './slider.js';

const KEY = 'riffloom.volume';

/** How loud the page plays, remembered from visit to visit; the device has its own volume beside it. */
export class Volume {
  #slider = /** @type {HTMLInputElement} */ (document.getElementById('volume'));

  /** @param {(volume: number) => void} change 0 to 1, as it is felt */
  constructor(change) {
    this.#slider.valueAsNumber = remembered();
    fill(this.#slider);
    change(this.#slider.valueAsNumber);
    this.#slider.addEventListener('input', () => {
      remember(this.#slider.valueAsNumber);
      fill(this.#slider);
      change(this.#slider.valueAsNumber);
    });
  }
}

function remembered() {
  try {
    const volume = Number(localStorage.getItem(KEY) ?? 1);
    return volume >= 0 && volume <= 1 ? volume : 1;
  } catch {
    // Some browsers keep nothing for a page.
    return 1;
  }
}

/** @param {number} volume */
function remember(volume) {
  try {
    localStorage.setItem(KEY, String(volume));
  } catch {
    // Then it is forgotten with the visit.
  }
}
