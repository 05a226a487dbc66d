import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Plan } from '../src/stream/plan.js';

const clip = (/** @type {string} */ startPrompt, endPrompt = startPrompt, alpha = 0) => ({ startPrompt, endPrompt, alpha });

function playing() {
  const plan = new Plan();
  plan.begin('piano');
  plan.heard(clip('piano'));
  return plan;
}

test('a prompt waits, comes, blends and is then heard', () => {
  const plan = playing();
  assert.equal(plan.add('bells'), true);
  assert.deepEqual(plan.waiting, ['bells']);
  assert.equal(plan.arrived(clip('piano', 'bells', 0.25)), null);
  assert.deepEqual([plan.coming, plan.waiting], [['bells'], []]);
  plan.heard(clip('piano', 'bells', 0.25));
  assert.deepEqual([plan.now, plan.blend], ['piano', 0.25]);
  plan.heard(clip('bells'));
  assert.deepEqual([plan.past, plan.now, plan.coming, plan.blend], [['piano'], 'bells', [], 0]);
});

test('a riff may begin within a blend', () => {
  const plan = new Plan();
  plan.begin('bells');
  plan.add('harp');
  plan.beginWith(clip('piano', 'bells', 0.5));
  assert.equal(plan.arrived(clip('piano', 'bells', 0.5)), null);
  plan.heard(clip('piano', 'bells', 0.5));
  assert.deepEqual([plan.past, plan.now, plan.coming, plan.blend], [[], 'piano', ['bells'], 0.5]);
  plan.heard(clip('bells'));
  assert.deepEqual([plan.past, plan.now, plan.coming, plan.waiting], [['piano'], 'bells', [], ['harp']]);
  plan.beginWith(clip('drums'));
  assert.deepEqual([plan.now, plan.coming], ['drums', []]);
});

test('the server hears of one prompt at a time', () => {
  const plan = playing();
  assert.equal(plan.add('bells'), true);
  assert.equal(plan.add('techno'), false);
  assert.equal(plan.add('harp'), false);
  plan.remove(1);
  assert.equal(plan.arrived(clip('piano')), null);
  assert.equal(plan.arrived(clip('piano', 'bells', 0.25)), 'harp');
  assert.equal(plan.heading, 'bells');
});

test('the same prompt twice in a row is one', () => {
  const plan = playing();
  assert.equal(plan.add('piano'), false);
  plan.add('bells');
  plan.add('bells');
  assert.deepEqual(plan.waiting, ['bells']);
});

test('a walk between seeds is no blend of prompts', () => {
  const plan = playing();
  plan.heard(clip('piano', 'piano', 0.5));
  assert.equal(plan.blend, 0);
});

test('the past does not grow for ever', () => {
  const plan = playing();
  for (let i = 0; i < 100; i++) {
    plan.heard(clip(`prompt ${i}`));
  }
  assert.ok(plan.past.length < 20);
  assert.equal(plan.past.at(-1), 'prompt 98');
});

test('the line can be put in another order, and the server is told when its first one changes', () => {
  const plan = playing();
  ['bells', 'techno', 'harp'].forEach(prompt => plan.add(prompt));
  assert.equal(plan.advance(2), false);
  assert.deepEqual(plan.waiting, ['bells', 'harp', 'techno']);
  assert.equal(plan.advance(1), true);
  assert.deepEqual(plan.waiting, ['harp', 'bells', 'techno']);
  assert.equal(plan.remove(1), false);
  assert.equal(plan.remove(0), true);
  assert.deepEqual(plan.waiting, ['techno']);
});

test('a prompt that was removed too late comes all the same', () => {
  const plan = playing();
  plan.add('bells');
  plan.remove(0);
  assert.equal(plan.arrived(clip('piano', 'bells', 0.25)), null);
  assert.deepEqual(plan.coming, ['bells']);
  assert.equal(plan.arrived(clip('piano', 'bells', 0.5)), null);
  assert.deepEqual(plan.coming, ['bells']);
});

test('a mix of the past is known with its weights', () => {
  const plan = playing();
  const startMix = [{ prompt: 'harp', weight: 0.25 }, { prompt: 'organ', weight: 0.75 }];
  const said = '25 % harp + 75 % organ';
  plan.heard({ ...clip(said), startMix, endMix: startMix });
  plan.heard(clip('bells'));
  assert.deepEqual(plan.past, ['piano', said]);
  assert.deepEqual(plan.mixOf(said), startMix);
  assert.equal(plan.mixOf('piano'), null);
});
