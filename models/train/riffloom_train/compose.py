"""Composes one loop from a seed: `compose(seed)` always returns the same piece."""
from __future__ import annotations

import numpy as np

from . import captions
from .families import BLUES, BY_NAME, DORIAN, FAMILIES, MINOR, Family, Voice
from .music import BEAT_COUNTS, Bar, Part, Piece, Song

Rng = np.random.Generator

PROGRESSIONS = {  # scale degrees, one for each bar, repeated or cut to fit
    "bright": ((0, 3, 4, 0), (0, 5, 3, 4), (0, 4, 5, 3), (1, 4, 0, 0), (0, 3, 0, 4)),
    "dark": ((0, 5, 2, 6), (0, 3, 4, 0), (0, 6, 5, 6), (0, 3, 6, 2)),
}
BARS = {6: ((3, 3), (2, 2, 2), (6,)), 8: ((4, 4), (2, 2, 2, 2)), 10: ((5, 5), (4, 4, 2)), 12: ((4, 4, 4), (3, 3, 3, 3), (6, 6))}


def _song(rng: Rng, family: Family, beats: int) -> Song:
    scale = family.scales[rng.integers(len(family.scales))]
    # A blues scale has no thirds to stack chords from, so its chords come from the mode around it.
    chord_scale = DORIAN if scale is BLUES else scale
    key = int(rng.integers(12))
    dark = chord_scale in (MINOR, DORIAN)
    table = PROGRESSIONS["dark" if dark else "bright"]
    degrees = table[rng.integers(len(table))]
    size = 4 if rng.random() < family.sevenths else 3
    bars, start = [], 0
    for k, length in enumerate(BARS[beats][rng.integers(len(BARS[beats]))]):
        root = degrees[k % len(degrees)]
        chord = tuple((key + chord_scale[(root + 2 * n) % 7]) % 12 for n in range(size))
        bars.append(Bar(float(start), float(length), chord))
        start += length
    return Song(beats, key, scale, tuple(bars), bool(rng.random() < family.swing), float(rng.random()))


def _part(rng: Rng, song: Song, voice: Voice) -> Part:
    figure = voice.figures[rng.integers(len(voice.figures))]
    instrument = voice.instruments[rng.integers(len(voice.instruments))]
    gain = voice.gain * 10 ** (rng.uniform(-3, 3) / 20)
    return Part(instrument, tuple(figure(rng, song, voice.low, voice.high)), gain)


def compose(seed: int, family_name: str | None = None, beats: int | None = None) -> Piece:
    """A piece of the given family and beat count, or of ones drawn from the seed."""
    rng = np.random.default_rng([0x52494646, seed])
    family = BY_NAME[family_name] if family_name else FAMILIES[rng.integers(len(FAMILIES))]
    beats = beats or int(rng.choice(BEAT_COUNTS))
    song = _song(rng, family, beats)
    parts = [_part(rng, song, family.leads[rng.integers(len(family.leads))])]
    parts += [_part(rng, song, voice) for voice in family.together]
    backings = [backing for backing in family.backings if rng.random() < backing.chance]
    parts += [_part(rng, song, backing.voice) for backing in backings]
    attributes = {
        "family": family.name,
        "pace": captions.pace(beats),
        "mood": "dark" if song.scale in (MINOR, DORIAN, BLUES) else "bright",
        "density": "busy" if song.density > 0.6 else "sparse" if song.density < 0.3 else "medium",
        "backing": backings[0].words if backings else "none",
    }
    caption = captions.write(rng, family, attributes)
    return Piece(seed, family.name, song, tuple(parts), caption, attributes)
