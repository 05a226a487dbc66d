import { GoneError } from '../sound/deck.js';

/**
 * Gets a clip that was heard in this visit from the server once more.
 *
 * @param {string} id empty for a variation, which the page has made itself
 * @param {string | URL} home address of the player
 * @returns {Promise<import('../sound/tape.js').Media>}
 * @throws {GoneError} if the server has forgotten it, or has never had it
 */
export async function fetchClip(id, home) {
  if (!id) {
    throw new GoneError('No server has a variation.');
  }
  const [sound, picture] = await Promise.all(
    ['sound.wav', 'picture.png'].map(async file => {
      const answer = await fetch(new URL(`clips/${id}/${file}`, home));
      if (!answer.ok) {
        const Failure = answer.status === 404 ? GoneError : Error;
        throw new Failure(`${answer.url} was answered with ${answer.status}.`);
      }
      return answer.arrayBuffer();
    }),
  );
  return { sound, picture };
}
