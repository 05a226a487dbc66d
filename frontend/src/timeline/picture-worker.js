import { toRows } from './picture.js';

// Decoding a clip's PNG takes longer than a frame may, so it happens here. A picture that cannot be read leaves its
// stretch of the landscape empty; the music does not depend on it.
addEventListener('message', ({ data }) => void answer(data));

/** @param {{id: number, png: ArrayBuffer, columns: number}} question */
async function answer({ id, png, columns }) {
  const rows = await toRows(png, columns).catch(() => new Uint8Array(0));
  postMessage({ id, rows }, { transfer: [rows.buffer] });
}
