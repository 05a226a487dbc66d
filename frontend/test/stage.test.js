import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Orbit } from '../src/timeline/orbit.js';
import { viewFor } from '../src/timeline/stage.js';

const usual = /** @type {const} */ ({ wish: 'landscape', insists: false, reduced: false, able: true, lost: false });

test('the landscape is shown where it is wished for, welcome and possible', () => {
  assert.equal(viewFor(usual), 'landscape');
  assert.equal(viewFor({ ...usual, wish: 'flat' }), 'flat');
  assert.equal(viewFor({ ...usual, reduced: true }), 'flat');
  assert.equal(viewFor({ ...usual, reduced: true, insists: true }), 'landscape');
  assert.equal(viewFor({ ...usual, able: false }), 'flat');
  assert.equal(viewFor({ ...usual, lost: true }), 'flat');
  assert.equal(viewFor({ ...usual, reduced: true, insists: true, lost: true }), 'flat');
});

test('a view stays a landscape however far it is turned, and comes back', () => {
  const orbit = new Orbit(() => false);
  for (let i = 0; i < 100; i++) {
    orbit.turn(1, 1);
    orbit.zoom(2);
  }
  assert.equal(orbit.follow(0.016), false);
  assert.deepEqual(orbit.at, { turn: 0.9, tilt: 0.8, zoom: 2.2 });
  orbit.reset();
  orbit.follow(0);
  assert.deepEqual(orbit.at, { turn: 0, tilt: 0, zoom: 1 });
});

test('a heavy view follows the hand a little later, and arrives', () => {
  const orbit = new Orbit(() => true);
  orbit.turn(0.5, 0);
  assert.equal(orbit.follow(0.016), true);
  assert.ok(orbit.at.turn > 0 && orbit.at.turn < 0.25);
  let frames = 1;
  while (orbit.follow(0.016)) {
    frames++;
  }
  assert.ok(frames > 5 && frames < 60, `${frames} frames`);
  assert.equal(orbit.at.turn, 0.5);
});
