import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framesOf, readWav } from '../src/sound/wav.js';

/**
 * @param {number[]} samples interleaved
 * @param {{channels?: number, bits?: number, before?: Uint8Array, size?: number}} [shape]
 */
function wav(samples, { channels = 1, bits = 16, before = new Uint8Array(0), size } = {}) {
  const bytes = new DataView(new ArrayBuffer(44 + before.length + 2 * samples.length));
  const text = (/** @type {number} */ at, /** @type {string} */ s) =>
    [...s].forEach((c, i) => bytes.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  text(8, 'WAVE');
  text(12, 'fmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, channels, true);
  bytes.setUint32(24, 44_100, true);
  bytes.setUint16(34, bits, true);
  before.forEach((b, i) => bytes.setUint8(36 + i, b));
  const data = 36 + before.length;
  text(data, 'data');
  bytes.setUint32(data + 4, size ?? 2 * samples.length, true);
  samples.forEach((s, i) => bytes.setInt16(data + 8 + 2 * i, s, true));
  return bytes.buffer;
}

test('reads every sample and not one more', () => {
  const pcm = readWav(wav([0, 16_384, -32_768, 32_767]));
  assert.equal(pcm.sampleRate, 44_100);
  assert.deepEqual([...pcm.channels[0]], [0, 0.5, -1, 32_767 / 32_768]);
});

test('tells the length as it reads it', () => {
  for (const bytes of [wav([1, 2, 3]), wav([1, -1, 2, -2], { channels: 2 }), wav([1, 2], { size: 0xffffffff })]) {
    assert.equal(framesOf(bytes), readWav(bytes).frames);
  }
});

test('takes channels apart', () => {
  const pcm = readWav(wav([1, -1, 2, -2], { channels: 2 }));
  assert.equal(pcm.frames, 2);
  assert.deepEqual(pcm.channels.map(c => [...c].map(s => s * 32_768)), [[1, 2], [-1, -2]]);
});

test('passes over chunks that it does not know, of odd length too', () => {
  const list = Uint8Array.from([...'LIST'].map(c => c.charCodeAt(0)).concat([3, 0, 0, 0, 9, 9, 9, 0]));
  assert.equal(readWav(wav([7], { before: list })).frames, 1);
});

test('believes the file where a streaming writer left its length open', () => {
  assert.equal(readWav(wav([1, 2, 3], { size: 0xffff_ffff })).frames, 3);
});

test('says what is wrong', () => {
  assert.throws(() => readWav(new ArrayBuffer(3)), /not a WAV file/);
  assert.throws(() => readWav(new TextEncoder().encode('<html>not found</html>').buffer), /not a WAV file/);
  assert.throws(() => readWav(wav([1], { bits: 24 })), /24 bits/);
});
