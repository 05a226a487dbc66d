/**
 * Files of what was heard, made by the server.
 *
 * @typedef {'sound' | 'loop' | 'picture'} Kind
 *
 * @typedef {object} Wish
 * @property {string[]} clips their ids, in the order that they are heard in
 * @property {Kind} kind
 * @property {string} format of sounds and loops, such as `flac`
 */

/** A minute of sound, to be made on a slow server behind others. */
const BOUND_MS = 60_000;

/**
 * @param {Wish} wish
 * @param {string} base address of the page
 */
export function addressOf({ clips, kind, format }, base) {
  const address = new URL(kind === 'picture' ? 'clips/picture.png' : `clips/sound.${format}`, base);
  for (const id of clips) {
    address.searchParams.append('id', id);
  }
  if (kind === 'loop') {
    address.searchParams.set('loop', 'true');
  }
  return address;
}

/**
 * @param {Wish} wish
 * @param {string} base address of the page
 * @returns {Promise<{file: Blob, name: string}>}
 * @throws {Error} in words of the server's, if it refuses
 * @throws {TypeError | DOMException} if it does not answer
 */
export async function fetchFile(wish, base) {
  const response = await fetch(addressOf(wish, base), { signal: AbortSignal.timeout(BOUND_MS) });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? response.statusText);
  }
  const name = nameIn(response.headers.get('Content-Disposition') ?? '');
  return { file: await response.blob(), name: name ?? `riff.${wish.kind === 'picture' ? 'png' : wish.format}` };
}

/**
 * The name that an answer gives to its file (RFC 6266).
 *
 * @param {string} disposition
 */
export function nameIn(disposition) {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
  const [, plain] = /filename="([^"]+)"/i.exec(disposition) ?? [];
  return encoded ? decodeURIComponent(encoded) : plain;
}
