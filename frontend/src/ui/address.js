/**
 * The page's address holds what is needed to start the same riff again, or the link to go on from; beside that, the rest
 * is for people, and for when the link is gone. Parameters have the names that Riffusion's web app gave them.
 *
 * @typedef {import('../stream/protocol.js').Settings} Settings
 *
 * @typedef {object} Parameter
 * @property {string} name
 * @property {Exclude<keyof Settings, 'loras'>} setting
 * @property {(text: string) => string | number | null | undefined} read undefined where the text makes no sense
 *
 * @typedef {object} Asked what an address asks for
 * @property {string} prompt
 * @property {string | null} link
 * @property {Settings} settings
 * @property {string[]} wrong parameters that make no sense, which are left out
 */

/** What stands for no seed image and no mask. */
const NONE = 'none';

const SEED_MOTIONS = ['walk', 'random', 'lock'];

/** Longer texts are refused by the server as well. */
const LONGEST = 1000;

/** @type {Parameter[]} */
const PARAMETERS = [
  { name: 'seed', setting: 'seed', read: number(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, true) },
  { name: 'seedImageId', setting: 'seedImage', read: image },
  { name: 'denoising', setting: 'denoising', read: number(0.01, 1) },
  { name: 'guidance', setting: 'guidance', read: number(1, 30) },
  { name: 'numInferenceSteps', setting: 'steps', read: number(1, 150, true) },
  { name: 'negativePrompt', setting: 'negativePrompt', read: text => (text.length <= LONGEST ? text : undefined) },
  { name: 'maskImageId', setting: 'maskImage', read: image },
  { name: 'alphaVelocity', setting: 'alphaVelocity', read: number(1 / 32, 1) },
  { name: 'seedMotion', setting: 'seedMotion', read: text => (SEED_MOTIONS.includes(text) ? text : undefined) },
];

/**
 * @param {string} search such as `?prompt=jazz+piano&seed=42`
 * @returns {Asked}
 */
export function readAddress(search) {
  const query = new URLSearchParams(search);
  const link = query.get('link') ?? '';
  /** @type {Asked} */
  const asked = {
    prompt: query.get('prompt')?.trim().slice(0, LONGEST) ?? '',
    link: /^[\w-]{22}$/.test(link) ? link : null,
    settings: {},
    wrong: [],
  };
  for (const { name, setting, read } of PARAMETERS) {
    const text = query.get(name)?.trim();
    if (text !== undefined) {
      const value = read(text);
      if (value === undefined) {
        asked.wrong.push(name);
      } else {
        Object.assign(asked.settings, { [setting]: value });
      }
    }
  }
  return asked;
}

/**
 * @param {string} prompt
 * @param {Settings} settings
 * @param {Settings} defaults those of the server; what is the same is left out, but for the seed
 */
export function writeAddress(prompt, settings, defaults) {
  const query = new URLSearchParams({ prompt });
  for (const { name, setting } of PARAMETERS) {
    const value = settings[setting];
    if (value !== undefined && (setting === 'seed' || value !== defaults[setting])) {
      query.set(name, value === null ? NONE : String(value));
    }
  }
  return `?${query}`;
}

/**
 * @param {number} least
 * @param {number} most
 * @param {boolean} [whole]
 */
function number(least, most, whole = false) {
  return (/** @type {string} */ text) => {
    const value = text === '' ? NaN : Number(text);
    return value >= least && value <= most && (!whole || Number.isInteger(value)) ? value : undefined;
  };
}

/** @param {string} text */
function image(text) {
  return text === NONE || text === '' ? null : text;
}
