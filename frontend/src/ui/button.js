/**
 * A button that says what it does to those who do not see it.
 *
 * @param {string} label
 * @param {string} kind
 * @param {() => void} act
 */
export function button(label, kind, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = kind;
  made.ariaLabel = label;
  made.addEventListener('click', act);
  return made;
}
