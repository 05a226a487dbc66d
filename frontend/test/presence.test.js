import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

const MINUTE = 60_000;

/** As much of a page as the watch needs. */
function page() {
  /** @type {Record<string, () => void>} */
  const handlers = {};
  const dialog = {
    open: false,
    showModal: () => (dialog.open = true),
    close() {
      dialog.open = false;
      handlers.close();
    },
    addEventListener: (/** @type {string} */ name, /** @type {() => void} */ act) => (handlers[name] = act),
  };
  Object.assign(globalThis, {
    document: { getElementById: () => dialog },
    addEventListener: (/** @type {string} */ name, /** @type {() => void} */ act) => (handlers[name] = act),
  });
  return { dialog, handlers };
}

test('who does not answer for two minutes after an hour is not there', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { dialog, handlers } = page();
  const { Presence } = await import('../src/ui/presence.js');
  let left = 0;
  const presence = new Presence(() => {
    left++;
    presence.watch(false);
  });
  mock.timers.tick(120 * MINUTE);
  assert.equal(dialog.open, false, 'nothing plays');

  presence.watch(true);
  mock.timers.tick(59 * MINUTE);
  handlers.pointermove();
  mock.timers.tick(59 * MINUTE);
  assert.equal(dialog.open, false, 'somebody was there');
  mock.timers.tick(MINUTE);
  assert.equal(dialog.open, true);
  mock.timers.tick(MINUTE);
  handlers.keydown();
  assert.equal(dialog.open, false, 'somebody answered');
  mock.timers.tick(3 * MINUTE);
  assert.equal(left, 0);

  mock.timers.tick(57 * MINUTE);
  assert.equal(dialog.open, true);
  mock.timers.tick(2 * MINUTE);
  assert.deepEqual([dialog.open, left], [false, 1]);
  mock.timers.tick(200 * MINUTE);
  assert.deepEqual([dialog.open, left], [false, 1]);
  mock.timers.reset();
});
