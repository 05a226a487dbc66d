import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, nameIn } from '../src/saves.js';

test('a wish has an address', () => {
  const base = 'https://host/music/';
  const address = (/** @type {Partial<import('../src/saves.js').Wish>} */ wish) =>
    addressOf({ clips: ['a_1', 'b-2'], kind: 'sound', format: 'flac', ...wish }, base).href;
  assert.equal(address({}), 'https://host/music/clips/sound.flac?id=a_1&id=b-2');
  assert.equal(address({ kind: 'loop', format: 'wav', clips: ['a'] }), 'https://host/music/clips/sound.wav?id=a&loop=true');
  assert.equal(address({ kind: 'picture', format: 'mp3' }), 'https://host/music/clips/picture.png?id=a_1&id=b-2');
});

test('a file has the name that the server gives it, in every script', () => {
  assert.equal(nameIn("attachment; filename=\"=?UTF-8?Q?jazz?=\"; filename*=UTF-8''%E3%83%94%E3%82%A2%E3%83%8E.flac"), 'ピアノ.flac');
  assert.equal(nameIn('attachment; filename="jazz-piano.mp3"'), 'jazz-piano.mp3');
  assert.equal(nameIn('attachment'), undefined);
});
