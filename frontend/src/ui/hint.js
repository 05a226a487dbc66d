import { words } from './words.js';

const SHOWN = 'riffloom.hint';

/** Long enough to be read twice. */
const HINT_MS = 9_000;

let told = false;

/** Says, at a listener's first visit, what cannot be seen: that time can be pulled. */
export function hintOnce() {
  if (told || wasShown()) {
    return;
  }
  told = true;
  const hint = /** @type {HTMLElement} */ (document.getElementById('hint'));
  hint.textContent = words.hint(matchMedia('(pointer: coarse)').matches);
  setTimeout(() => (hint.textContent = ''), HINT_MS);
}

/** Whether an earlier visit has shown it; from now on, one has. */
function wasShown() {
  try {
    const before = localStorage.getItem(SHOWN) !== null;
    localStorage.setItem(SHOWN, 'yes');
    return before;
  } catch {
    return false;
  }
}
