import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SmoothClock } from '../src/sound/clock.js';
import { hertzOf, partOf } from '../src/timeline/axis.js';
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

/** The first band of a column. */
const at = (/** @type {Ring} */ ring, /** @type {number} */ column) => ring.data[rowOf(column) * BANDS];

function rolled() {
  const ring = new Ring();
  const roll = new Roll(ring);
  for (let clip = 0; clip < 8; clip++) {
    roll.add(clip, clip * 512, rows(512, 1 + clip));
  }
  return { ring, roll };
}

test('pictures unroll as far as the horizon, and old ones are blanked before they come round', () => {
  const ring = new Ring();
  const roll = new Roll(ring);
  for (let clip = 0; clip < 3; clip++) {
    roll.add(clip, clip * 512, rows(512, 1 + clip));
  }
  roll.advance(-300, 1000, COLUMNS);
  assert.equal(at(ring, 999), 2);
  assert.equal(at(ring, 1000), 0);
  roll.advance(400, 1700, COLUMNS);
  assert.equal(at(ring, 1535), 3);
  roll.advance(1200, 2500, COLUMNS);
  assert.equal(at(ring, 2400), 0, 'nothing is known of this column yet');
  assert.equal(at(ring, 1300), 3, 'the past stays');
});

test('whoever goes back sees what was there, and forward again what is next', () => {
  const { ring, roll } = rolled();
  for (const from of [-300, 2000, 1990, 1200, 0, 700, -300, 2600, 2599, 900]) {
    const to = from + 1300;
    while (roll.advance(from, to, 400));
    for (let column = from; column < to; column += 7) {
      const clip = Math.floor(column / 512);
      assert.equal(at(ring, column), column < 0 ? 0 : 1 + clip, `column ${column} of the view from ${from}`);
    }
  }
});

test('a picture that comes late fills its stretch, wherever the view has been meanwhile', () => {
  const { ring, roll } = rolled();
  roll.keep(column => column !== 1024);
  roll.advance(600, 1900, COLUMNS);
  assert.equal(at(ring, 1100), 0);
  roll.add(2, 1024, rows(512, 99));
  roll.advance(300, 1600, COLUMNS);
  assert.equal(at(ring, 1100), 99);
  assert.equal(at(ring, 1535), 99);
  assert.equal(at(ring, 1023), 2);
});

test('a picture sweeps in, a part in each frame', () => {
  const ring = new Ring();
  const roll = new Roll(ring);
  roll.add(0, 0, rows(512, 1));
  assert.equal(roll.advance(-300, 1000, 100), true);
  assert.equal(at(ring, 99), 1);
  assert.equal(at(ring, 100), 0);
  assert.equal(roll.advance(-299, 1001, 500), false);
  assert.equal(at(ring, 511), 1);
});

test('changes that nobody takes do not pile up', () => {
  const ring = new Ring();
  for (let i = 0; i < 10_000; i++) {
    ring.blank(i, 1);
  }
  const changes = ring.takeChanges();
  assert.ok(changes.length <= 300);
  assert.ok(changes.some(change => change.row === 0 && change.rows === COLUMNS));
});

test('dark at the bottom of the image is loud and low', () => {
  const pixels = new Uint8ClampedArray(2 * BANDS * 4).fill(255);
  const dark = (/** @type {number} */ x, /** @type {number} */ y) => pixels.fill(0, 4 * (y * 2 + x), 4 * (y * 2 + x) + 4);
  // The line of 50 Hz and those around it.
  for (let line = 0; line < 20; line++) {
    dark(1, BANDS - 1 - line);
  }
  const energy = energies({ data: pixels, width: 2, height: BANDS }, 2);
  assert.equal(energy[1 * BANDS + 0], 255);
  assert.equal(energy[0], 0);
  assert.equal(energy[1 * BANDS + BANDS - 1], 0);
});

test('every octave has the same room, and a tone of the picture stands where the axis names it', () => {
  assert.equal(partOf(50), 0);
  assert.equal(partOf(10_000), 1);
  assert.ok(Math.abs(partOf(200) - partOf(100) - (partOf(6_400) - partOf(3_200))) < 1e-12);
  for (const hertz of [100, 440, 1_000, 5_000]) {
    const pixels = new Uint8ClampedArray(BANDS * 4).fill(255);
    // The bands of a clip's picture are as wide as each other in mel: 2595 log10(1 + f / 700), up to 10 kHz.
    const mel = (/** @type {number} */ f) => 2595 * Math.log10(1 + f / 700);
    const line = Math.floor((BANDS * mel(hertz)) / mel(10_000));
    pixels.fill(0, 4 * (BANDS - 1 - line), 4 * (BANDS - line));
    const energy = energies({ data: pixels, width: 1, height: BANDS }, 1);
    const loudest = energy.indexOf(Math.max(...energy));
    assert.ok(Math.abs(Math.log2(hertzOf((loudest + 0.5) / BANDS) / hertz)) < 0.06, `${hertz} Hz stands at band ${loudest}`);
  }
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
