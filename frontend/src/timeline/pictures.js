/** Decodes pictures away from the page's own thread. */
export class Pictures {
  #worker = new Worker(new URL('./picture-worker.js', import.meta.url), { type: 'module' });
  /** @type {Map<number, (rows: Uint8Array) => void>} */
  #waiting = new Map();
  #last = 0;

  constructor() {
    this.#worker.onmessage = ({ data: { id, rows } }) => {
      this.#waiting.get(id)?.(rows);
      this.#waiting.delete(id);
    };
  }

  /**
   * @param {ArrayBuffer} png
   * @param {number} columns
   * @returns {Promise<Uint8Array>} one row of energies for each column
   */
  read(png, columns) {
    const id = ++this.#last;
    this.#worker.postMessage({ id, png, columns });
    return new Promise(done => this.#waiting.set(id, done));
  }
}
