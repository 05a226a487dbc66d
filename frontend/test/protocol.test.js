import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitBefore } from '../src/stream/connection.js';
import { FrameReader, settingsOf, startFrom } from '../src/stream/protocol.js';

const note = JSON.stringify({ type: 'clip', index: 3 });
const sound = new ArrayBuffer(4);
const picture = new ArrayBuffer(8);

test('a clip is whole with its second binary frame', () => {
  const reader = new FrameReader();
  assert.equal(reader.read(note), null);
  assert.equal(reader.read(sound), null);
  assert.deepEqual(reader.read(picture), { note: { type: 'clip', index: 3 }, sound, picture });
  assert.equal(reader.read(sound), null);
});

test('other messages are whole at once', () => {
  assert.deepEqual(new FrameReader().read('{"type":"queued","position":2}'), { type: 'queued', position: 2 });
});

test('a start from a link says what differs, and a clip says the rest', () => {
  assert.deepEqual(startFrom('q83v', { steps: 9 }, true), { type: 'start', link: 'q83v', audio: 'wav', sketches: true, steps: 9 });
  const made = { guidance: 5, steps: 9, negativePrompt: '', seedImage: null, denoising: 0.5, maskImage: null, scheduler: 'euler', loras: null, alphaVelocity: 0.125, seedMotion: /** @type {const} */ ('lock') };
  const clip = { type: /** @type {const} */ ('clip'), index: 0, id: '', seconds: 5.12, startPrompt: 'a', endPrompt: 'b', alpha: 0.5, startSeed: 7, endSeed: 8, ...made };
  assert.deepEqual(settingsOf(clip), { seed: 7, ...made });
});

test('the waits grow, are scattered and have an end', () => {
  assert.ok(waitBefore(0, 0) >= 250 && waitBefore(0, 1) <= 500);
  assert.ok(waitBefore(3, 0) > waitBefore(0, 1));
  assert.notEqual(waitBefore(2, 0.1), waitBefore(2, 0.9));
  assert.equal(waitBefore(50, 1), 15_000);
});
