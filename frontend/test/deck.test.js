import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const RATE = 44_100;
const SECOND = RATE;

/** @type {FakeSource[]} */
let sources = [];
let now = 0;

/** @type {{state: string, onstatechange: () => void, resume: () => Promise<void>}} the last one that was opened */
let context;

class FakeNode {
  gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, cancelScheduledValues() {}, setTargetAtTime() {} };
  connect(/** @type {unknown} */ other) {
    return other;
  }
  disconnect() {}
}

class FakeSource extends FakeNode {
  onended = () => {};
  when = Infinity;
  end = Infinity;
  /** @param {unknown} _context @param {{buffer: FakeBuffer}} options */
  constructor(_context, { buffer }) {
    super();
    this.buffer = buffer;
    sources.push(this);
  }
  start(/** @type {number} */ when) {
    this.when = when;
  }
  stop(/** @type {number} */ when) {
    this.end = when;
  }
}

class FakeBuffer {
  /** @type {Float32Array} */
  samples = new Float32Array(0);
  copyToChannel(/** @type {Float32Array} */ samples) {
    this.samples = samples;
  }
}

const audioSession = { type: 'auto' };
Object.defineProperty(globalThis, 'navigator', { value: { audioSession } });

Object.assign(globalThis, {
  AudioContext: class {
    constructor() {
      context = this;
    }
    onstatechange = () => {};
    outputLatency = 0;
    state = 'running';
    destination = new FakeNode();
    get currentTime() {
      return now;
    }
    async resume() {}
    async suspend() {}
  },
  AudioBuffer: FakeBuffer,
  AudioBufferSourceNode: FakeSource,
  GainNode: FakeNode,
});

const { Deck, GoneError } = await import('../src/sound/deck.js');
const { KEPT } = await import('../src/sound/tape.js');

