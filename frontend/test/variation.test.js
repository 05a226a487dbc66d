import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weave } from '../src/sound/variation.js';

const RATE = 44_100;
const FRAMES = 225_792;
const QUARTER = FRAMES / 4;

const sine = (/** @type {number} */ hertz) => {
  const channel = Float32Array.from({ length: FRAMES }, (_, t) => 0.5 * Math.sin((2 * Math.PI * hertz * t) / RATE));
  return { sampleRate: RATE, frames: FRAMES, channels: [channel] };
};

const largestStep = (/** @type {Float32Array} */ samples) => {
  let most = 0;
  for (let t = 1; t < samples.length; t++) {
    most = Math.max(most, Math.abs(samples[t] - samples[t - 1]));
  }
  return most;
};

test('a variation ends as the latest clip does, so that the next one follows on it', () => {
  for (const latest of [[sine(330)], [sine(330), sine(441)], [sine(330), sine(441), sine(220)]]) {
    for (let number = 0; number < 3; number++) {
      const [out] = weave(latest, number).channels;
      assert.equal(out.length, FRAMES);
      assert.deepEqual(out.subarray(FRAMES - QUARTER + 1000), latest[0].channels[0].subarray(FRAMES - QUARTER + 1000));
    }
  }
});

test('a variation is no repeat, and two in a row are not alike', () => {
  const latest = [sine(330), sine(441), sine(220)];
  const differs = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) => a.some((x, t) => Math.abs(x - b[t]) > 0.1);
  const [first] = weave(latest, 0).channels;
  const [second] = weave(latest, 1).channels;
  assert.ok(latest.every(({ channels: [clip] }) => differs(first, clip)));
  assert.ok(differs(first, second));
  const single = { ...sine(330), channels: [Float32Array.from({ length: FRAMES }, (_, t) => t / FRAMES)] };
  assert.ok(differs(weave([single], 0).channels[0], single.channels[0]));
});

test('there is no click within a variation, nor where it begins', () => {
  const latest = [sine(330.7), sine(441.3), sine(220.9)];
  const [last] = latest[0].channels;
  const [out] = weave(latest, 0).channels;
  const steepest = largestStep(latest[1].channels[0]);
  assert.ok(largestStep(out) < 1.5 * steepest, `${largestStep(out)} ${steepest}`);
  assert.ok(Math.abs(out[0] - last[FRAMES - 1]) < 1e-6);
});
