import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAddress, writeAddress } from '../src/ui/address.js';
import { Pace, fetchOf, sayState, stateOf } from '../src/ui/status.js';

const idle = { wasConnected: true, connected: true, ready: true, started: false, paused: true, heard: false, dry: true, position: 0, fetch: null };
const started = { ...idle, started: true, paused: false };

test('every state is told apart', () => {
  assert.equal(stateOf({ ...idle, wasConnected: false, connected: false }), 'connecting');
  assert.equal(stateOf({ ...idle, ready: false }), 'loading');
  assert.equal(stateOf(idle), 'idle');
  assert.equal(stateOf(started), 'generating');
  assert.equal(stateOf({ ...started, position: 2 }), 'queued');
  assert.equal(stateOf({ ...started, heard: true, dry: false }), 'playing');
  assert.equal(stateOf({ ...started, heard: true, paused: true }), 'paused');
  assert.equal(stateOf({ ...started, heard: true }), 'behind');
  assert.equal(stateOf({ ...started, heard: true, dry: false, connected: false }), 'lost');
});

test('the page says how far the server is with fetching its model', () => {
  const fetch = /** @type {const} */ ({
    type: 'loading', model: 'org/tiny', bytes: 1.2e9, totalBytes: 4.8e9, bytesPerSecond: 2.31e7, secondsLeft: 156,
  });
  const facts = { ...idle, ready: false, fetch };
  assert.equal(sayState(stateOf(facts), facts), 'The server is fetching org/tiny…');
  assert.deepEqual(fetchOf(facts), { part: 0.25, detail: '1.20 of 4.80 GB, 23.1 MB/s, about 3 min left' });
  const stuck = { type: fetch.type, model: fetch.model, bytes: 0, totalBytes: 4.8e9, bytesPerSecond: 0 };
  assert.deepEqual(fetchOf({ ...facts, fetch: stuck }), { part: 0, detail: '0.00 of 4.80 GB' });
  assert.equal(fetchOf({ ...facts, connected: false }), null);
  assert.equal(fetchOf(idle), null);
  assert.equal(sayState('loading', { ...idle, ready: false }), 'The server is loading its model…');
});

test('the pace tells how long the rest will take', () => {
  const pace = new Pace();
  const rest = () => pace.current?.seconds?.toFixed(1) ?? 'unknown';
  pace.step({ index: 0, step: 1, steps: 20 }, 10);
  assert.equal(rest(), 'unknown');
  pace.step({ index: 0, step: 6, steps: 20 }, 11);
  assert.equal(rest(), '2.8');
  assert.equal(pace.current?.part, 0.3);
  pace.step({ index: 1, step: 1, steps: 20 }, 20);
  assert.equal(rest(), 'unknown');
});

test('an address leads to the same riff', () => {
  const defaults = { seed: 1, seedImage: 'pulse-8', denoising: 0.75, guidance: 3, steps: 12, negativePrompt: '', maskImage: null };
  const settings = { ...defaults, seed: 7, seedImage: null, guidance: 4.5, steps: 20, negativePrompt: 'drums & noise' };
  const address = writeAddress('bells & “strings”', settings, defaults);
  const { seed, seedImage, guidance, steps, negativePrompt } = settings;
  assert.deepEqual(readAddress(address), {
    prompt: 'bells & “strings”', link: null, settings: { seed, seedImage, guidance, steps, negativePrompt }, wrong: [],
  });
  assert.equal(writeAddress('bells', defaults, defaults), '?prompt=bells&seed=1');
  assert.deepEqual(readAddress(''), { prompt: '', link: null, settings: {}, wrong: [] });
});

test('an address of Riffusion leads to the same riff here', () => {
  const address = '?prompt=post-teen+pop&seed=51209&denoising=0.75&seedImageId=og_beat&guidance=7&numInferenceSteps=50&alphaVelocity=0.5&maskImageId=none';
  assert.deepEqual(readAddress(address).settings, {
    seed: 51209, denoising: 0.75, seedImage: 'og_beat', guidance: 7, steps: 50, maskImage: null, alphaVelocity: 0.5,
  });
});

test('what makes no sense in an address is left out and told', () => {
  const asked = readAddress('?seed=many&prompt=+&link=../etc&denoising=7&numInferenceSteps=2.5&guidance=');
  assert.deepEqual(asked, { prompt: '', link: null, settings: {}, wrong: ['seed', 'denoising', 'guidance', 'numInferenceSteps'] });
  assert.equal(readAddress('?link=q83vEjRWeJCrze8SN-_4kA').link, 'q83vEjRWeJCrze8SN-_4kA');
});
