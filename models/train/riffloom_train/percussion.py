"""Drummers' figures, in General MIDI percussion numbers. They do not look at the harmony or the register."""
from __future__ import annotations

import numpy as np

from .figure_tools import Rng, loudness, swung
from .music import Note, Song

KICK, RIM, SNARE, CLAP, CLOSED_HAT, PEDAL_HAT, OPEN_HAT, CRASH, RIDE = 36, 37, 38, 39, 42, 44, 46, 49, 51
TAMBOURINE, COWBELL, CABASA, SHAKER, CLAVES = 54, 56, 69, 70, 75
TOMS = (50, 48, 47, 45, 43, 41)
BONGO_HIGH, BONGO_LOW, CONGA_MUTE, CONGA_OPEN, CONGA_LOW, TIMBALE_HIGH, TIMBALE_LOW, AGOGO_HIGH, AGOGO_LOW = range(60, 69)

_NUMBERS = [name for name in dir() if name.isupper() and not name.startswith("_")]


def grid(rng: Rng, song: Song, pitch: int, step: float, chance: float, offset: float, velocity: int) -> list[Note]:
    """One drum at even distances, each stroke there with this chance."""
    beats = np.arange(offset, song.beats, step)
    return [Note(swung(song, float(b)), 0.2, pitch, loudness(rng, velocity)) for b in beats if rng.random() < chance]


def _cell(rng: Rng, song: Song, pattern: list[tuple[float, int, int]], length: float) -> list[Note]:
    """A pattern of (beat, drum, velocity), repeated; it starts afresh with every clip."""
    notes = []
    for clip in range(0, song.beats, song.beats_per_clip):
        for start in np.arange(0, song.beats_per_clip, length):
            notes += [
                Note(swung(song, clip + float(start) + beat), 0.2, drum, loudness(rng, velocity))
                for beat, drum, velocity in pattern
                if start + beat < song.beats_per_clip - 1e-6
            ]
    return notes


