import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOwn, ownSeed } from '../src/own-seeds.js';
import { mean } from '../src/sound/excerpt.js';
import { readAddress, writeAddress } from '../src/ui/address.js';
import { titleOf } from '../src/ui/own-seed.js';

const ID = 'own-0123456789abcdefghi-_A';

test('an own seed image is known by its id alone', () => {
  assert.ok(isOwn(ID));
  for (const id of [null, undefined, '', 'pulse-8', 'own-', `${ID}A`, `x${ID}`, 'own-0123456789abcdefghi/_A']) {
    assert.ok(!isOwn(id), String(id));
  }
  const { image, sound } = ownSeed(ID, 'Drums');
  assert.equal(image, `seed-images/${ID}.png`);
  assert.equal(sound, `seed-images/${ID}.wav`);
});

test('the address keeps an own seed image', () => {
  const address = writeAddress('techno', { seed: 1, seedImage: ID }, { seedImage: 'pulse-8' });
  assert.equal(readAddress(address).settings.seedImage, ID);
});

test('a file gives its name without its ending, and not all of a very long one', () => {
  assert.equal(titleOf('My chords.wav'), 'My chords');
  assert.equal(titleOf('Track 1.2 (live).flac'), 'Track 1.2 (live)');
  assert.equal(titleOf('.wav'), 'Your own');
  assert.equal([...titleOf('🎹'.repeat(300))].length, 40);
});

test('channels are mixed to their mean', () => {
  assert.deepEqual(mean([Float32Array.of(1, 0, -0.5), Float32Array.of(0, 0.5, -0.5)]), Float32Array.of(0.5, 0.25, -0.5));
});
