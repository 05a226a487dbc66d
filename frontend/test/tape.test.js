import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FETCHED, KEPT, MOST, Tape } from '../src/sound/tape.js';

const FRAMES = 100;

/** @param {number} count */
function taped(count, heard = true) {
  /** @type {string[]} */
  const asked = [];
  const tape = new Tape(async id => {
    asked.push(id);
    return media(Number(id));
  });
  for (let i = 0; i < count; i++) {
    const clip = tape.append(note(i), media(i), FRAMES, 1);
    clip.heard = heard;
  }
  return { tape, asked };
}

/** @param {number} i */
const note = i => /** @type {import('../src/stream/protocol.js').ClipNote} */ (
  { type: 'clip', index: i, id: String(i), seconds: 1, startPrompt: '', endPrompt: '', alpha: 0, startSeed: 0, endSeed: 0 }
);

/** @param {number} i */
const media = i => ({ sound: new ArrayBuffer(i), picture: new ArrayBuffer(0) });

/** @param {Tape} tape @param {number} count */
const atHand = (tape, count) => Array.from({ length: count }, (_, i) => i).filter(i => tape.media(tape.clip(i)));

test('clips lie end to end, and every frame has its own', () => {
  const { tape } = taped(50);
  assert.equal(tape.endFrame, 50 * FRAMES);
  assert.deepEqual([0, 99, 100, 4_999].map(frame => tape.at(frame)?.number), [0, 0, 1, 49]);
  assert.deepEqual([-5, 9_999].map(frame => tape.at(frame)?.number), [0, 49], 'the nearest, beyond the ends');
  assert.deepEqual(tape.between(150, 300).map(clip => clip.number), [1, 2]);
  assert.deepEqual(tape.between(-500, 1).map(clip => clip.number), [0]);
  assert.deepEqual(tape.upTo(tape.clip(2), 12).map(clip => clip.number), [0, 1, 2]);
  assert.deepEqual(tape.upTo(tape.clip(20), 2).map(clip => clip.number), [19, 20]);
});

test('an empty tape has nothing, and says so', () => {
  const { tape } = taped(0);
  assert.equal(tape.at(0), undefined);
  assert.deepEqual(tape.between(0, 10), []);
  assert.deepEqual(tape.upTo(undefined, 3), []);
  assert.equal(tape.endFrame, 0);
});

test('only the latest are kept, and those before are asked for again, once', async () => {
  const { tape, asked } = taped(100);
  assert.deepEqual(atHand(tape, 100), Array.from({ length: KEPT }, (_, i) => 100 - KEPT + i));
  const [a, b] = await Promise.all([tape.load(tape.clip(3)), tape.load(tape.clip(3))]);
  assert.equal(a.sound.byteLength, 3);
  assert.equal(a, b);
  await tape.load(tape.clip(99));
  assert.deepEqual(asked, ['3']);
});

test('what was fetched again is forgotten too', async () => {
  const { tape, asked } = taped(100);
  for (let i = 0; i <= FETCHED; i++) {
    await tape.load(tape.clip(i));
  }
  await tape.load(tape.clip(FETCHED));
  assert.equal(asked.length, FETCHED + 1);
  await tape.load(tape.clip(0));
  assert.equal(asked.length, FETCHED + 2);
});

test('what failed can be asked for again', async () => {
  let fails = true;
  const tape = new Tape(async () => {
    if (fails) {
      throw new Error('no answer');
    }
    return media(0);
  });
  for (let i = 0; i < 2 * KEPT; i++) {
    tape.append(note(i), media(i), FRAMES, 1).heard = true;
  }
  await assert.rejects(tape.load(tape.clip(0)), /no answer/);
  fails = false;
  await tape.load(tape.clip(0));
});

test('nothing is thrown away that nobody has heard', () => {
  const { tape } = taped(2 * KEPT, false);
  assert.equal(atHand(tape, 2 * KEPT).length, 2 * KEPT);
});

test('after a day the oldest clips are forgotten, and the others stay where they were', () => {
  const { tape } = taped(MOST + 10);
  assert.equal(tape.startFrame, 10 * FRAMES);
  assert.equal(tape.at(0)?.number, 10);
  assert.equal(tape.at(5_000 * FRAMES)?.number, 5_000);
  assert.equal(tape.clip(9), undefined);
  assert.equal(tape.clip(MOST + 9).startFrame, (MOST + 9) * FRAMES);
});
