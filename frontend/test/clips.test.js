import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { GoneError } from '../src/sound/deck.js';
import { fetchClip } from '../src/stream/clips.js';

const HOME = 'https://riff.example/music/';

const real = globalThis.fetch;

/** @type {string[]} */
let asked = [];

/** @param {number} status */
function answerWith(status) {
  asked = [];
  globalThis.fetch = async address => {
    asked.push(/** @type {URL} */ (address).href);
    return new Response('bytes', { status });
  };
}

afterEach(() => {
  globalThis.fetch = real;
});

test('sound and picture come from where the page is', async () => {
  answerWith(200);
  const { sound, picture } = await fetchClip('a1', HOME);
  assert.deepEqual(asked, [`${HOME}clips/a1/sound.wav`, `${HOME}clips/a1/picture.png`]);
  assert.equal(sound.byteLength + picture.byteLength, 10);
});

test('what the server does not know is gone, and what it cannot say now is not', async () => {
  answerWith(404);
  await assert.rejects(fetchClip('a1', HOME), GoneError);
  answerWith(503);
  await assert.rejects(fetchClip('a1', HOME), failure => failure instanceof Error && !(failure instanceof GoneError));
});

test('nobody is asked for a variation, which only this page had', async () => {
  answerWith(200);
  await assert.rejects(fetchClip('', HOME), GoneError);
  assert.deepEqual(asked, []);
});
