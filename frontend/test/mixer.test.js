import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { distance, heardIn, readMix, sameMix, sayMix, shares, writeMix } from '../src/stream/mix.js';
import { Plan } from '../src/stream/plan.js';
import { Latest } from '../src/ui/latest.js';
import { Bindings, readControl } from '../src/ui/midi.js';
import { corners, placeOf, weightsAt, within } from '../src/ui/pad.js';

const part = (/** @type {string} */ prompt, /** @type {number} */ weight) => ({ prompt, weight });
const close = (/** @type {number} */ actual, /** @type {number} */ expected, name = '') =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${name} ${actual} is not ${expected}`);

test('what is asked for are shares', () => {
  assert.deepEqual(shares([part(' a ', 3), part('b', 0), part('a', 3), part('c', 2)]), [part('a', 0.75), part('c', 0.25)]);
  assert.deepEqual(shares([part('a', 0), part('b', 0)]), []);
});

test('mixes are told apart and said', () => {
  const mix = [part('jazz piano', 0.6), part('church bells', 0.4)];
  close(distance(mix, [part('church bells', 1)]), 0.6);
  close(distance(mix, [...mix].reverse()), 0);
  assert.ok(sameMix(mix, [part('jazz piano', 0.6004), part('church bells', 0.3996)]));
  assert.ok(!sameMix(mix, [part('jazz piano', 0.59), part('church bells', 0.41)]));
  assert.equal(sayMix(mix), '60 % jazz piano + 40 % church bells');
  assert.equal(sayMix([part('a', 0.999), part('b', 0.001)]), '100 % a + <1 % b');
  assert.equal(sayMix([part('a', 1)]), 'a');
});

test('a clip is heard as what lies between its points', () => {
  const startMix = [part('a', 0.5), part('b', 0.5)];
  const note = { startPrompt: '50 % a + 50 % b', endPrompt: 'c', startMix, alpha: 0.25 };
  assert.deepEqual(heardIn(note), [part('a', 0.375), part('b', 0.375), part('c', 0.25)]);
  assert.deepEqual(heardIn({ startPrompt: 'a', endPrompt: 'a', alpha: 0.5 }), [part('a', 1)]);
});

test('an address leads to the same mix', () => {
  const address = writeMix([part('bells & “strings”', 2 / 3), part('a', 1 / 3)], '?prompt=60&seed=7');
  assert.match(address, /^\?seed=7&/);
  const read = readMix(address);
  assert.deepEqual(read?.map(({ prompt }) => prompt), ['bells & “strings”', 'a']);
  close(read?.[0].weight ?? 0, 0.667);
  const bad = ['', '?prompt=a', '?prompt=a&weight=1', '?prompt=a&prompt=b', '?prompt=a&prompt=b&weight=1', '?prompt=a&prompt=b&weight=1&weight=x',
    '?prompt=a&prompt=b&weight=1&weight=-1', '?prompt=a&prompt=b&weight=0&weight=0', '?prompt=a&prompt=+&weight=1&weight=1',
    `?${'prompt=a&weight=1&'.repeat(7)}`];
  for (const search of bad) {
    assert.equal(readMix(search), null, search);
  }
});

test('a corner of the pad is one prompt alone, the centre all alike', () => {
  for (const count of [2, 3, 4, 5, 6]) {
    corners(count).forEach((corner, i) =>
      weightsAt(corner, count).forEach((weight, k) => close(weight, i === k ? 1 : 0, `corner ${i} of ${count}`)),
    );
    weightsAt({ x: 0, y: 0 }, count).forEach(weight => close(weight, 1 / count, `centre of ${count}`));
  }
  assert.deepEqual(weightsAt({ x: 3, y: 4 }, 1), [1]);
});

test('wherever the puck is, its weights are shares, and lead back to it', () => {
  for (const count of [2, 3, 4, 5, 6]) {
    for (let x = -1.5; x <= 1.5; x += 0.1) {
      for (let y = -1.5; y <= 1.5; y += 0.1) {
        const weights = weightsAt({ x, y }, count);
        close(weights.reduce((sum, weight) => sum + weight, 0), 1);
        assert.ok(weights.every(weight => weight >= 0), `${weights}`);
        const inside = within({ x, y }, count);
        const back = placeOf(weights);
        assert.ok(Math.hypot(back.x - inside.x, back.y - inside.y) < 1e-6, `${x}, ${y} of ${count}`);
      }
    }
  }
});

test('what lies outside of the corners counts as the nearest place between them', () => {
  const { x, y } = within({ x: 5, y: 0 }, 2);
  assert.deepEqual([x, Math.abs(y) < 1e-9], [1, true]);
  const below = within({ x: 0, y: 2 }, 3);
  close(below.x, 0);
  close(below.y, 0.5);
});

test('of many values the latest one is passed on, a few in a second', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    /** @type {number[]} */
    const passed = [];
    const latest = new Latest(250, (/** @type {number} */ value) => passed.push(value));
    for (let ms = 0; ms < 1_000; ms += 10) {
      latest.offer(ms);
      mock.timers.tick(10);
    }
    mock.timers.tick(2_000);
    assert.deepEqual(passed, [0, 240, 490, 740, 990]);
    latest.offer(-1);
    assert.equal(passed.at(-1), -1);
  } finally {
    mock.timers.reset();
  }
});

test('of MIDI only controllers that move are read', () => {
  assert.deepEqual(readControl([0xb0, 7, 127]), { controller: 7, level: 1 });
  assert.deepEqual(readControl(new Uint8Array([0xbf, 1, 0])), { controller: 1, level: 0 });
  for (const other of [null, [], [0x90, 60, 100], [0xb0, 7], [0xb0, 123, 0], [0xe0, 0, 64], [0xb0, 7, 200]]) {
    assert.equal(readControl(other), null, String(other));
  }
});

test('controllers 1 to 6 move the rows, and others as they were taught', () => {
  const bindings = new Bindings();
  assert.deepEqual([1, 6, 7, 0].map(controller => bindings.rowOf(controller)), [0, 5, null, null]);
  bindings.learning = 2;
  assert.equal(bindings.rowOf(74), 2);
  // Only the one that moves next is taught.
  assert.equal(bindings.rowOf(75), null);
  assert.equal(bindings.rowOf(74), 2);
});

const mixed = (/** @type {import('../src/stream/mix.js').Part[]} */ parts) => {
  const mix = parts.length > 1 ? { startMix: parts, endMix: parts } : {};
  return { startPrompt: sayMix(parts), endPrompt: sayMix(parts), alpha: 0, ...mix };
};

test('a mix is one entry however often its weights change', () => {
  const plan = new Plan();
  plan.begin('piano');
  plan.heard(mixed([part('piano', 1)]));
  plan.add('harp');
  plan.mix([part('piano', 0.4), part('bells', 0.6)]);
  assert.deepEqual([plan.waiting, plan.coming], [[], []]);
  plan.heard(mixed([part('piano', 0.75), part('bells', 0.25)]));
  assert.deepEqual([plan.past, plan.now], [['piano'], '75 % piano + 25 % bells']);
  assert.equal(plan.goal?.length, 2);
  plan.heard(mixed([part('piano', 0.4), part('bells', 0.6)]));
  assert.deepEqual([plan.past, plan.nowMix?.length, plan.goal], [['piano'], 2, null]);
  plan.mix([part('bells', 1)]);
  plan.heard(mixed([part('piano', 0.15), part('bells', 0.85)]));
  plan.heard(mixed([part('bells', 1)]));
  assert.deepEqual([plan.past, plan.now, plan.nowMix, plan.goal], [['piano'], 'bells', null, null]);
});

test('a prompt after a mix waits, comes and takes its place', () => {
  const plan = new Plan();
  const mix = [part('piano', 0.5), part('bells', 0.5)];
  plan.mix(mix);
  plan.heard(mixed(mix));
  assert.deepEqual([plan.now, plan.past], ['50 % piano + 50 % bells', []]);
  assert.equal(plan.add('piano'), true);
  assert.equal(plan.arrived({ ...mixed(mix), endPrompt: 'piano', endMix: undefined, alpha: 0.25 }), null);
  assert.deepEqual([plan.asked, plan.coming, plan.heading], [null, ['piano'], 'piano']);
  plan.heard(mixed([part('piano', 1)]));
  assert.deepEqual([plan.past, plan.now, plan.coming], [['50 % piano + 50 % bells'], 'piano', []]);
});
