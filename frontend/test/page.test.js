import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAddress, writeAddress } from '../src/ui/address.js';
import { Pace, stateOf } from '../src/ui/status.js';

const idle = { wasConnected: true, connected: true, ready: true, started: false, paused: true, heard: false, dry: true, position: 0 };
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
  const address = writeAddress('bells & “strings”', 7);
  assert.deepEqual(readAddress(address), { prompt: 'bells & “strings”', seed: 7 });
  assert.deepEqual(readAddress(''), { prompt: '', seed: null });
  assert.deepEqual(readAddress('?seed=many&prompt=+'), { prompt: '', seed: null });
});
