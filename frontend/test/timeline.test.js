import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SmoothClock } from '../src/sound/clock.js';
import { energies } from '../src/timeline/picture.js';
import { BANDS, COLUMNS, Ring, rowOf } from '../src/timeline/ring.js';
import { Roll } from '../src/timeline/roll.js';

const rows = (/** @type {number} */ count, /** @type {number} */ value) => new Uint8Array(count * BANDS).fill(value);

test('a stretch across the ring’s end is split', () => {
  const ring = new Ring();
  ring.write(COLUMNS - 2, rows(5, 9));
  assert.deepEqual(ring.takeChanges(), [{ row: COLUMNS - 2, rows: 2 }, { row: 0, rows: 3 }]);
  assert.deepEqual(ring.takeChanges(), []);
  assert.equal(ring.data[(COLUMNS - 1) * BANDS], 9);
  assert.equal(ring.data[2 * BANDS], 9);
  assert.equal(ring.data[3 * BANDS], 0);
  assert.equal(rowOf(-1), COLUMNS - 1);
});

test('pictures unroll as far as the horizon, and old ones are blanked before they come round', () => {
  const ring = new Ring();
  const roll = new Roll(ring, 300, 1000);
  for (let clip = 0; clip < 3; clip++) {
    roll.add(clip * 512, rows(512, 1 + clip));
  }
  roll.advance(0, COLUMNS);
  assert.equal(ring.data[999 * BANDS], 2);
  assert.equal(ring.data[1000 * BANDS], 0);
  roll.advance(700, COLUMNS);
  assert.equal(ring.data[1535 * BANDS], 3);
  roll.advance(1500, COLUMNS);
  assert.equal(ring.data[rowOf(2400) * BANDS], 0, 'nothing is known of this column yet');
  assert.equal(ring.data[rowOf(1300) * BANDS], 3, 'the past stays');
});

test('a picture sweeps in, a part in each frame', () => {
  const ring = new Ring();
  const roll = new Roll(ring, 300, 1000);
  roll.add(0, rows(512, 1));
  assert.equal(roll.advance(0, 100), true);
  assert.equal(ring.data[99 * BANDS], 1);
  assert.equal(ring.data[100 * BANDS], 0);
  assert.equal(roll.advance(1, 500), false);
  assert.equal(ring.data[511 * BANDS], 1);
});

test('dark at the bottom of the image is loud and low', () => {
  const pixels = new Uint8ClampedArray(2 * BANDS * 4).fill(255);
  const bottomRight = 4 * (2 * (BANDS - 1) + 1);
  pixels[bottomRight + 1] = 0;
  pixels[bottomRight + 2] = 0;
  const energy = energies({ data: pixels, width: 2, height: BANDS }, 2);
  assert.equal(energy[1 * BANDS + 0], 255);
  assert.equal(energy[0], 0);
  assert.equal(energy[1 * BANDS + 1], 0);
});

test('the clock is even where the audio clock steps, and follows where it jumps', () => {
  const clock = new SmoothClock();
  let before = 0;
  for (let frame = 0; frame < 600; frame++) {
    const wall = 100 + frame / 60;
    const audio = Math.floor(frame / 60 / 0.02) * 0.02;
    const time = clock.read(audio, wall);
    if (frame > 60) {
      assert.ok(Math.abs(time - before - 1 / 60) < 0.002, `frame ${frame} moves by ${time - before}`);
    }
    before = time;
  }
  assert.equal(clock.read(500, 110), 500);
});
