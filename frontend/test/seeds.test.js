import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BANDS } from '../src/timeline/ring.js';
import { tempo } from '../src/ui/seeds.js';
import { changes } from '../src/ui/settings.js';
import { brighten, noise, shrink } from '../src/ui/thumbnail.js';

test('beats of a clip are told as a tempo', () => {
  assert.deepEqual([6, 8, 10, 12].map(beats => tempo(beats, 5.12)), [70, 94, 117, 141]);
});

test('only what differs is changed, and nothing where there was no choice', () => {
  const before = { seed: 1, seedImage: 'pulse', steps: 10 };
  assert.deepEqual(changes(before, { seed: 1, seedImage: null, steps: 12 }), { seedImage: null, steps: 12 });
  assert.deepEqual(changes(before, { seed: 1, seedImage: undefined, steps: 10 }), {});
  assert.deepEqual(changes({ ...before, seedImage: null }, { seedImage: null }), {});
});

test('a thumbnail keeps thin lines, and low notes are at its bottom', () => {
  const columns = 40;
  const rows = new Uint8Array(columns * BANDS).fill(10);
  rows[25 * BANDS] = 250;
  rows[3 * BANDS + BANDS - 1] = 200;
  const [width, height] = [10, 8];
  const pixels = shrink(rows, width, height);
  assert.equal(pixels.length, width * height);
  assert.equal(pixels[(height - 1) * width + 6], 250);
  assert.equal(pixels[0], 200);
  assert.equal(pixels.filter(energy => energy !== 10).length, 2);
});

test('a thumbnail that is larger than its spectrogram has no holes', () => {
  const pixels = shrink(new Uint8Array(3 * BANDS).fill(7), 10, 2 * BANDS);
  assert.ok(pixels.every(energy => energy === 7));
});

test('a faint picture becomes bright, and none becomes of none', () => {
  assert.deepEqual([...brighten(Uint8Array.of(0, 60, 120))], [0, 117, 235]);
  assert.deepEqual([...brighten(new Uint8Array(3))], [0, 0, 0]);
  assert.equal(brighten(new Uint8Array()).length, 0);
});

test('noise is the same each time and has no shape', () => {
  const rows = noise();
  assert.deepEqual(rows, noise());
  const mean = (/** @type {Uint8Array} */ part) => part.reduce((sum, value) => sum + value, 0) / part.length;
  const half = rows.length / 2;
  assert.ok(Math.abs(mean(rows.subarray(0, half)) - mean(rows.subarray(half))) < 1);
});
