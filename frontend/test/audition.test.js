import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Audition } from '../src/sound/audition.js';

/** @typedef {{address: string, answer: (ok: boolean) => Promise<void>}} Request */

/** @type {Request[]} */
let requests = [];
/** @type {FakeSource[]} */
let sources = [];
/** @type {string[]} */
let heard = [];
let running = false;
let audition = new Audition(() => {});

class FakeNode {
  gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, cancelScheduledValues() {}, setTargetAtTime() {} };
  connect() {
    return this;
  }
  disconnect() {}
}

class FakeSource extends FakeNode {
  state = 'made';
  onended = () => {};
  constructor() {
    super();
    sources.push(this);
  }
  start() {
    this.state = 'started';
  }
  stop() {
    this.state = 'stopped';
  }
}

class FakeContext {
  currentTime = 0;
  async resume() {
    running = true;
  }
  async suspend() {
    running = false;
  }
}

class FakeBuffer {
  /** @param {{length: number, sampleRate: number}} shape */
  constructor({ length, sampleRate }) {
    this.duration = length / sampleRate;
  }
  copyToChannel() {}
}

Object.assign(globalThis, {
  AudioContext: FakeContext,
  AudioBuffer: FakeBuffer,
  AudioBufferSourceNode: FakeSource,
  GainNode: FakeNode,
  fetch: (/** @type {string} */ address) =>
    new Promise(resolve => {
      const answer = async (/** @type {boolean} */ ok) => {
        resolve({ ok, status: ok ? 200 : 503, arrayBuffer: async () => twoSeconds() });
        await new Promise(setImmediate);
      };
      requests.push({ address, answer });
    }),
});

/** Silence at 100 Hz, in 16 bits. */
function twoSeconds() {
  const bytes = Buffer.alloc(44 + 400);
  bytes.write('RIFF', 0);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(100, 24);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(400, 40);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}

/** @param {string} name */
const play = name => audition.play(name, (stage, seconds) => heard.push(seconds ? `${name} ${stage} ${seconds}` : `${name} ${stage}`));

beforeEach(() => {
  requests = [];
  sources = [];
  heard = [];
  running = false;
  audition = new Audition(sounding => heard.push(sounding ? 'music quiet' : 'music back'));
});

test('a sound is fetched, played once, and over', async () => {
  void play('a');
  await requests[0].answer(true);
  assert.equal(sources[0].state, 'started');
  assert.equal(running, true);
  sources[0].onended();
  assert.deepEqual(heard, ['a loading', 'music quiet', 'a playing 2', 'music back', 'a over']);
  assert.equal(running, false);
});

test('the next ends the one before', async () => {
  void play('a');
  await requests[0].answer(true);
  void play('b');
  assert.equal(sources[0].state, 'stopped');
  sources[0].onended();
  assert.equal(running, true, 'the next is on its way');
  await requests[1].answer(true);
  assert.deepEqual(heard.slice(3), ['music back', 'a over', 'b loading', 'music quiet', 'b playing 2']);
});

test('what arrives after something else was asked for is not played', async () => {
  void play('a');
  void play('b');
  await requests[1].answer(true);
  await requests[0].answer(true);
  assert.equal(sources.length, 1);
  assert.deepEqual(heard, ['a loading', 'a over', 'b loading', 'music quiet', 'b playing 2']);
});

test('what arrives after the end was asked for is not played', async () => {
  void play('a');
  audition.stop();
  await requests[0].answer(true);
  assert.equal(sources.length, 0);
  assert.deepEqual(heard, ['a loading', 'a over']);
  assert.equal(running, false);
});

test('a sound that cannot be had is told, and can be asked for again', async () => {
  void play('a');
  await requests[0].answer(false);
  assert.deepEqual(heard, ['a loading', 'a failed']);
  assert.equal(running, false);
  void play('a');
  await requests[1].answer(true);
  assert.equal(heard.at(-1), 'a playing 2');
});
