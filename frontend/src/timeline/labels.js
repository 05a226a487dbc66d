import { TICKS, partOf } from './axis.js';
import { MARKS } from './view.js';

/**
 * Words that stand in the view: the prompts' names where each begins, and some pitches. A fixed set of elements is moved
 * about, so the page does not grow with the music.
 */
export class Labels {
  #flags;
  #ticks;

  /**
   * @param {HTMLElement} parent
   * @param {(hertz: number) => string} name of a pitch
   */
  constructor(parent, name) {
    this.#ticks = TICKS.map(hertz => ({ part: partOf(hertz), element: label(parent, 'tick', name(hertz)) }));
    this.#flags = Array.from({ length: MARKS }, () => label(parent, 'flag', ''));
  }

  /**
   * @param {readonly {column: number, text: string}[]} marks
   * @param {number} now the column at the playhead
   * @param {import('./view.js').View} view
   */
  place(marks, now, view) {
    this.#flags.forEach((element, i) => {
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
      const beside = spot.after ? 0 : -100;
      element.style.transform = `translate(${spot.x}px, ${spot.y}px) translate(${beside}%, -100%) scale(${scale})`;
      element.classList.toggle('after', spot.after === true);
      element.style.opacity = String(Math.min(1, spot.near * 3));
    });
    for (const { part, element } of this.#ticks) {
      const spot = view.tick(part);
      element.hidden = !spot;
      if (spot) {
        move(element, `translate(${Math.round(spot.x)}px, ${Math.round(spot.y)}px)`);
      }
    }
  }
}

/**
 * @param {HTMLElement} parent
 * @param {string} kind
 * @param {string} text
 */
function label(parent, kind, text) {
  const element = document.createElement('span');
  element.className = kind;
  element.textContent = text;
  element.hidden = true;
  parent.append(element);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {string} transform
 */
function move(element, transform) {
  if (element.style.transform !== transform) {
    element.style.transform = transform;
  }
}
