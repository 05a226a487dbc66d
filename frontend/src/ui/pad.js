/**
 * The arithmetic of a pad on which each of some voices has a corner and a puck between them says how much of each there is.
 * Places are relative to the pad's centre, in units of its radius, x to the right and y downwards.
 *
 * @typedef {{x: number, y: number}} Place
 */

/** Triangles smaller than this are lines. */
const FLAT = 1e-12;

/**
 * The corners: opposite each other for two, else round a circle from the top.
 *
 * @param {number} count
 * @returns {Place[]}
 */
export function corners(count) {
  if (count === 1) {
    return [{ x: 0, y: 0 }];
  }
  const first = count === 2 ? Math.PI : -Math.PI / 2;
  return Array.from({ length: count }, (_, i) => {
    const angle = first + (2 * Math.PI * i) / count;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });
}

/**
 * How much of each corner there is at a place: Wachspress's coordinates, which are shares that sum to 1, are a corner's own
 * alone at that corner, and whose mean of the corners is the place itself. So {@link placeOf} is the way back.
 *
 * @param {Place} place wherever it is; outside of the corners, the nearest place between them counts
 * @param {number} count of corners
 * @returns {number[]}
 */
export function weightsAt(place, count) {
  if (count === 1) {
    return [1];
  }
  const inside = within(place, count);
  const all = corners(count);
  if (count === 2) {
    const right = (inside.x + 1) / 2;
    return [1 - right, right];
  }
  // Of the triangle over each side, from corner i to the next.
  const areas = all.map((corner, i) => Math.max(0, twiceArea(inside, corner, all[(i + 1) % count])));
  const raw = all.map((_, i) => areas.reduce((product, area, side) => (side === i || (side + 1) % count === i ? product : product * area), 1));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  if (sum < FLAT) {
    // On a corner each product but its own is 0, and with rounding its own may be as well.
    const nearest = all.reduce((best, corner, i) => (gap(corner, inside) < gap(all[best], inside) ? i : best), 0);
    return all.map((_, i) => (i === nearest ? 1 : 0));
  }
  return raw.map(weight => weight / sum);
}

/**
 * Where the puck is that says this: the mean of the corners.
 *
 * @param {readonly number[]} weights
 * @returns {Place} the centre where there are none
 */
export function placeOf(weights) {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const mean = { x: 0, y: 0 };
  corners(weights.length).forEach((corner, i) => {
    mean.x += sum > 0 ? (corner.x * weights[i]) / sum : 0;
    mean.y += sum > 0 ? (corner.y * weights[i]) / sum : 0;
  });
  return mean;
}

/**
 * The nearest place that lies between the corners.
 *
 * @param {Place} place
 * @param {number} count
 * @returns {Place}
 */
export function within(place, count) {
  const all = corners(count);
  if (count < 3) {
    return nearestOn(place, all[0], all[count - 1]);
  }
  const sides = all.map((corner, i) => /** @type {const} */ ([corner, all[(i + 1) % count]]));
  if (sides.every(([from, to]) => twiceArea(place, from, to) >= 0)) {
    return place;
  }
  const candidates = sides.map(([from, to]) => nearestOn(place, from, to));
  return candidates.reduce((best, candidate) => (gap(candidate, place) < gap(best, place) ? candidate : best));
}

/**
 * @param {Place} place
 * @param {Place} from
 * @param {Place} to
 * @returns {Place}
 */
function nearestOn(place, from, to) {
  const along = { x: to.x - from.x, y: to.y - from.y };
  const length = along.x ** 2 + along.y ** 2;
  const dot = (place.x - from.x) * along.x + (place.y - from.y) * along.y;
  const part = length > 0 ? Math.min(1, Math.max(0, dot / length)) : 0;
  return { x: from.x + part * along.x, y: from.y + part * along.y };
}

/**
 * Above 0 where the place lies on the inner side.
 *
 * @param {Place} place
 * @param {Place} from
 * @param {Place} to
 */
function twiceArea(place, from, to) {
  return (from.x - place.x) * (to.y - place.y) - (to.x - place.x) * (from.y - place.y);
}

/**
 * @param {Place} one
 * @param {Place} other
 */
function gap(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
