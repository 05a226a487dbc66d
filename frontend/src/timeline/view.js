/**
 * What every view of the timeline shows and can do.
 *
 * @typedef {object} Frame
 * @property {number} column at the playhead; has a fraction
 * @property {number} rise height of the landscape, 0 to 1
 * @property {readonly number[]} marks columns where a prompt begins
 * @property {boolean} still whether nothing will move after this frame, so that there is time for every detail
 * @property {number} elapsed seconds since the frame before
 *
 * @typedef {object} Spot a place on the screen, in CSS pixels of the view
 * @property {number} x
 * @property {number} y
 * @property {boolean} [after] whether a label stands on the side of what comes after it
 * @property {number} near 1 at the playhead, falling to 0 where the view ends
 *
 * @typedef {object} View
 * @property {HTMLElement} element
 * @property {boolean} zooms whether coming nearer shows anything new
 * @property {(column: number) => {from: number, to: number}} window columns in view when one is at the playhead
 * @property {boolean} frugal whether frames are dear, and fewer of them are better
 * @property {() => void} resize takes the element's new size over
 * @property {(frame: Frame) => boolean} draw says whether the view itself still moves
 * @property {() => void} coarsen asks for less detail, because drawing takes too long
 * @property {(x: number, y: number) => void} turn turns the view by radians
 * @property {(factor: number) => void} zoom comes nearer, by a factor above 1
 * @property {() => void} reset back to where the view was at first
 * @property {(ahead: number) => Spot | null} spot where a label stands that many columns ahead of the playhead
 * @property {(part: number) => Spot | null} tick where a place on the axis of pitch, 0 to 1, is named
 * @property {(x: number, y: number) => number} under columns from the playhead to what lies under a place on the screen
 * @property {() => {x: number, y: number}} pace CSS pixels from one column to the next, at the playhead
 */

/** Columns in view behind the playhead and ahead of it. */
export const PAST = 330;
export const FUTURE = 1000;

/** Marks that are shown at once; more prompts than this cannot begin within one view. */
export const MARKS = 6;
