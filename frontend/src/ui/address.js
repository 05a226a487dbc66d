/**
 * The page's address holds what is needed to start the same riff again.
 *
 * @param {string} search such as `?prompt=jazz+piano&seed=42`
 * @returns {{prompt: string, seed: number | null}}
 */
export function readAddress(search) {
  const query = new URLSearchParams(search);
  const seed = query.get('seed')?.trim();
  const number = Number(seed);
  return {
    prompt: query.get('prompt')?.trim() ?? '',
    seed: seed && Number.isSafeInteger(number) ? number : null,
  };
}

/**
 * @param {string} prompt
 * @param {number} seed
 */
export function writeAddress(prompt, seed) {
  return `?${new URLSearchParams({ prompt, seed: String(seed) })}`;
}
