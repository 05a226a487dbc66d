import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitBefore } from '../src/stream/connection.js';
import { FrameReader } from '../src/stream/protocol.js';

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

test('the waits grow, are scattered and have an end', () => {
  assert.ok(waitBefore(0, 0) >= 250 && waitBefore(0, 1) <= 500);
  assert.ok(waitBefore(3, 0) > waitBefore(0, 1));
  assert.notEqual(waitBefore(2, 0.1), waitBefore(2, 0.9));
  assert.equal(waitBefore(50, 1), 15_000);
});
