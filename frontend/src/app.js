import { Riff } from './riff.js';
import { Audition } from './sound/audition.js';
import { SmoothClock } from './sound/clock.js';
import { settingsOf } from './stream/protocol.js';
import { Timeline } from './timeline/timeline.js';
import { readAddress, writeAddress } from './ui/address.js';
import { Page } from './ui/page.js';
import { SettingsDialog } from './ui/settings.js';
import { SharingDialog } from './ui/sharing.js';
import { words } from './ui/words.js';

/** Seeds that are easy to read out. */
const SEEDS = 1_000_000;

const asked = readAddress(location.search);
const clock = new SmoothClock();
const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById('timeline'));
const flags = /** @type {HTMLElement} */ (document.getElementById('flags'));

const url = new URL('ws/riff', document.baseURI);
url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';

const riff = new Riff(url, {
  onChange: () => show(),
  onHello: hello => {
    riff.settings = { ...hello.defaults, seed: Math.floor(Math.random() * SEEDS), ...asked.settings, ...riff.settings };
    riff.defaults = hello.defaults;
    page.offer(hello.examplePrompts ?? []);
    settings.offer(hello);
  },
  onSketch: png => void timeline.sketch(png),
  onFirst: () => timeline.clear(),
  onScheduled: ({ note, startTime, picture }) => {
    void timeline.add(startTime + (note.imageOffsetSeconds ?? 0), note.seconds, picture);
    markBeginning(note, startTime);
  },
  onHeard: note => {
    history.replaceState(null, '', writeAddress(note.startPrompt, settingsOf(note), riff.defaults));
    if ('mediaSession' in navigator) {
      navigator.mediaSession.metadata = new MediaMetadata({ title: note.startPrompt, artist: words.name });
    }
  },
  onError: (message, refused) => page.fail(message, refused),
});

const timeline = new Timeline(canvas, flags, wall => clock.read(riff.player.audibleTime, wall));

/** @type {Page} */
const page = new Page({
  submit: prompt => riff.submit(prompt, prompt === asked.prompt ? asked.link : null),
  toggle,
  remove: place => riff.remove(place),
  share: () => sharing.open(riff.heard),
});

const settings = new SettingsDialog(
  () => riff.settings,
  changed => riff.change(changed),
  // The music goes on meanwhile, faintly: it is only being compared with.
  new Audition(sounding => riff.player.duck(sounding)),
);

const sharing = new SharingDialog();

page.prompt = asked.prompt;
if (asked.wrong.length > 0) {
  page.fail(words.badAddress(asked.wrong));
}
if (matchMedia('(pointer: fine)').matches) {
  page.focus();
}
for (const action of /** @type {const} */ (['play', 'pause'])) {
  navigator.mediaSession?.setActionHandler(action, toggle);
}
void timeline.open();
show();

function toggle() {
  if (!riff.facts.started && asked.link && !asked.prompt && !page.prompt) {
    riff.submit('', asked.link);
  } else if (!riff.facts.started) {
    page.play();
  } else if (riff.player.paused) {
    riff.resume();
  } else {
    riff.pause();
  }
}

function show() {
  const { facts, state } = riff;
  timeline.move(state !== 'paused' && !facts.dry);
  page.show(state, facts, riff.pace, riff.plan, arrivals());
}

/** Seconds until each prompt begins to be heard. */
function arrivals() {
  /** @type {Map<string, number>} */
  const seconds = new Map();
  for (const { startTime, item } of riff.player.schedule.places) {
    const { endPrompt } = item.note;
    if (!seconds.has(endPrompt) && startTime > riff.player.audibleTime) {
      seconds.set(endPrompt, startTime - riff.player.audibleTime);
    }
  }
  return seconds;
}

let marked = '';

/**
 * A prompt stands in the landscape where it is first heard.
 *
 * @param {import('./stream/protocol.js').ClipNote} note
 * @param {number} startTime
 */
function markBeginning({ startPrompt, endPrompt, alpha }, startTime) {
  const text = alpha > 0 ? endPrompt : startPrompt;
  if (text !== marked) {
    marked = text;
    timeline.mark(startTime, text);
  }
}

/**
 * For tests and the curious, read-only: what is scheduled, in which state the page is, and which prompt is heard.
 */
Object.defineProperty(window, 'riffloom', {
  value: Object.freeze({
    get scheduled() {
      return riff.log.map(entry => ({ ...entry }));
    },
    get state() {
      return riff.state;
    },
    get nowPrompt() {
      return riff.plan.now;
    },
    get time() {
      return riff.player.audibleTime;
    },
  }),
});
