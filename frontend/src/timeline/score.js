import { SAMPLE_RATE } from '../sound/player.js';

/** @typedef {import('../sound/tape.js').Clip} Clip */

/** Columns of a picture in a second. */
export const RATE = 100;

const FRAMES_PER_COLUMN = SAMPLE_RATE / RATE;

/** The tape as the timeline sees it: in columns. Column 0 is the first one of the first clip's picture. */
export class Score {
  /**
   * @param {import('../sound/deck.js').Deck} deck
   * @param {import('../sound/clock.js').SmoothClock} clock
   */
  constructor(deck, clock) {
    this.deck = deck;
    this.clock = clock;
  }

  /** Changes when a clip comes, or gives way to another one. */
  get version() {
    return this.deck.tape.version;
  }

  /**
   * Whether a clip is still to be heard, or was.
   *
   * @param {Clip} clip
   */
  has(clip) {
    return this.deck.tape.clip(clip.number) === clip;
  }

  /** Columns between the first sample of a clip and the first column of its picture. */
  get #lead() {
    return (this.deck.tape.last?.note.imageOffsetSeconds ?? 0) * RATE;
  }

  /**
   * The column that is heard.
   *
   * @param {number} wall seconds of a monotonic clock
   */
  column(wall) {
    const { deck } = this;
    return deck.positionAt(this.clock.read(deck.player.audibleAt(wall), wall)) * RATE - this.#lead;
  }

  /**
   * @param {number} from column
   * @param {number} to column
   */
  clips(from, to) {
    return this.deck.tape.between(from * FRAMES_PER_COLUMN, to * FRAMES_PER_COLUMN);
  }

  /** @param {Clip} clip */
  stretch({ startFrame, note }) {
    return { column: Math.round(startFrame / FRAMES_PER_COLUMN), columns: Math.round(note.seconds * RATE) };
  }

  /** @param {Clip} clip */
  async picture(clip) {
    return (await this.deck.tape.load(clip)).picture;
  }

  /**
   * Where prompts begin.
   *
   * @param {number} from column
   * @param {number} to column
   */
  marks(from, to) {
    return this.clips(from, to)
      .filter(clip => titleOf(clip) !== titleOf(this.deck.tape.clip(clip.number - 1)))
      .map(clip => ({ column: this.stretch(clip).column - this.#lead, text: titleOf(clip) ?? '' }));
  }
}

/**
 * The prompt that a clip leads to.
 *
 * @param {Clip | undefined} clip
 */
function titleOf(clip) {
  if (!clip) {
    return undefined;
  }
  const { startPrompt, endPrompt, startMix, endMix, alpha } = clip.note;
  const mix = alpha > 0 ? endMix : startMix;
  // However their weights change, it is the same prompts.
  return mix ? mix.map(({ prompt }) => prompt).join(' + ') : alpha > 0 ? endPrompt : startPrompt;
}
