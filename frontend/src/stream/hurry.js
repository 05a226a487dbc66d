/**
 * Decides which clips, made ahead and not yet heard, give way to a wish, so that it is heard as soon as its first clip can
 * be made. The clip that is being made then may be the only one.
 *
 * One wish at a time: clips that gave way to every move of a slider would never be finished. What is wished for meanwhile
 * is known to the server at once, and clips give way to it when the next one is there.
 *
 * @typedef {import('../sound/tape.js').Clip} Clip
 */

/** Until a clip was made nobody knows how long that takes. */
const UNKNOWN_SECONDS = 4;

/** A clip must be here by this part of its time and this much before it is to be heard, or it may come too late. */
const RESERVE = 1.2;
const RESERVE_SECONDS = 0.4;

/** What took long once is forgotten clip by clip. */
const SLOWLY = 0.7;

/** What comes sooner after a wish was on its way before. */
const UNDERWAY_SECONDS = 0.3;

export class Hurry {
  /** @type {Clip | null} the last one that stays, while the clip after it is on its way */
  stays = null;
  /** Whether something was wished for since. */
  #again = false;
  /** Whether the server goes on from a clip that is not here; it does until it is told of one that is. */
  #astray = false;
  /** When the last wish was sent. */
  #since = 0;
  /** @type {number | null} how long that should take; `null` until a clip was made */
  #seconds = null;

  /** @param {import('../sound/deck.js').Deck} deck */
  constructor(deck) {
    this.deck = deck;
  }

  /** How long the first clip of a wish should be on its way. */
  get #reserve() {
    return RESERVE * (this.#seconds ?? UNKNOWN_SECONDS) + RESERVE_SECONDS;
  }

  /**
   * Whether clips take longer to make than to hear. What is being made is of no use then: it would come late, and the wish
   * later still.
   *
   * @param {number} session
   */
  #behind(session) {
    return (this.#seconds ?? 0) > (this.deck.newest(session)?.note.seconds ?? Infinity);
  }

  /**
   * How long the clip that is awaited should still be on its way; 0 if none is.
   *
   * @param {number} wall seconds of a monotonic clock
   */
  left(wall) {
    return this.stays ? Math.max(0, this.#since + (this.#seconds ?? 0) - wall) : 0;
  }

  /**
   * A wish is about to be sent.
   *
   * @param {number} session
   * @param {number} wall seconds of a monotonic clock
   * @returns {{after?: string}} what to say with it
   */
  wish(session, wall) {
    if (this.stays) {
      this.#again = true;
      return {};
    }
    this.stays = this.deck.soonest(this.#reserve, session) ?? (this.#astray || this.#behind(session) ? this.deck.newest(session) : null);
    this.#since = wall;
    return this.stays ? { after: this.stays.note.id } : {};
  }

  /**
   * A clip has come.
   *
   * @param {ReturnType<import('../sound/deck.js').Deck['take']>} place that it took
   * @param {number | undefined} seconds that it took to make
   * @param {number} wall
   * @returns {boolean} whether to ask once more for clips to give way, or for the server to come back to those that are here
   */
  came(place, seconds, wall) {
    if (place === 'replaced') {
      this.#seconds = wall - this.#since;
    } else if (place === 'late') {
      // Whatever took so long may do so again.
      this.#seconds = Math.max(this.#seconds ?? 0, wall - this.#since);
    } else if (seconds !== undefined) {
      this.#seconds = Math.max(seconds, this.stays ? 0 : SLOWLY * (this.#seconds ?? 0));
    }
    if (place === 'laid' && this.stays && wall - this.#since < UNDERWAY_SECONDS) {
      return false;
    }
    const again = this.#again;
    this.forget();
    this.#astray = place === 'late' || place === 'stray';
    return again || this.#astray;
  }

  /** The session is over, and with it what was on its way. */
  forget() {
    this.stays = null;
    this.#again = false;
    this.#astray = false;
  }
}
