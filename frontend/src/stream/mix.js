/**
 * Several prompts at once, each with a weight: what the protocol calls a mix.
 *
 * @typedef {object} Part
 * @property {string} prompt
 * @property {number} weight
 *
 * @typedef {Pick<import('./protocol.js').ClipNote, 'startPrompt' | 'endPrompt' | 'alpha' | 'startMix' | 'endMix'>} Words
 */

/** More cannot be asked for at once. */
export const MAX_PROMPTS = 6;

/** Shares that differ by less are the same: the server's are rounded otherwise. */
const SAME = 1e-3;

/** Digits of a share in an address. */
const DIGITS = 3;

/**
 * As the server sees it: weights that sum to 1, each prompt once, none that counts for nothing.
 *
 * @param {readonly Part[]} parts
 * @returns {Part[]} empty where nothing has any weight
 */
export function shares(parts) {
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const { prompt, weight } of parts) {
    weights.set(prompt.trim(), (weights.get(prompt.trim()) ?? 0) + weight);
  }
  const sum = [...weights.values()].reduce((all, weight) => all + weight, 0);
  return [...weights].filter(([, weight]) => weight > 0).map(([prompt, weight]) => ({ prompt, weight: weight / sum }));
}

/**
 * How much of the whole weight differs, 0 to 1.
 *
 * @param {readonly Part[]} one
 * @param {readonly Part[]} other
 */
export function distance(one, other) {
  const theirs = new Map(other.map(({ prompt, weight }) => [prompt, weight]));
  const kept = one.reduce((sum, { prompt, weight }) => sum + Math.min(weight, theirs.get(prompt) ?? 0), 0);
  return Math.max(0, 1 - kept);
}

/**
 * @param {readonly Part[]} one
 * @param {readonly Part[]} other
 */
export function sameMix(one, other) {
  return distance(one, other) < SAME;
}

/**
 * In words, as the server says it: `60 % jazz piano + 40 % church bells`, or the one prompt alone.
 *
 * @param {readonly Part[]} parts
 */
export function sayMix(parts) {
  return parts.length === 1 ? parts[0].prompt : parts.map(part => `${percent(part.weight)} ${part.prompt}`).join(' + ');
}

/** @param {number} share */
export function percent(share) {
  return share > 0 && share < 0.005 ? '<1 %' : `${Math.round(100 * share)} %`;
}

/**
 * What is heard in a clip, wherever it is between its two points.
 *
 * @param {Words} note
 * @returns {Part[]}
 */
export function heardIn({ startPrompt, endPrompt, alpha, startMix, endMix }) {
  const start = startMix ?? [{ prompt: startPrompt, weight: 1 }];
  const end = endMix ?? [{ prompt: endPrompt, weight: 1 }];
  return shares([
    ...start.map(({ prompt, weight }) => ({ prompt, weight: (1 - alpha) * weight })),
    ...end.map(({ prompt, weight }) => ({ prompt, weight: alpha * weight })),
  ]);
}

/**
 * The mix in the page's address: as many weights as prompts.
 *
 * @param {string} search such as `?prompt=jazz+piano&prompt=church+bells&weight=0.6&weight=0.4`
 * @returns {Part[] | null} `null` where there is at most one prompt, or no sense in the weights
 */
export function readMix(search) {
  const query = new URLSearchParams(search);
  const prompts = query.getAll('prompt').map(prompt => prompt.trim());
  const weights = query.getAll('weight').map(Number);
  const sound =
    prompts.length <= MAX_PROMPTS &&
    prompts.length === weights.length &&
    prompts.every(prompt => prompt) &&
    weights.every(weight => Number.isFinite(weight) && weight >= 0);
  const mix = sound ? shares(prompts.map((prompt, i) => ({ prompt, weight: weights[i] }))) : [];
  return mix.length > 1 ? mix : null;
}

/**
 * @param {readonly Part[]} parts
 * @param {string} address with the rest
 */
export function writeMix(parts, address) {
  const query = new URLSearchParams(address);
  query.delete('prompt');
  for (const { prompt, weight } of parts) {
    query.append('prompt', prompt);
    query.append('weight', String(Number(weight.toFixed(DIGITS))));
  }
  return `?${query}`;
}
