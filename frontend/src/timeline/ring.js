/**
 * 20 seconds of spectrogram, wherever they lie on the tape. One row is one column of a picture, so that
 * what is new is one piece of memory, and a texture of it can be brought up to date with few bytes. Nothing here grows
 * with time.
 */

/** Columns that the ring holds, 10 ms each; a power of two well above what any view shows at once. */
export const COLUMNS = 2048;

/** Bands of a column, low ones first, evenly over the axis of pitch. */
export const BANDS = 512;

/** So many pieces are as much work as the whole. */
const MANY = 256;

export class Ring {
  data = new Uint8Array(COLUMNS * BANDS);
  /** @type {{row: number, rows: number}[]} what has changed since {@link takeChanges} */
  #changes = [];

  /**
   * @param {number} column where the first row goes, counted from the start of the tape
   * @param {Uint8Array} rows whole rows
   */
  write(column, rows) {
    this.#each(column, rows.length / BANDS, (row, count, done) => {
      this.data.set(rows.subarray(done * BANDS, (done + count) * BANDS), row * BANDS);
    });
  }

  /**
   * @param {number} column
   * @param {number} count
   */
  blank(column, count) {
    this.#each(column, count, (row, rows) => {
      this.data.fill(0, row * BANDS, (row + rows) * BANDS);
    });
  }

  /** Rows to be brought up to date wherever a copy of the ring is kept. */
  takeChanges() {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** Whoever begins to keep a copy needs all of it. */
  offerAll() {
    this.#changes = [{ row: 0, rows: COLUMNS }];
  }

  /**
   * Splits a stretch where the ring closes.
   *
   * @param {number} column
   * @param {number} count
   * @param {(row: number, rows: number, done: number) => void} piece
   */
  #each(column, count, piece) {
    for (let done = 0; done < count; ) {
      const row = rowOf(column + done);
      const rows = Math.min(count - done, COLUMNS - row);
      piece(row, rows, done);
      this.#changes.push({ row, rows });
      done += rows;
    }
    // Where nobody keeps a copy, nobody takes the changes.
    if (this.#changes.length > MANY) {
      this.offerAll();
    }
  }
}

/**
 * @param {number} column may be negative
 */
export function rowOf(column) {
  return ((column % COLUMNS) + COLUMNS) % COLUMNS;
}
