import { MARKS } from './view.js';

/**
 * The prompts' names, standing in the landscape where each begins. A fixed set of elements is moved about, so the page
 * does not grow with the music.
 */
export class Labels {
  /** @type {HTMLElement[]} */
  #elements = [];

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.#elements = Array.from({ length: MARKS }, () => {
      const element = document.createElement('span');
      element.className = 'flag';
      element.hidden = true;
      parent.append(element);
      return element;
    });
  }

  /**
   * @param {readonly {column: number, text: string}[]} marks
   * @param {number} now the column at the playhead
   * @param {import('./view.js').View} view
   */
  place(marks, now, view) {
    this.#elements.forEach((element, i) => {
      const mark = marks[i];
      const spot = mark ? view.spot(mark.column - now) : null;
      element.hidden = !spot;
      if (!mark || !spot) {
        return;
      }
      if (element.textContent !== mark.text) {
        element.textContent = mark.text;
      }
      const scale = 0.75 + 0.25 * spot.near;
      element.style.transform = `translate(${spot.x}px, ${spot.y}px) translate(-100%, -100%) scale(${scale})`;
      element.style.opacity = String(Math.min(1, spot.near * 3));
    });
  }
}
