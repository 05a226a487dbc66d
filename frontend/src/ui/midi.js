/** In a MIDI message's first byte; its lower half is the channel. */
const CONTROL_CHANGE = 0xb0;
const HIGHEST = 127;

/** Controllers from here on are messages of other kinds, such as "all notes off". */
const CONTROLLERS = 120;

/**
 * Reads a message of a fader or knob that was moved.
 *
 * @param {ArrayLike<number> | null} data
 * @returns {{controller: number, level: number} | null} the level from 0 to 1; `null` for any other message
 */
export function readControl(data) {
  if (!data || data.length !== 3 || (data[0] & 0xf0) !== CONTROL_CHANGE || data[1] >= CONTROLLERS || data[2] > HIGHEST) {
    return null;
  }
  return { controller: data[1], level: data[2] / HIGHEST };
}

/** Which controller moves which row: 1 to 6 the rows in order, and others as they were taught. */
export class Bindings {
  /** @type {Map<number, number>} */
  #rows = new Map([1, 2, 3, 4, 5, 6].map(controller => [controller, controller - 1]));

  /** @type {number | null} the row that the next controller is bound to */
  learning = null;

  /**
   * @param {number} controller
   * @returns {number | null} the row, counted from 0
   */
  rowOf(controller) {
    if (this.learning !== null) {
      this.#rows.set(controller, this.learning);
      this.learning = null;
    }
    return this.#rows.get(controller) ?? null;
  }
}

/**
 * Listens to all controllers that are there or are plugged in later.
 *
 * @param {(controller: number, level: number) => void} moved
 * @returns {Promise<string[]>} the devices' names
 * @throws {DOMException} where the listener does not allow it
 */
export async function connectMidi(moved) {
  const access = await navigator.requestMIDIAccess();
  const listen = () => {
    for (const input of access.inputs.values()) {
      input.onmidimessage = event => {
        const control = readControl(event.data);
        if (control) {
          moved(control.controller, control.level);
        }
      };
    }
  };
  listen();
  access.onstatechange = listen;
  return [...access.inputs.values()].map(input => input.name ?? '');
}
