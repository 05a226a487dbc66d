import { TICKS, partOf } from './axis.js';
import { HEARD, UNHEARD } from './colours.js';
import { BANDS, COLUMNS } from './ring.js';
import { FUTURE, MARKS, PAST } from './view.js';

/** @param {import('./colours.js').Ramp} colours */
const vectors = colours => colours.map(colour => `vec3(${colour.map(part => part.toFixed(3))})`).join(', ');

/** What the vertex and the fragment shader must agree on. */
const common = /* glsl */ `
  uniform sampler2D ring;
  uniform float rise;
  const float COLUMNS = ${COLUMNS}.0;
  const float BANDS = ${BANDS}.0;
  const float PAST = ${PAST}.0;
  const float FUTURE = ${FUTURE}.0;

  float energy(float band, float row) {
    return texture2D(ring, vec2(band, (row + 0.5) / COLUMNS)).r;
  }

  // The pictures are a fourth root, which lifts the noise floor to a haze; this lets the music stand out of it.
  float lift(float e) {
    float above = smoothstep(0.22, 0.97, e);
    return above * (0.35 + 0.65 * above);
  }
`;

/**
 * The grid moves with the music, a whole step at a time, and slides by the rest: a vertex stays on its column, so the
 * mountains roll and do not seethe.
 */
export const vertex = /* glsl */ `
  ${common}
  uniform float base;
  uniform float offset;
  uniform float width;
  uniform float unit;
  uniform float height;
  // Bands and columns between two vertices.
  uniform vec2 cell;
  varying float band;
  varying float row;
  varying float ahead;
  varying float up;

  void main() {
    band = position.x;
    row = base + position.y;
    ahead = position.y - offset;
    float peak = 0.0;
    for (int i = -1; i <= 1; i++) {
      float beside = band + float(i) * 0.4 * cell.x / BANDS;
      peak = max(peak, max(energy(beside, row), energy(beside, row + 0.5 * cell.y)));
    }
    float sounding = exp(-ahead * ahead / 5000.0);
    float edge = smoothstep(0.0, 0.02, band) * smoothstep(1.0, 0.97, band);
    up = lift(peak) * edge * rise * (0.62 + 0.38 * sounding);
    gl_Position = projectionMatrix * modelViewMatrix *
      vec4((position.x - 0.5) * width, up * height, -ahead * unit, 1.0);
  }
`;

export const fragment = /* glsl */ `
  ${common}
  uniform float marks[${MARKS}];
  const float ticks[${TICKS.length}] = float[${TICKS.length}](${TICKS.map(tick => partOf(tick).toFixed(5)).join(', ')});
  // The light of the sky above the horizon.
  const vec3 AIR = vec3(0.10, 0.17, 0.37);
  varying float band;
  varying float row;
  varying float ahead;
  varying float up;

  vec3 ramp(vec3 a, vec3 b, vec3 c, vec3 d, vec3 e, float x) {
    x *= 4.0;
    return x < 1.0 ? mix(a, b, x) : x < 2.0 ? mix(b, c, x - 1.0) : x < 3.0 ? mix(c, d, x - 2.0) : mix(d, e, x - 3.0);
  }

  vec3 heard(float x) {
    return ramp(${vectors(HEARD)}, x);
  }

  vec3 unheard(float x) {
    return ramp(${vectors(UNHEARD)}, x);
  }

  // How much of a line of the given half width a pixel sees that spans "pixel" columns. Where a slope faces the eye, a
  // column fills many pixels; there the line stays as thin as a line.
  float line(float distance, float half_, float pixel) {
    float thin = min(half_, 0.8 * pixel);
    return (1.0 - smoothstep(thin, thin + pixel, abs(distance))) * min(1.0, 2.0 * thin / pixel + 0.15);
  }

  void main() {
    // A pixel near the horizon spans many columns; averaging over them keeps it from flickering.
    float pixel = max(fwidth(ahead), 0.001);
    float e = 0.0;
    for (int i = -2; i <= 2; i++) {
      e += energy(band, row + float(i) * 0.25 * pixel);
    }
    e /= 5.0;
    float loud = lift(e);

    // Slopes, for a light that comes from ahead and a little from the left.
    float along = lift(energy(band, row + 2.0)) - lift(energy(band, row - 2.0));
    float across = lift(energy(band + 2.0 / BANDS, row)) - lift(energy(band - 2.0 / BANDS, row));
    float relief = clamp(1.0 + 1.5 * along * exp(-pixel * 0.4) + 0.5 * across, 0.55, 1.7);

    float fresh = 1.0 - smoothstep(-3.0, 26.0, ahead);
    float age = clamp(-ahead / PAST, 0.0, 1.0);
    float distance_ = clamp(ahead / FUTURE, 0.0, 1.0);
    vec3 colour = mix(unheard(loud) * 0.92, heard(loud), fresh) * relief;
    // The haze under the music, so that the ground is not dead.
    colour += mix(vec3(0.03, 0.09, 0.17), vec3(0.12, 0.04, 0.16), fresh) * e * e;
    colour *= mix(1.0, 0.6, smoothstep(0.05, 0.9, age));
    // What sounds now glows.
    colour += heard(loud) * 0.55 * exp(-ahead * ahead / 700.0);

    // Seconds, as faint lines on the ground.
    float second = abs(fract(row / 100.0 + 0.5) - 0.5) * 100.0;
    float flat_ = 1.0 - smoothstep(0.0, 0.03, up);
    colour += vec3(0.10, 0.16, 0.34) * line(second, 0.35, pixel) * flat_ * 0.55;

    // Pitches that are named, as fainter ones across them.
    float wide = max(fwidth(band), 0.0001);
    for (int i = 0; i < ${TICKS.length}; i++) {
      float tick = 1.0 - smoothstep(0.2 * wide, 1.2 * wide, abs(band - ticks[i]));
      colour += vec3(0.10, 0.16, 0.34) * tick * flat_ * 0.3;
    }

    // The air between the eye and what is far.
    colour = mix(colour, AIR, 0.8 * smoothstep(0.1, 1.0, distance_) * (1.0 - 0.6 * loud));

    for (int i = 0; i < ${MARKS}; i++) {
      colour = mix(colour, vec3(0.75, 0.86, 1.0), 0.6 * line(ahead - marks[i], 0.8, pixel));
    }

    float playhead = line(ahead, 1.1, pixel);
    colour = mix(colour, vec3(1.0, 0.23, 0.28), playhead);
    colour += vec3(1.0, 0.12, 0.18) * 0.28 * exp(-abs(ahead) / 9.0);

    float fade = (1.0 - smoothstep(0.62, 1.0, distance_)) * (1.0 - smoothstep(0.72, 1.0, age)) *
      smoothstep(0.0, 0.03, band) * smoothstep(1.0, 0.95, band);
    gl_FragColor = vec4(colour * fade, fade);
  }
`;

/** A curtain of light that stands on the playhead. */
export const curtainVertex = /* glsl */ `
  varying vec2 at;
  void main() {
    at = uv;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  }
`;

export const curtainFragment = /* glsl */ `
  varying vec2 at;
  void main() {
    float sides = smoothstep(0.0, 0.06, at.x) * smoothstep(1.0, 0.94, at.x);
    float foot = 0.95 * exp(-at.y * 50.0) + 0.15 * exp(-at.y * 5.0);
    gl_FragColor = vec4(vec3(1.0, 0.20, 0.26) * foot * sides, 0.0);
  }
`;
