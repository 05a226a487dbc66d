import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedSeconds, speedOf, velocityOf, wordsFor } from '../src/ui/plain.js';
import { words } from '../src/ui/words.js';

test('every place of a slider has its words, and its ends have those that are promised', () => {
  const names = [];
  for (let step = 1; step <= 20; step++) {
    // As sums, which are not quite what they look like.
    const value = Array.from({ length: step }).reduce(sum => /** @type {number} */ (sum) + 0.05, 0);
    const [name, note] = wordsFor(words.denoising, /** @type {number} */ (value));
    assert.ok(name && note);
    names.push(name);
  }
  assert.equal(names[0], 'Keep it on beat');
  assert.equal(names[18], 'Wander off');
  assert.equal(names[19], 'What is tempo?');
  assert.equal(new Set(names).size, 5);
  assert.equal(wordsFor(words.guidance, 1)[0], 'Free association');
  assert.equal(wordsFor(words.guidance, 15)[0], 'To the letter');
});

test('a clip should take as long as its steps, of which a seed image spares some', () => {
  const last = { generationSeconds: 4, steps: 10, denoising: 0.8, seedImage: 'pulse' };
  assert.equal(expectedSeconds(last, last), 4);
  assert.equal(expectedSeconds(last, { ...last, steps: 20 }), 8);
  assert.equal(expectedSeconds(last, { ...last, denoising: 0.4 }), 2);
  assert.equal(expectedSeconds(last, { ...last, seedImage: null }), 5);
  assert.equal(expectedSeconds({ ...last, seedImage: null }, { ...last, steps: 5 }), 1.6);
});

test('of a server that has made nothing yet, nothing is known', () => {
  assert.equal(expectedSeconds(null, { steps: 10 }), null);
  assert.equal(expectedSeconds({ steps: 10 }, { steps: 10 }), null);
  assert.equal(expectedSeconds({ generationSeconds: 3 }, { steps: 10 }), null);
});

test('the stops of the speed halve the way, and what lies between is shown at the nearest', () => {
  assert.deepEqual([0, 1, 2, 3, 4].map(velocityOf), [0.0625, 0.125, 0.25, 0.5, 1]);
  assert.deepEqual([0, 1, 2, 3, 4].map(velocityOf).map(velocity => speedOf(velocity)), [0, 1, 2, 3, 4]);
  assert.equal(speedOf(0.3), 2);
  assert.equal(speedOf(1 / 32), 0);
  assert.equal(speedOf(undefined), 2);
});
