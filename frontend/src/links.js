/**
 * Links that this browser has shared, and the keys that take them back. The server has only the keys' hashes.
 *
 * @typedef {object} Link
 * @property {string} id
 * @property {string} url
 * @property {string} key
 */

const KEYS = 'riffloom.links';

/** @returns {Record<string, string>} */
function keys() {
  try {
    return JSON.parse(localStorage.getItem(KEYS) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {Record<string, string>} all */
function store(all) {
  try {
    localStorage.setItem(KEYS, JSON.stringify(all));
  } catch {
    // A private window may keep nothing; then the link is there for good.
  }
}

/** @param {string} id */
export function isOwn(id) {
  return id in keys();
}

/**
 * @param {string[]} clips ids of clips, in the order they were heard in
 * @param {string | URL} home address of the player
 * @returns {Promise<Link>}
 * @throws {Error} with the server's words where it refused
 */
export async function makeLink(clips, home) {
  const answer = await fetch(new URL('links', home), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ clips }),
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => null);
    throw new Error(problem?.detail ?? answer.statusText);
  }
  const link = await answer.json();
  store({ ...keys(), [link.id]: link.key });
  return link;
}

/**
 * @param {string} id
 * @param {string | URL} home address of the player
 * @returns {Promise<boolean>} whether the link leads nowhere now
 */
export async function takeBack(id, home) {
  const { [id]: key, ...others } = keys();
  const answer = await fetch(new URL(`links/${id}`, home), {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${key}` },
  });
  // Where there is none, somebody was faster.
  const gone = answer.ok || answer.status === 404;
  if (gone) {
    store(others);
  }
  return gone;
}