def _with_fills(rng: Rng, song: Song, notes: list[Note], drums: tuple[int, ...]) -> list[Note]:
    """Ends each clip, more often than not, with a run down these drums in place of the groove."""
    for clip in range(song.beats_per_clip, song.beats + 1, song.beats_per_clip):
        length = float(rng.choice([0, 1, 1, 2]))
        notes = [n for n in notes if not clip - length - 1e-6 <= n.start < clip]
        hits = [b for b in np.arange(clip - length, clip - 1e-6, 0.25) if rng.random() < 0.9]
        notes += [
            Note(float(b), 0.2, drums[k * len(drums) // len(hits)], loudness(rng, 100 + 2 * k)) for k, b in enumerate(hits)
        ]
    return notes


def four_on_the_floor(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    notes = grid(rng, song, KICK, 1, 1.0, 0, 116) + grid(rng, song, OPEN_HAT, 1, 0.95, 0.5, 88)
    notes += grid(rng, song, CLAP if rng.random() < 0.6 else SNARE, 2, 1.0, 1, 100)
    return notes + grid(rng, song, CLOSED_HAT, 0.25, 0.2 + 0.7 * song.density, 0, 70)


def broken_beat(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A syncopated two-beat cell, repeated: hip-hop, breakbeat and electro live here."""
    cell = sorted({0.0, *(float(x) for x in rng.choice([0.5, 0.75, 1.25, 1.5, 1.75], size=2, replace=False))})
    notes = [Note(b + c, 0.2, KICK, loudness(rng, 114)) for b in range(0, song.beats, 2) for c in cell if b + c < song.beats]
    notes += grid(rng, song, SNARE if rng.random() < 0.6 else CLAP, 2, 1.0, 1, 108)
    return notes + grid(rng, song, CLOSED_HAT, 0.25 if song.density > 0.5 else 0.5, 0.85, 0, 76)


def jazz_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    notes = grid(rng, song, RIDE, 1, 1.0, 0, 74) + grid(rng, song, RIDE, 2, 0.95, 1.5, 62)
    return notes + grid(rng, song, RIM, 2, 0.5, 1, 52)


def rock_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    notes = grid(rng, song, KICK, 2, 1.0, 0, 100) + grid(rng, song, SNARE, 2, 1.0, 1, 96)
    return notes + grid(rng, song, CLOSED_HAT, 0.5, 0.95, 0, 70)


def shaker(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    return grid(rng, song, SHAKER, 0.5, 0.95, 0, 72)


def rock_groove(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A drummer alone: back-beat, a kick pattern of his own, hats or ride, fills and crashes."""
    kicks = {0.0, 2.0, *(float(b) for b in rng.choice([0.5, 1.5, 2.5, 2.75, 3.5], size=2, replace=False))}
    notes = _cell(rng, song, [(k, KICK, 110) for k in sorted(kicks)] + [(1, SNARE, 112), (3, SNARE, 112)], 4)
    cymbal = int(rng.choice([CLOSED_HAT, CLOSED_HAT, RIDE, OPEN_HAT]))
    notes += grid(rng, song, cymbal, 0.5 if song.density > 0.3 else 1.0, 0.97, 0, 82)
    notes = _with_fills(rng, song, notes, TOMS)
    firsts = range(0, song.beats, song.beats_per_clip)
    return notes + [Note(float(b), 1.0, CRASH, loudness(rng, 100)) for b in firsts if rng.random() < 0.6]


def funk_groove(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Sixteenth hats, a syncopated kick, and ghost strokes on the snare."""
    kicks = {0.0, *(float(b) for b in rng.choice([0.75, 1.5, 1.75, 2.25, 2.5, 3.25], size=3, replace=False))}
    ghosts = {float(b) for b in rng.choice([0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75], size=3, replace=False)}
    pattern = [(k, KICK, 108) for k in sorted(kicks)] + [(1, SNARE, 114), (3, SNARE, 114)]
    pattern += [(g, SNARE, 52) for g in sorted(ghosts)]
    notes = _cell(rng, song, pattern, 4) + grid(rng, song, CLOSED_HAT, 0.25 if song.density > 0.4 else 0.5, 0.93, 0, 78)
    return _with_fills(rng, song, notes, (SNARE, SNARE, *TOMS[::2]))


def tom_groove(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A jungle beat on the toms over a steady kick."""
    toms = [int(t) for t in rng.choice(TOMS, size=3, replace=False)]
    pattern = [(k * 0.5, toms[int(rng.integers(3))], 112 if k % 3 == 0 else 88) for k in range(8)]
    notes = _cell(rng, song, pattern, 4) + grid(rng, song, KICK, 1, 1.0, 0, 106) + grid(rng, song, SNARE, 2, 0.8, 1, 104)
    return notes + grid(rng, song, PEDAL_HAT, 1, 0.9, 0, 70)


def swing_groove(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Ride, pedal hat and a chattering snare, with fills."""
    notes = jazz_drums(rng, song, low, high) + grid(rng, song, PEDAL_HAT, 2, 1.0, 1, 84)
    notes += grid(rng, song, SNARE, 0.5, 0.2 + 0.3 * song.density, 0.5, 78) + grid(rng, song, KICK, 2, 0.8, 0, 82)
    return _with_fills(rng, song, notes, (SNARE, *TOMS[1::2]))


def tumbao(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The conga player's march: muted strokes, the open tones at the end of the two beats."""
    pattern = [(0, CONGA_MUTE, 92), (0.5, CONGA_LOW, 60), (1, CONGA_MUTE, 104), (1.5, CONGA_OPEN, 112), (1.75, CONGA_OPEN, 104)]
    light = [b for b in (0.25, 0.75, 1.25) if rng.random() < song.density]
    pattern += [(b, CONGA_LOW if rng.random() < 0.5 else CONGA_MUTE, 66) for b in light]
    if rng.random() < 0.5:
        pattern += [(2 + b, d, v) for b, d, v in pattern[:-1]] + [(3.75, CONGA_LOW, 114)]
        return _with_fills(rng, song, _cell(rng, song, pattern, 4), (CONGA_OPEN, CONGA_LOW))
    return _cell(rng, song, pattern, 2)


def martillo(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The bongo player's hammer, eighths on the small drum, the large one answering."""
    pattern = [(0, BONGO_HIGH, 110), (0.5, BONGO_HIGH, 72), (1, BONGO_HIGH, 92), (1.5, BONGO_LOW, 108)]
    pattern += [(b, BONGO_HIGH, 64) for b in (0.25, 0.75, 1.25, 1.75) if rng.random() < 0.3 + 0.5 * song.density]
    fills = (BONGO_HIGH, BONGO_LOW, BONGO_HIGH, BONGO_LOW)
    notes = _with_fills(rng, song, _cell(rng, song, pattern, 2), fills)
    return notes + (tumbao(rng, song, low, high) if rng.random() < 0.35 else [])


def cascara(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Timbales: the long short-short pattern with answering low strokes and congas below."""
    pattern = [(b, TIMBALE_HIGH, 104 if b % 1 == 0 else 88) for b in (0, 1, 1.5, 2.5, 3, 3.75)]
    pattern += [(b, TIMBALE_LOW, 100) for b in (0.5, 2, 3.5) if rng.random() < 0.4 + 0.4 * song.density]
    pattern += [(1.5, CONGA_OPEN, 96), (1.75, CONGA_OPEN, 90), (3.5, CONGA_LOW, 100)]
    return _with_fills(rng, song, _cell(rng, song, pattern, 4), (TIMBALE_HIGH, TIMBALE_LOW))


def darbuka(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Middle-eastern cycles: dum on the low conga, tek on the high bongo, light strokes filling."""
    dum, tek = CONGA_LOW, BONGO_HIGH
    maqsum = [(0, dum, 116), (0.5, tek, 104), (1.5, tek, 104), (2, dum, 112), (3, tek, 104)]
    malfuf = [(0, dum, 116), (0.75, tek, 104), (1.5, tek, 104), (2, dum, 112), (2.75, tek, 104), (3.5, tek, 100)]
    baladi = [(0, dum, 116), (0.5, dum, 110), (1.5, tek, 104), (2, dum, 112), (3, tek, 104)]
    pattern = (maqsum, malfuf, baladi)[rng.integers(3)]
    taken = {b for b, _, _ in pattern}
    free = [k * 0.25 for k in range(16) if k * 0.25 not in taken]
    light = [(b, tek, 62) for b in free if rng.random() < 0.2 + 0.6 * song.density]
    return _cell(rng, song, pattern + light, 4)


__all__ = [
    *_NUMBERS, "four_on_the_floor", "broken_beat", "jazz_drums", "rock_drums", "shaker", "rock_groove", "funk_groove",
    "tom_groove", "swing_groove", "tumbao", "martillo", "cascara", "darbuka", "grid",
]  # fmt: skip