/** A second of sound whose samples say which clip they are of and where in it. */
function wav(/** @type {number} */ clip) {
  const bytes = new DataView(new ArrayBuffer(44 + 2 * SECOND));
  const text = (/** @type {number} */ at, /** @type {string} */ s) => [...s].forEach((c, i) => bytes.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint16(34, 16, true);
  text(36, 'data');
  bytes.setUint32(40, 2 * SECOND, true);
  for (let i = 0; i < SECOND; i++) {
    bytes.setInt16(44 + 2 * i, sample(clip, i), true);
  }
  return bytes.buffer;
}

const sample = (/** @type {number} */ clip, /** @type {number} */ i) => clip * 700 + (i % 641);

/** The sample that leaves at a frame of the clock; the fade of what was stopped is no sound. */
function sounds(/** @type {number} */ frame) {
  const time = frame / RATE;
  const heard = sources.filter(s => s.when <= time + 1e-9 && time < Math.min(s.end - 0.03, s.when + s.buffer.samples.length / RATE));
  assert.ok(heard.length < 2, `${heard.length} clips sound at ${time}`);
  return heard[0] ? Math.round(32_768 * heard[0].buffer.samples[frame - Math.round(heard[0].when * RATE)]) : null;
}

/** @type {InstanceType<typeof Deck>} */
let deck;
/** @type {string[]} */
let events = [];
/** @type {(id: string) => Promise<import('../src/sound/tape.js').Media>} */
let server = async id => ({ sound: wav(Number(id)), picture: new ArrayBuffer(0) });

function append(/** @type {number} */ index) {
  const note = /** @type {import('../src/stream/protocol.js').ClipNote} */ (
    { type: 'clip', index, id: String(index), seconds: 1, startPrompt: '', endPrompt: '', alpha: 0, startSeed: 0, endSeed: 0 }
  );
  return deck.append({ note, sound: wav(index), picture: new ArrayBuffer(0) }, 1);
}

/** Lets the music play on, as clips come in. */
function playTo(/** @type {number} */ seconds, ahead = 3) {
  while (now < seconds) {
    now = Math.min(seconds, now + 0.25);
    while ((deck.tape.last?.number ?? -1) < deck.position + ahead) {
      append((deck.tape.last?.number ?? -1) + 1);
    }
    for (const source of sources.filter(s => s.when + s.buffer.samples.length / RATE < now)) {
      sources.splice(sources.indexOf(source), 1);
      source.onended();
    }
    deck.tape.between(0, deck.furthest * RATE).forEach(clip => (clip.heard = true));
  }
}

beforeEach(async () => {
  sources = [];
  events = [];
  now = 0;
  server = async id => ({ sound: wav(Number(id)), picture: new ArrayBuffer(0) });
  deck = new Deck(id => server(id), {
    onTurn() {},
    onPlaced: place => events.push(`${place.item.number} at ${place.startTime.toFixed(2)}`),
    onMissing: gone => events.push(gone ? 'gone' : 'no answer'),
  });
  await deck.play();
});

test('what was heard is heard again, sample for sample, and goes over into what comes', () => {
  playTo(10);
  assert.equal(deck.live, true);
  deck.hold(3.25);
  assert.equal(deck.position, 3.25);
  assert.equal(deck.live, false);
  deck.release();
  const start = Math.round((deck.player.schedule.places[0]?.startTime ?? 0) * RATE);
  assert.ok(start / RATE > 10 && start / RATE < 10.2);
  const from = Math.round(3.25 * RATE);
  for (let i = 0; i < 6 * RATE; i += 97) {
    assert.equal(sounds(start + i), sample(Math.floor((from + i) / SECOND), (from + i) % SECOND), `frame ${i}`);
  }
  playTo(20);
  assert.equal(deck.live, true);
  assert.ok(deck.furthest > 12);
});

test('the way back to live leads to the very moment that was left', () => {
  playTo(7.5);
  const left = deck.position;
  deck.hold(1);
  deck.release();
  playTo(9);
  assert.equal(deck.furthest, left);
  deck.toLive();
  assert.equal(deck.position, left);
  assert.equal(deck.live, true);
  const [place] = deck.player.schedule.places;
  const frame = Math.round(place.startTime * RATE);
  assert.equal(sounds(frame), sample(Math.floor(left), Math.round(left * RATE) % SECOND));
});

test('nobody goes beyond what was heard, nor before the beginning', () => {
  playTo(5);
  const left = deck.position;
  deck.hold(100);
  assert.equal(deck.position, left);
  deck.hold(-3);
  assert.equal(deck.position, 0);
});

test('what is held makes no sound, and clips that come meanwhile wait', () => {
  playTo(5);
  deck.hold(2);
  const count = events.length;
  append((deck.tape.last?.number ?? 0) + 1);
  assert.equal(events.length, count);
  assert.equal(sounds(Math.round(5.5 * RATE)), null);
  assert.equal(deck.dry, false);
});

test('who goes back in a pause hears it after the pause', async () => {
  playTo(5);
  await deck.player.pause();
  deck.hold(2);
  deck.release();
  assert.equal(deck.position, 2);
  assert.equal(deck.player.schedule.places.length, 0);
  assert.equal(deck.live, false);
  deck.toLive();
  assert.equal(deck.live, true);
  deck.hold(2);
  await deck.play();
  assert.equal(deck.position, 2);
  assert.ok(deck.player.schedule.places.length > 0);
});

test('an old clip is fetched, and joins the next without a gap', async () => {
  playTo(KEPT + 20);
  deck.hold(2.5);
  deck.release();
  assert.equal(deck.dry, false);
  await new Promise(setImmediate);
  const places = deck.player.schedule.places;
  assert.equal(places[0].item.number, 2);
  await new Promise(done => setTimeout(done, 50));
  assert.ok(places.length > 5);
  for (let i = 1; i < places.length; i++) {
    assert.equal(deck.player.schedule.places[i].startFrame, places[i - 1].startFrame + places[i - 1].frames);
  }
});

test('a clip that the server has forgotten is left out, and the music goes on after it', async () => {
  playTo(KEPT + 20);
  server = async id => {
    if (id === '2') {
      throw new GoneError(id);
    }
    return { sound: wav(Number(id)), picture: new ArrayBuffer(0) };
  };
  events = [];
  deck.hold(2.5);
  deck.release();
  await new Promise(done => setTimeout(done, 20));
  assert.equal(events[0], 'gone');
  assert.match(events[1], /^3 at/);
  assert.equal(deck.position, 3);
});

test('without an answer the listener is back where they were', async () => {
  playTo(KEPT + 20);
  const left = deck.position;
  server = () => Promise.reject(new TypeError('no network'));
  events = [];
  deck.hold(2.5);
  deck.release();
  await new Promise(done => setTimeout(done, 20));
  assert.equal(events[0], 'no answer');
  assert.equal(deck.position, left);
});

/** A clip as it comes over the socket, which follows another one. */
function take(/** @type {string} */ id, /** @type {string | undefined} */ after, sound = wav(Number(id))) {
  const note = /** @type {import('../src/stream/protocol.js').ClipNote} */ (
    { type: 'clip', index: 0, id, after, seconds: 1, startPrompt: '', endPrompt: '', alpha: 0, startSeed: 0, endSeed: 0 }
  );
  return deck.take({ note, sound, picture: new ArrayBuffer(0) }, 1);
}

test('a clip takes the place of those that nobody has heard, to the sample', async () => {
  await deck.play();
  ['0', '1', '2'].forEach((id, i, all) => assert.equal(take(id, all[i - 1]), 'laid'));
  const [{ startFrame }] = deck.player.schedule.places;
  playTo(0.5, 0);
  assert.equal(take('7', '0'), 'replaced');
  assert.equal(take('8', '7'), 'laid');
  assert.deepEqual(deck.tape.between(0, 9 * RATE).map(clip => clip.note.id), ['0', '7', '8']);
  for (const at of [0.9 * RATE, RATE - 1, RATE, RATE + 1, 2 * RATE - 1, 2 * RATE, 2.5 * RATE]) {
    const clip = [0, 7, 8][Math.floor(at / RATE)];
    assert.equal(sounds(startFrame + at), sample(clip, at % RATE), `frame ${at}`);
  }
});

test('what sounds already does not give way, and what follows nothing is left out', async () => {
  await deck.play();
  ['0', '1', '2'].forEach((id, i, all) => take(id, all[i - 1]));
  playTo(1.5, 0);
  assert.equal(take('7', '0'), 'late');
  assert.equal(take('8', '7'), 'stray');
  assert.equal(take('3', '2'), 'laid');
  assert.deepEqual(deck.tape.between(0, 9 * RATE).map(clip => clip.note.id), ['0', '1', '2', '3']);
});

test('what cannot be read takes no place', async () => {
  await deck.play();
  ['0', '1'].forEach((id, i, all) => take(id, all[i - 1]));
  assert.throws(() => take('7', '0', new ArrayBuffer(60)));
  assert.deepEqual(deck.tape.between(0, 9 * RATE).map(clip => clip.note.id), ['0', '1']);
});

test('the first clip to give way is the one that a new one can come before', async () => {
  await deck.play();
  ['0', '1', '2'].forEach((id, i, all) => take(id, all[i - 1]));
  playTo(0.5, 0);
  assert.equal(deck.soonest(0.3, 1)?.note.id, '0');
  assert.equal(deck.soonest(1, 1)?.note.id, '1');
  assert.equal(deck.soonest(2, 1)?.note.id, '2', 'so that only what is being made gives way');
  assert.equal(deck.soonest(3, 1), null, 'nothing will be left by then');
  assert.equal(deck.soonest(0.3, 2), null, 'another session knows nothing of these clips');
});

test('what follows the newest clip is heard after the variation that has taken its place', async () => {
  await deck.play();
  ['0', '1'].forEach((id, i, all) => take(id, all[i - 1]));
  const [first, second] = deck.tape.between(0, 9 * RATE);
  assert.deepEqual([first, second, null].map(clip => Math.round(deck.until(clip))), [1, 2, 2]);
  const { note } = second;
  deck.append({ note: { ...note, id: '', index: -1, variation: 0 }, sound: wav(1), picture: new ArrayBuffer(0) }, -1);
  assert.deepEqual([first, second, null].map(clip => Math.round(deck.until(clip))), [1, 3, 3]);
});

test('for a listener who is elsewhere all that was not heard gives way', async () => {
  await deck.play();
  ['0', '1', '2', '3'].forEach((id, i, all) => take(id, all[i - 1]));
  playTo(1.9, 0);
  deck.hold(0.5);
  assert.equal(deck.soonest(100, 1)?.note.id, '1');
  assert.equal(take('7', '1'), 'replaced');
  deck.release();
  const [{ startFrame }] = deck.player.schedule.places;
  assert.equal(sounds(startFrame + RATE), sample(1, 0.5 * RATE));
  assert.equal(sounds(startFrame + 1.6 * RATE), sample(7, 0.1 * RATE));
});

test('a phone call pauses the music, and coming back is known from a wish to pause', async () => {
  await deck.play();
  assert.equal(audioSession.type, 'playback', 'which a silent switch does not concern');
  take('0', undefined);
  context.state = 'interrupted';
  context.onstatechange();
  assert.equal(deck.player.paused, true);
  assert.equal(deck.player.interrupted, true);
  context.state = 'running';
  await deck.play();
  assert.equal(deck.player.interrupted, false);
  await deck.player.pause();
  context.state = 'suspended';
  context.onstatechange();
  assert.equal(deck.player.interrupted, false);
});

test('the news of a pause that come after the wish to play on change nothing', async () => {
  await deck.play();
  await deck.player.pause();
  context.state = 'suspended';
  const playing = deck.play();
  context.onstatechange();
  assert.equal(deck.player.paused, false);
  context.state = 'running';
  await playing;
  context.onstatechange();
  assert.equal(deck.player.paused, false);
  context.state = 'suspended';
  context.onstatechange();
  assert.equal(deck.player.paused, true, 'and later ones are the device');
  assert.equal(deck.player.interrupted, true);
});

test('a device that cannot be started leaves the music paused, to be started again', async () => {
  await deck.play();
  await deck.player.pause();
  context.resume = () => Promise.reject(new Error('The device is taken.'));
  await deck.play();
  assert.equal(deck.player.paused, true);
  assert.equal(deck.player.interrupted, true);
  context.resume = () => Promise.resolve();
  await deck.play();
  assert.equal(deck.player.paused, false);
});
