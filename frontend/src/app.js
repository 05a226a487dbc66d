import { Riff } from './riff.js';
import { Audition } from './sound/audition.js';
import { SmoothClock } from './sound/clock.js';
import { heardIn, readMix, sameMix, writeMix } from './stream/mix.js';
import { settingsOf } from './stream/protocol.js';
import { recall } from './stream/recall.js';
import { Score } from './timeline/score.js';
import { Timeline } from './timeline/timeline.js';
import { readAddress, writeAddress } from './ui/address.js';
import { hintOnce } from './ui/hint.js';
import { Keys } from './ui/keys.js';
import { Mixer } from './ui/mixer.js';
import { Page } from './ui/page.js';
import { Presence } from './ui/presence.js';
import { SavingDialog } from './ui/saving.js';
import { SettingsDialog } from './ui/settings.js';
import { SharingDialog } from './ui/sharing.js';
import { Views } from './ui/views.js';
import { Visit } from './ui/visit.js';
import { Volume } from './ui/volume.js';
import { words } from './ui/words.js';

/** Seeds that are easy to read out. */
const SEEDS = 1_000_000;

/** What was heard before a moment and is still told of. */
const RECALLED = 200;

const asked = readAddress(location.search);
const askedMix = readMix(location.search);

const ground = /** @type {HTMLElement} */ (document.getElementById('timeline'));
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
    mixer.offer(hello.examplePrompts ?? []);
  },
  onSketch: png => void timeline.sketch(png),
  onFirst: () => timeline.clear(),
  onClip: () => timeline.wake(),
  onHeard: note => {
    hintOnce();
    const address = writeAddress(note.startPrompt, settingsOf(note), riff.defaults);
    history.replaceState(null, '', note.startMix ? writeMix(note.startMix, address) : address);
    if ('mediaSession' in navigator) {
      navigator.mediaSession.metadata = new MediaMetadata({ title: note.startPrompt, artist: words.name });
    }
  },
  onNotice: message => page.tell(message),
  onError: (message, refused) => page.fail(message, refused),
});

const visit = new Visit(riff.deck, () => show());
const timeline = new Timeline(ground, flags, new Score(riff.deck, new SmoothClock()), visit, words.pitch);
const views = new Views(timeline);

new Keys([
  { keys: ['ArrowLeft'], shift: false, act: () => visit.step(-1) },
  { keys: ['ArrowRight'], shift: false, act: () => visit.step(1) },
  { keys: ['Home'], act: () => visit.toStart() },
  { keys: ['End'], act: () => visit.toLive() },
  { keys: ['v', 'V'], act: () => views.next() },
  { keys: ['f', 'F'], act: () => views.fullScreen() },
  { keys: ['ArrowLeft'], shift: true, act: () => timeline.turn(-1, 0) },
  { keys: ['ArrowRight'], shift: true, act: () => timeline.turn(1, 0) },
  { keys: ['ArrowUp'], shift: true, act: () => timeline.turn(0, 1) },
  { keys: ['ArrowDown'], shift: true, act: () => timeline.turn(0, -1) },
  { keys: ['+', '='], act: () => timeline.zoom(1) },
  { keys: ['-', '−'], act: () => timeline.zoom(-1) },
  { keys: ['0'], act: () => timeline.reset() },
]);

/** @type {Page} */
const page = new Page({
  submit: prompt => riff.submit(prompt, prompt === asked.prompt ? asked.link : null),
  toggle,
  remove: place => riff.remove(place),
  advance: place => riff.advance(place),
  again: entry => riff.again(entry),
  share: () => sharing.open(riff.heard),
  save: () => saving.open(riff.heard),
});

const settings = new SettingsDialog(
  () => riff.settings,
  changed => {
    riff.change(changed);
    const seconds = Math.ceil(riff.secondsToWish);
    if (riff.facts.heard && Number.isFinite(seconds)) {
      page.tell(words.heardIn(seconds));
    }
  },
  // The music goes on meanwhile, faintly: it is only being compared with.
  new Audition(sounding => riff.player.duck(sounding)),
  () => riff.last,
  hush,
);

const sharing = new SharingDialog();
const saving = new SavingDialog();
const presence = new Presence(() => riff.pause());
new Volume(volume => (riff.player.volume = volume));

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
if (asked.wrong.length > 0) {
  page.fail(words.badAddress(asked.wrong));
}
if (matchMedia('(pointer: fine)').matches) {
  page.focus();
}
// A device may say either more than once.
navigator.mediaSession?.setActionHandler('play', () => riff.player.paused && toggle());
navigator.mediaSession?.setActionHandler('pause', () => !riff.player.paused && toggle());
navigator.mediaSession?.setActionHandler('seekbackward', () => visit.step(-1));
navigator.mediaSession?.setActionHandler('seekforward', () => visit.step(1));
void timeline.open();
show();

/** Pauses what plays, for as long as something is recorded. */
function hush() {
  const playing = riff.facts.started && !riff.player.paused;
  if (playing) {
    riff.pause();
  }
  return () => playing && riff.resume();
}

function toggle() {
  if (!riff.facts.started && !page.prompt && mixer.mix.length > 0) {
    // The link is of the mix that the address names, and of no other.
    riff.mix(mixer.mix, askedMix && sameMix(askedMix, mixer.mix) ? asked.link : null);
  } else if (!riff.facts.started && asked.link && !asked.prompt && !page.prompt) {
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
  visit.show();
  presence.watch(facts.started && !facts.paused);
  page.show(state, facts, riff.pace, planHeard(), arrivals(), riff.secondsToWish);
  showMixer();
}

function showMixer() {
  const { deck, facts, plan } = riff;
  if (facts.started) {
    mixer.follow(plan.asked ?? (plan.heading ? [{ prompt: plan.heading, weight: 1 }] : []));
    mixer.hear(deck.clip ? heardIn(deck.clip.note) : []);
  }
}

/** Which prompts were, are and come next, from where the listener is. */
function planHeard() {
  const { deck, plan } = riff;
  if (deck.live || !deck.clip) {
    return plan;
  }
  const before = deck.tape.upTo(deck.clip, RECALLED);
  return recall(before.map(clip => clip.note), following().map(clip => clip.note), plan.waiting);
}

/** The clips after the one at the playhead. */
function following() {
  const { clip, tape } = riff.deck;
  return clip ? tape.between(clip.startFrame + clip.frames, clip.startFrame + RECALLED * clip.frames) : [];
}

/** Seconds until each prompt begins to be heard. */
function arrivals() {
  /** @type {Map<string, number>} */
  const seconds = new Map();
  for (const { startFrame, note } of following()) {
    if (!seconds.has(note.endPrompt)) {
      seconds.set(note.endPrompt, startFrame / riff.player.schedule.rate - riff.deck.position);
    }
  }
  return seconds;
}

/**
 * For tests and the curious, read-only: what is scheduled, in which state the page is, which prompt is heard, and which
 * second of the visit, live or once more.
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
    get position() {
      return riff.deck.position;
    },
    get live() {
      return riff.deck.live;
    },
  }),
});
