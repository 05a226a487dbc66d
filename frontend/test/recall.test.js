import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recall } from '../src/stream/recall.js';

const clip = (/** @type {string} */ startPrompt, endPrompt = startPrompt, alpha = 0) => ({ startPrompt, endPrompt, alpha });
const piano = clip('piano');
const riff = [piano, piano, clip('piano', 'bells', 0.5), clip('bells'), clip('bells', 'techno', 0.25), clip('techno')];

test('at every moment the plan is what it was', () => {
  const at = (/** @type {number} */ i) => recall(riff.slice(0, i + 1), riff.slice(i + 1), ['rain']);
  const all = riff.map((_, i) => at(i));
  assert.deepEqual(all.map(plan => plan.now), ['piano', 'piano', 'piano', 'bells', 'bells', 'techno']);
  assert.deepEqual(all.map(plan => plan.blend), [0, 0, 0.5, 0, 0.25, 0]);
  assert.deepEqual(all.map(plan => plan.coming), [['bells', 'techno'], ['bells', 'techno'], ['bells', 'techno'], ['techno'], ['techno'], []]);
  assert.deepEqual(all.map(plan => plan.past), [[], [], [], ['piano'], ['piano'], ['piano', 'bells']]);
  assert.deepEqual(all[0].waiting, ['rain']);
});
