/**
 * Seed images that listeners bring: the server makes them of sounds and pictures.
 *
 * @typedef {import('./stream/protocol.js').SeedImage} SeedImage
 */

/** A large file on a slow line, which the server waits as long for, and then its turn to be made into a picture. */
const BOUND_MS = 120_000;

/** What the server can read nothing of. */
const UNREADABLE = 415;

/** The server's own words for why it takes a file not. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} status
   */
  constructor(message, status) {
    super(message);
    /** Whether a file of another kind might do. */
    this.unreadable = status === UNREADABLE;
  }
}

/**
 * Whether an id is that of a seed image that somebody brought.
 *
 * @param {string | null | undefined} id
 */
export function isOwn(id) {
  return /^own-[\w-]{22}$/.test(id ?? '');
}

/**
 * What is known of one by its id alone.
 *
 * @param {string} id
 * @param {string} title
 * @returns {SeedImage}
 */
export function ownSeed(id, title) {
  return { id, title, beats: 0, image: `seed-images/${id}.png`, sound: `seed-images/${id}.wav` };
}

/**
 * Brings a file.
 *
 * @param {Blob} file with a picture or a sound
 * @param {number} from where in the sound it begins, in seconds
 * @param {string} base address of the page
 * @param {(part: number) => void} tell how much of it has been sent, 0 to 1
 * @returns {Promise<SeedImage>}
 * @throws {Refusal} if the server does not take it
 * @throws {TypeError} if it could not be sent, or no answer came
 */
export function bring(file, from, base, tell) {
  const address = new URL('seed-images', base);
  if (from > 0) {
    address.searchParams.set('from', String(from));
  }
  // Unlike fetch, this tells how far it is.
  const request = new XMLHttpRequest();
  return new Promise((done, fail) => {
    request.open('POST', address);
    request.timeout = BOUND_MS;
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
    request.onerror = request.ontimeout = () => fail(new TypeError('The file could not be sent.'));
    request.onload = () => {
      if (request.status === 201) {
        done(request.response);
      } else {
        fail(new Refusal(request.response?.detail ?? request.statusText, request.status));
      }
    };
    request.send(file);
  });
}
