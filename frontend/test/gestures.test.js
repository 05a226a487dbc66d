import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gestures, turned } from '../src/timeline/gestures.js';

function hands() {
  /** @type {string[]} */
  const done = [];
  const gestures = new Gestures({
    // Time runs down the screen.
    along: (x, y) => Math.abs(y) >= Math.abs(x),
    grab: (x, y) => done.push(`grab ${x} ${y}`),
    pull: (x, y) => done.push(`pull ${x} ${y}`),
    drop: () => done.push('drop'),
    turn: (x, y) => done.push(`turn ${x} ${y}`),
    zoom: factor => done.push(`zoom ${factor.toFixed(2)}`),
    reset: () => done.push('reset'),
  });
  return { done, gestures };
}

const touch = (/** @type {number} */ clientX, /** @type {number} */ clientY, more = {}) => ({
  pointerId: 1, clientX, clientY, button: 0, shiftKey: false, timeStamp: 0, ...more,
});

test('along the axis of time one finger pulls the music, and lets it go', () => {
  const { done, gestures } = hands();
  gestures.down(touch(100, 100));
  gestures.move(touch(101, 102));
  assert.deepEqual(done, [], 'a hand that trembles does nothing');
  gestures.move(touch(101, 110));
  gestures.move(touch(150, 90));
  gestures.up(touch(150, 90));
  assert.deepEqual(done, ['grab 100 100', 'pull 101 110', 'pull 150 90', 'drop']);
});

test('across it, with Shift and with the right button the view is turned', () => {
  for (const [more, x, y] of /** @type {const} */ ([[{}, 20, 3], [{ shiftKey: true }, 0, 20], [{ button: 2 }, 3, 20]])) {
    const { done, gestures } = hands();
    gestures.down(touch(100, 100, more));
    gestures.move(touch(100 + x, 100 + y, more));
    gestures.up(touch(100 + x, 100 + y, more));
    assert.deepEqual(done, [`turn ${x} ${y}`]);
  }
});

test('a second finger ends the pull; two turn and zoom', () => {
  const { done, gestures } = hands();
  gestures.down(touch(100, 100));
  gestures.move(touch(100, 120));
  gestures.down(touch(200, 120, { pointerId: 2 }));
  gestures.move(touch(300, 120, { pointerId: 2 }));
  gestures.up(touch(300, 120, { pointerId: 2 }));
  gestures.move(touch(100, 400));
  gestures.up(touch(100, 400));
  assert.deepEqual(done, ['grab 100 100', 'pull 100 120', 'drop', 'turn 50 0', 'zoom 2.00']);
});

test('two taps in one place bring the view back, two far apart or long after each other do not', () => {
  const { done, gestures } = hands();
  const tap = (/** @type {number} */ x, /** @type {number} */ timeStamp) => {
    gestures.down(touch(x, 100, { timeStamp }));
    gestures.up(touch(x, 100, { timeStamp }));
  };
  tap(100, 0);
  tap(300, 100);
  tap(300, 900);
  assert.deepEqual(done, []);
  tap(305, 1_000);
  assert.deepEqual(done, ['reset']);
  tap(305, 1_100);
  assert.deepEqual(done, ['reset'], 'the third tap is a first one');
});

test('a touch that is taken away lets go', () => {
  const { done, gestures } = hands();
  gestures.down(touch(100, 100));
  gestures.move(touch(100, 130));
  gestures.cancel(touch(100, 130));
  gestures.move(touch(100, 160));
  assert.deepEqual(done, ['grab 100 100', 'pull 100 130', 'drop']);
});

test('the wheel zooms where there is something to zoom, and else goes through time', () => {
  const wheel = (/** @type {number} */ deltaX, /** @type {number} */ deltaY, more = {}) => ({
    deltaX, deltaY, shiftKey: false, ctrlKey: false, ...more,
  });
  for (const zooms of [true, false]) {
    assert.deepEqual(turned(wheel(30, 4), zooms), { scroll: 30 });
    assert.deepEqual(turned(wheel(0, 40, { shiftKey: true }), zooms), { scroll: 40 });
    assert.ok('zoom' in turned(wheel(0, 4, { ctrlKey: true }), zooms));
  }
  const away = turned(wheel(2, 100), true);
  assert.ok('zoom' in away && away.zoom < 1);
  assert.deepEqual(turned(wheel(2, -100), false), { scroll: -100 });
});
