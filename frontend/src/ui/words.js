const clockOf = (/** @type {number} */ seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

const gigabytes = (/** @type {number} */ bytes) => (bytes / 1e9).toFixed(2);

/** Everything that the page says, in one place. */
export const words = {
  name: 'Riffloom',
  title: (/** @type {string | null} */ prompt) => (prompt ? `${prompt} · Riffloom` : 'Riffloom'),
  play: 'Play',
  pause: 'Pause',
  now: 'Now',
  next: 'Next',
  inSeconds: (/** @type {number} */ seconds) => `in ${seconds} s`,
  heardIn: (/** @type {number} */ seconds) => `You will hear it in ${seconds} s.`,
  blend: (/** @type {number} */ percent) => `${percent} %`,
  sooner: (/** @type {string} */ prompt) => `“${prompt}” sooner`,
  again: (/** @type {string} */ prompt) => `“${prompt}” again`,
  remove: (/** @type {string} */ prompt) => `Remove “${prompt}”`,
  placeholderIdle: 'Describe the music',
  placeholderPlaying: 'What comes next?',
  copied: 'The link is in your clipboard.',
  notCopied: 'Here is the link.',
  notShared: (/** @type {string} */ why) => `There is no link: ${why}`,
  noAnswer: 'the server does not answer.',
  takenBack: 'The link leads nowhere now.',
  notTakenBack: 'The link could not be taken back; the server does not answer.',
  linkIsGone: 'The link leads nowhere any more; this is a new riff of its words.',
  fewerSteps: (/** @type {number} */ steps) => `To keep the music going on this server, clips are made in ${steps} steps now.`,
  stepsAgain: (/** @type {number} */ steps) => `There is time for ${steps} steps again.`,
  saving: 'The file is being made…',
  saved: (/** @type {string} */ name) => `Saved as ${name}`,
  notSaved: (/** @type {string} */ why) => `It could not be saved: ${why}`,
  badAddress: (/** @type {string[]} */ names) => `The address asks for what makes no sense and is left out: ${names.join(', ')}`,
  badSound: 'A clip arrived that this browser cannot play.',
  noSeedImage: 'None',
  noSeedImageNote: 'From noise alone',
  noBeat: 'No beat',
  tempo: (/** @type {number} */ beatsPerMinute) => `${beatsPerMinute} bpm`,
  listen: (/** @type {string} */ title) => `Listen to “${title}”`,
  stopListening: (/** @type {string} */ title) => `Stop “${title}”`,
  noPreview: 'This sound could not be fetched. Try again in a moment.',
  noMask: 'None',
  noMaskNote: 'All is painted anew',
  /** How far the music may leave the seed image: from each value on, in short, and what is heard. */
  denoising: {
    0: ['Keep it on beat', 'Little more than the seed image itself is heard.'],
    0.35: ['Stay close', 'The seed image, in the colours of the prompt.'],
    0.6: ['Go along with it', 'Its beat carries music that is the prompt’s own.'],
    0.85: ['Wander off', 'The beat comes and goes.'],
    1: ['What is tempo?', 'The seed image is gone; the prompt alone decides.'],
  },
  denoisingOf: (/** @type {string} */ name, /** @type {number} */ value) => `${name} · ${value.toFixed(2)}`,
  /** How strictly it follows the prompt. */
  guidance: {
    1: ['Free association', 'The prompt is no more than a hint.'],
    2.5: ['With an open ear', 'The prompt leads, and leaves room.'],
    6: ['By the book', 'The prompt is law.'],
    10.5: ['To the letter', 'All for the prompt, however harsh it sounds.'],
  },
  guidanceOf: (/** @type {string} */ name, /** @type {number} */ value) => `${name} · ${value.toFixed(1)}`,
  /** How long the way to another prompt is. */
  speed: {
    0: ['Like the tide', 'You notice that it has changed, and not when.'],
    1: ['Slowly', 'Time to hear each shade between two prompts.'],
    2: ['Steadily', 'A phrase or two on the way.'],
    3: ['Quickly', 'One clip between two prompts.'],
    4: ['At once', 'The next clip is the new prompt.'],
  },
  speedOf: (/** @type {string} */ name, /** @type {number} */ seconds) => `${name} · ${Math.round(seconds)} s`,
  /** @type {Record<string, string>} */
  seedMotions: {
    walk: 'From each seed to the next, so that the music never repeats.',
    random: 'From each seed to any other, the same way each time.',
    lock: 'On one seed: the music repeats until you change something.',
  },
  steps: 'More of them paint finer, and take longer.',
  cost: (/** @type {number} */ seconds, /** @type {number} */ clipSeconds) =>
    `about ${Math.max(1, Math.round(seconds))} s for ${Math.round(clipSeconds)} s of music`,
  tooDear: 'More than this server could keep up with.',
  own: {
    title: 'Your own',
    note: 'Brought along',
    record: 'Record 5 s',
    stop: 'Stop',
    asking: 'Waiting for the microphone…',
    recording: (/** @type {number} */ seconds) => `Recording, ${seconds} s more…`,
    recorded: (/** @type {number} */ number) => `Recording ${number}`,
    sending: 'On its way to the server…',
    making: 'The server makes a picture of it…',
    made: (/** @type {string} */ title) => `“${title}” is there, and chosen.`,
    notSent: 'The file did not reach the server. It may be too large for it, or the connection is gone.',
    noMicrophone: 'The microphone does not work here. A file will do as well.',
    /** @type {Record<string, string | undefined>} what the microphone does not give, by the name of the failure */
    failures: {
      AbortError: 'Nothing was recorded.',
      NotAllowedError: 'The browser does not let this page hear the microphone. Allow it beside the address, and try again.',
      NotFoundError: 'There is no microphone. Plug one in, or choose a file.',
      NotReadableError: 'Another program has the microphone. Close it, and try again.',
      SecurityError: 'Browsers give the microphone only to pages of https addresses, and of this very machine.',
      TimeoutError: 'The microphone gives no sound. Look whether it is on, and try again.',
    },
  },
  mixer: {
    nothing: 'nothing',
    valueOf: (/** @type {string} */ asked, /** @type {string} */ heard) =>
      asked === heard ? `${asked} of the mix` : `${asked} of the mix, ${heard} is heard now`,
    connected: (/** @type {string[]} */ devices) =>
      devices.length > 0 ? `${devices.join(', ')}: controllers 1 to 6 move the sliders.` : 'Plug in a controller; 1 to 6 move the sliders.',
    notConnected: 'This browser does not allow MIDI.',
    learning: (/** @type {string} */ prompt) => `The next controller that moves is for “${prompt}”.`,
  },
  states: {
    connecting: 'Connecting to the server…',
    loading: 'The server is loading its model…',
    fetching: (/** @type {string} */ model) => `The server is fetching ${model}…`,
    idle: 'Ready',
    generating: 'Composing the first seconds…',
    queued: (/** @type {number} */ position) =>
      position === 1 ? 'Waiting: one other clip is made first' : `Waiting: ${position} other clips are made first`,
    playing: 'Playing',
    varying: 'A variation, until the next clip is there',
    paused: 'Paused',
    behind: 'The server needs longer than the music lasts; more in a moment…',
    lost: 'Connection lost; trying again…',
    lostPlaying: 'Connection lost; playing on, trying again…',
  },
  about: (/** @type {number} */ seconds) => `about ${seconds} s`,
  fetched: (/** @type {import('../stream/protocol.js').Loading} */ { bytes, totalBytes, bytesPerSecond, secondsLeft }) =>
    [
      `${gigabytes(bytes)} of ${gigabytes(totalBytes)} GB`,
      ...(bytesPerSecond > 0 ? [`${(bytesPerSecond / 1e6).toFixed(1)} MB/s`] : []),
      ...(secondsLeft === undefined ? [] : [secondsLeft < 100 ? `about ${secondsLeft} s left` : `about ${Math.ceil(secondsLeft / 60)} min left`]),
    ].join(', '),
  forgotten: 'The server has forgotten some of what was heard here.',
  notFetched: 'What was heard here could not be fetched; back to where you were.',
  visit: {
    live: 'Live',
    toLive: 'Back to live',
    length: (/** @type {number} */ seconds) => clockOf(seconds),
    back: (/** @type {number} */ seconds) => `−${clockOf(Math.ceil(seconds))}`,
  },
  views: {
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
  },
  hint: (/** @type {boolean} */ touch) =>
    touch ? 'Pull the landscape to hear it again.' : 'Pull the landscape to hear it again; press ? for keys.',
  pitch: (/** @type {number} */ hertz) => (hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`),
  /** @type {[string, string][]} */
  keys: [
    ['Space', 'Play or pause'],
    ['/', 'Type a prompt'],
    ['← →', 'Five seconds back or forward, through what was heard'],
    ['Home', 'Back to the beginning of this visit'],
    ['End', 'Back to live'],
    ['v', 'Next view'],
    ['f', 'Full screen'],
    ['Shift ← ↑ ↓ →', 'Turn and tilt the landscape'],
    ['+ −', 'Nearer or further'],
    ['0', 'The view as it was'],
    ['?', 'This list'],
  ],
};
