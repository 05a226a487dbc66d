// What is wrong with how the page lies in its window, in words; an expression that is evaluated in the page.
(() => {
  const wrong = new Set();
  const phone = innerWidth < 700;
  // WCAG 2.5.8 asks for 24 pixels; what fingers ask for is 44.
  const least = phone ? 44 : 24;
  const modal = document.querySelector('dialog:modal');
  const root = modal ?? document.body;
  const tell = (element, what) => {
    const name = element.id || element.getAttribute('aria-label') || element.textContent.trim().slice(0, 30) || element.name;
    wrong.add(`${element.tagName.toLowerCase()} “${name || element.className}” ${what}`);
  };
  const seen = element =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest('[aria-hidden="true"]') &&
    // Words that only screen readers are to find.
    getComputedStyle(element).clipPath === 'none';
  const scrolls = (element, axis) => {
    for (let up = element.parentElement; up && up !== document.documentElement; up = up.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(up)[axis]) && up !== document.body) {
        return up;
      }
    }
    return null;
  };
  const box = element => element.getBoundingClientRect();
  const inside = ({ left, right, top, bottom }, around) =>
    left >= around.left - 1 && right <= around.right + 1 && top >= around.top - 1 && bottom <= around.bottom + 1;
  const view = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };

  if (document.documentElement.scrollWidth > innerWidth) {
    wrong.add(`the page is ${document.documentElement.scrollWidth} pixels wide in a window of ${innerWidth}`);
  }

  for (const dialog of document.querySelectorAll('dialog[open]')) {
    if (!inside(box(dialog), view)) {
      tell(dialog, 'does not fit in the window');
    }
    for (const way of dialog.querySelectorAll('h2, [type=submit]')) {
      // What scrolls shows its end at the end.
      way.scrollIntoView({ block: 'nearest' });
      if (seen(way) && !inside(box(way), box(dialog))) {
        tell(way, 'cannot be scrolled into the dialog');
      }
    }
    [dialog, ...dialog.querySelectorAll('form')].forEach(each => each.scrollTo(0, 0));
  }

  for (const element of root.querySelectorAll('button, a[href], input, select, summary, [role=slider]')) {
    if (!seen(element) || (!modal && element.closest('dialog:not([open])'))) {
      continue;
    }
    const target = element.matches('[type=radio]') ? element.closest('.card, label') : element.closest('.pad') ?? element;
    const { width, height } = box(target);
    if (Math.min(width, height) < least - 0.5) {
      tell(element, `is a target of ${width.toFixed()} × ${height.toFixed()} pixels, less than ${least}`);
    }
    if (!scrolls(element, 'overflowX') && (box(target).left < 0 || box(target).right > innerWidth + 1)) {
      tell(element, 'is cut off at the side');
    }
    if (!scrolls(element, 'overflowY') && document.querySelector('#console') && !inside(box(target), view)) {
      tell(element, 'is outside of the window');
    }
  }

  for (const element of root.querySelectorAll('*')) {
    const text = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!text || !seen(element) || element.closest('#flags, svg, datalist, noscript') || (!modal && element.closest('dialog:not([open])'))) {
      continue;
    }
    const style = getComputedStyle(element);
    const shortened = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    if (!shortened && /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) {
      tell(element, `is cut: ${element.scrollWidth} pixels of text in ${element.clientWidth}`);
    }
    const range = document.createRange();
    range.selectNodeContents(element);
    const words = range.getBoundingClientRect();
    if (!shortened && !scrolls(element, 'overflowX') && (words.left < -1 || words.right > innerWidth + 1)) {
      tell(element, 'leaves the window at the side');
    }
  }

  const field = document.querySelector('#console');
  if (field && !modal) {
    for (const id of ['play', 'prompt']) {
      if (!inside(box(document.getElementById(id)), view)) {
        wrong.add(`#${id} is outside of the window`);
      }
    }
    const story = document.querySelector('.story > :is(.intro, #prompts):not(:empty)');
    if (document.body.dataset.started === 'true' && box(document.querySelector('#prompts')).bottom > box(field).top + 1) {
      tell(story, 'runs into the field');
    }
    if (document.body.dataset.started === 'false' && box(document.querySelector('.intro')).bottom > box(field).top + 1) {
      tell(story, 'runs into the field');
    }
    // The playhead: the line itself, or in the landscape the names of pitches along it.
    const line = document.querySelector('.flat .playhead');
    const marks = line && document.body.dataset.view === 'flat' ? [line] : [...document.querySelectorAll('.tick:not([hidden])')];
    const near = marks.filter(mark => inside(box(mark), view) && box(mark).bottom < box(document.querySelector('.bar')).top);
    if (near.length < Math.min(2, marks.length) || marks.length === 0) {
      wrong.add(`of ${marks.length} marks of the playhead, ${near.length} are in view above the field`);
    }
  }
  return [...wrong];
})()
