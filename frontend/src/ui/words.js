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
  blend: (/** @type {number} */ percent) => `${percent} %`,
  remove: (/** @type {string} */ prompt) => `Remove “${prompt}”`,
  placeholderIdle: 'Describe the music',
  placeholderPlaying: 'What comes next?',
  copied: 'The link is in your clipboard.',
  notCopied: 'Here is the link.',
  notShared: (/** @type {string} */ why) => `There is no link: ${why}`,
  noAnswer: 'the server does not answer.',
  takenBack: 'The link leads nowhere now.',
  notTakenBack: 'The link could not be taken back; the server does not answer.',
  badSound: 'A clip arrived that this browser cannot play.',
  noSeedImage: 'None',
  noSeedImageNote: 'From noise alone',
  noBeat: 'No beat',
  tempo: (/** @type {number} */ beatsPerMinute) => `${beatsPerMinute} bpm`,
  listen: (/** @type {string} */ title) => `Listen to “${title}”`,
  stopListening: (/** @type {string} */ title) => `Stop “${title}”`,
  noPreview: 'This sound could not be fetched. Try again in a moment.',
  denoisingOf: (/** @type {number} */ value) => value.toFixed(2),
  guidanceOf: (/** @type {number} */ value) => value.toFixed(1),
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
    paused: 'Paused',
    behind: 'The server needs longer than the music lasts; more in a moment…',
    lost: 'Connection lost; trying again…',
    lostPlaying: 'Connection lost; what is here plays on while it is tried again…',
  },
  about: (/** @type {number} */ seconds) => `about ${seconds} s`,
  fetched: (/** @type {import('../stream/protocol.js').Loading} */ { bytes, totalBytes, bytesPerSecond, secondsLeft }) =>
    [
      `${gigabytes(bytes)} of ${gigabytes(totalBytes)} GB`,
      ...(bytesPerSecond > 0 ? [`${(bytesPerSecond / 1e6).toFixed(1)} MB/s`] : []),
      ...(secondsLeft === undefined ? [] : [secondsLeft < 100 ? `about ${secondsLeft} s left` : `about ${Math.ceil(secondsLeft / 60)} min left`]),
    ].join(', '),
};
