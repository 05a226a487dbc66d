import { Riff } from './riff.js';
import { Audition } from './sound/audition.js';
import { SmoothClock } from './sound/clock.js';
import { heardIn, readMix, writeMix } from './stream/mix.js';
import { Timeline } from './timeline/timeline.js';
import { readAddress, writeAddress } from './ui/address.js';
import { Mixer } from './ui/mixer.js';
import { Page } from './ui/page.js';
import { SettingsDialog } from './ui/settings.js';
import { SharingDialog } from './ui/sharing.js';
import { words } from './ui/words.js';

/** Seeds that are easy to read out. */
const SEEDS = 1_000_000;

const asked = readAddress(location.search);
const askedMix = readMix(location.search);
const clock = new SmoothClock();
const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById('timeline'));
const flags = /** @type {HTMLElement} */ (document.getElementById('flags'));

const url = new URL('ws/riff', document.baseURI);
url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';

const riff = new Riff(url, {
  onChange: () => show(),
  onHello: hello => {
    riff.settings = { ...hello.defaults, seed: asked.seed ?? Math.floor(Math.random() * SEEDS), ...riff.settings };
    page.offer(hello.examplePrompts ?? []);
    settings.offer(hello);
    mixer.offer(hello.examplePrompts ?? []);
  },
  onFirst: () => timeline.clear(),
  onScheduled: ({ note, startTime, picture }) => {
    void timeline.add(startTime + (note.imageOffsetSeconds ?? 0), note.seconds, picture);
    markBeginning(note, startTime);
  },
  onHeard: note => {
    const { startMix: mix, startPrompt, startSeed } = note;
    history.replaceState(null, '', mix ? writeMix(mix, startSeed) : writeAddress(startPrompt, startSeed));
    if ('mediaSession' in navigator) {
      navigator.mediaSession.metadata = new MediaMetadata({ title: note.startPrompt, artist: words.name });
    }
  },
  onError: (message, refused) => page.fail(message, refused),
});

const timeline = new Timeline(canvas, flags, wall => clock.read(riff.player.audibleTime, wall));

/** @type {Page} */
const page = new Page({
  submit: prompt => riff.submit(prompt),
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

const mixer = new Mixer(parts => {
  // Before the music begins, what is mixed waits for the play button.
  if (riff.facts.started) {
    riff.mix(parts);
  }
});

if (askedMix) {
  mixer.follow(askedMix);
} else {
  page.prompt = asked.prompt;
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
  if (!riff.facts.started && !page.prompt && mixer.mix.length > 0) {
    riff.mix(mixer.mix);
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
  showMixer();
}

function showMixer() {
  const { facts, plan, sounding } = riff;
  if (facts.started) {
    mixer.follow(plan.asked ?? [{ prompt: plan.heading ?? '', weight: 1 }]);
    mixer.hear(sounding ? heardIn(sounding) : []);
  }
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
function markBeginning({ startPrompt, endPrompt, alpha, startMix, endMix }, startTime) {
  const mix = alpha > 0 ? endMix : startMix;
  // However their weights change, it is the same prompts.
  const text = mix ? mix.map(({ prompt }) => prompt).join(' + ') : alpha > 0 ? endPrompt : startPrompt;
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
