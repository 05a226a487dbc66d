/**
 * The page's address holds what is needed to start the same riff again, or the link to go on from; beside that, words and
 * seed are for people, and for when the link is gone.
 *
 * @param {string} search such as `?prompt=jazz+piano&seed=42`
 * @returns {{prompt: string, seed: number | null, link: string | null}}
 */
export function readAddress(search) {
  const query = new URLSearchParams(search);
  const seed = query.get('seed')?.trim();
  const number = Number(seed);
  const link = query.get('link') ?? '';
  return {
    prompt: query.get('prompt')?.trim() ?? '',
    seed: seed && Number.isSafeInteger(number) ? number : null,
    link: /^[\w-]{22}$/.test(link) ? link : null,
  };
}

/**
 * @param {string} prompt
 * @param {number} seed
 */
export function writeAddress(prompt, seed) {
  return `?${new URLSearchParams({ prompt, seed: String(seed) })}`;
}
