import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Thrift } from '../src/stream/thrift.js';

/** A server that needs so many seconds a step. */
function listen(/** @type {number} */ secondsAStep, clips = 40, first = 20, thrift = new Thrift()) {
  let steps = first;
  for (let i = 0; i < clips; i++) {
    steps = thrift.observe({ seconds: 5.12, generationSeconds: secondsAStep * steps, steps }, steps) ?? steps;
  }
  return { steps, thrift };
}

test('a server that keeps up is left alone', () => {
  assert.equal(listen(0.2).steps, 20);
  assert.equal(listen(0.2).thrift.wished, null);
});

test('a slow server gets fewer steps until it keeps up', () => {
  const { steps, thrift } = listen(0.4);
  assert.ok(steps < 20 && steps >= 6, `${steps}`);
  assert.ok(0.4 * steps <= 0.9 * 5.12);
  assert.equal(thrift.wished, 20);
  assert.equal(listen(10).steps, 4);
});

test('steps come back when there is time again, and no further than wished', () => {
  const { steps, thrift } = listen(0.4);
  const later = listen(0.1, 60, steps, thrift);
  assert.equal(later.steps, 20);
  assert.equal(thrift.wished, null);
});

test('one slow clip says nothing, nor does one that was begun before a change', () => {
  const thrift = new Thrift();
  const clip = (/** @type {number} */ generationSeconds, steps = 20) => ({ seconds: 5.12, generationSeconds, steps });
  assert.equal(thrift.observe(clip(6), 20), null);
  assert.equal(thrift.observe(clip(4), 20), null);
  assert.equal(thrift.observe(clip(6), 20), null);
  assert.equal(thrift.observe(clip(6), 20), 13);
  assert.equal(thrift.observe(clip(6, 20), 13), null);
  assert.equal(thrift.observe(clip(6, 20), 13), null);
  assert.equal(thrift.observe(clip(20, 13), 13), 4);
});
