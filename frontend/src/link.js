import { isOwn, takeBack } from './links.js';
import { words } from './ui/words.js';

/** The page of a link is whole without this; here, the one who shared it can take it back. */
const { link = '', home = '/' } = /** @type {HTMLElement} */ (document.querySelector('main')).dataset;
const owner = /** @type {HTMLElement} */ (document.querySelector('.owner'));
const button = /** @type {HTMLButtonElement} */ (owner.querySelector('button'));
const status = /** @type {HTMLElement} */ (owner.querySelector('[role="status"]'));

owner.hidden = !isOwn(link);
button.addEventListener('click', () => void take());

async function take() {
  button.disabled = true;
  const gone = await takeBack(link, home).catch(() => false);
  status.textContent = gone ? words.takenBack : words.notTakenBack;
  button.disabled = gone;
}
