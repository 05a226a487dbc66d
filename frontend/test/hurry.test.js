import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hurry } from '../src/stream/hurry.js';

/** @typedef {import('../src/sound/tape.js').Clip} Clip */

const clip = /** @type {Clip} */ ({ note: { id: 'a' } });
const newest = /** @type {Clip} */ ({ note: { id: 'z', seconds: 5.12 } });

/** A hurry over clips that end after so many seconds. */
function hurryOver(/** @type {number[]} */ ends) {
  /** @type {number[]} */
  const asked = [];
  const deck = {
    newest() {
      return newest;
    },
    soonest(/** @type {number} */ seconds) {
      asked.push(seconds);
      return ends.some(end => end >= seconds) ? clip : null;
    },
  };
  return { hurry: new Hurry(/** @type {import('../src/sound/deck.js').Deck} */ (/** @type {unknown} */ (deck))), asked };
}

test('clips give way to the first wish, and to what was wished for meanwhile once its clip is there', () => {
  const { hurry } = hurryOver([100]);
  assert.deepEqual(hurry.wish(1, 0), { after: 'a' });
  assert.deepEqual(hurry.wish(1, 0.5), {});
  assert.deepEqual(hurry.wish(1, 1), {});
  assert.equal(hurry.came('replaced', 1, 2), true);
  assert.deepEqual(hurry.wish(1, 2), { after: 'a' });
  assert.equal(hurry.came('replaced', 1, 4), false);
});

test('a clip that was on its way before the wish does not answer it', () => {
  const { hurry } = hurryOver([100]);
  hurry.wish(1, 0);
  assert.equal(hurry.came('laid', 1, 0.05), false);
  assert.deepEqual(hurry.wish(1, 0.1), {}, 'the answer is still to come');
  assert.equal(hurry.came('replaced', 1, 1), true);
});

test('it learns how long an answer takes', () => {
  const { hurry, asked } = hurryOver([100]);
  hurry.came('laid', 1, 0);
  hurry.wish(1, 10);
  assert.ok(asked[0] < 2, `${asked[0]} s for clips that take one`);
  assert.equal(hurry.came('late', 1, 14), true);
  hurry.wish(1, 14);
  assert.ok(asked[1] > 4, `${asked[1]} s after an answer that took four`);
});

test('a server that goes on from a clip that came too late is led back to what is here', () => {
  const { hurry } = hurryOver([]);
  assert.equal(hurry.came('late', 1, 4), true);
  assert.deepEqual(hurry.wish(1, 4), { after: 'z' });
  assert.equal(hurry.came('stray', 1, 4.1), true, 'sent before the server knew');
  assert.deepEqual(hurry.wish(1, 4.1), { after: 'z' });
  assert.equal(hurry.came('laid', 1, 6), false);
  assert.deepEqual(hurry.wish(1, 6), {}, 'nothing is astray any more');
});

test('where clips take longer to make than to hear, the one that is being made gives way', () => {
  const { hurry } = hurryOver([]);
  hurry.came('laid', 5.1, 0);
  assert.deepEqual(hurry.wish(1, 0), {}, 'what is being made comes in time');
  hurry.came('laid', 5.2, 5);
  assert.deepEqual(hurry.wish(1, 6), { after: 'z' });
  assert.equal(Math.round(hurry.left(8) * 10), 32);
  assert.equal(hurry.left(20), 0);
  assert.equal(hurry.came('laid', 5.2, 11.2), false);
  assert.equal(hurry.left(11.2), 0);
});

test('nothing gives way where nothing can, or in another session', () => {
  const { hurry } = hurryOver([]);
  assert.deepEqual(hurry.wish(1, 0), {});
  const { hurry: other } = hurryOver([100]);
  other.wish(1, 0);
  other.wish(1, 1);
  other.forget();
  assert.equal(other.came('laid', 1, 5), false);
});
