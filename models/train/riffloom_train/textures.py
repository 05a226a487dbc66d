"""Figures without harmony: weather and machines. A texture is one instrument whose pitches name its sounds, as a drum
kit's do; see noises for what they mean. A bed lasts for exactly the whole loop, and is made circular there."""
from __future__ import annotations

import numpy as np

from .figure_tools import Rng, seconds_per_beat
from .music import Note, Song
from .noises import BED, BELL, CARRIAGE, DROP, KEY, SPACE, WHISTLE


def _bed(rng: Rng, song: Song, kind: range) -> Note:
    """One steady sound for the whole loop. Pitch and velocity are the seed: the sound's loudness ignores the latter."""
    return Note(0.0, float(song.beats), int(rng.choice(list(kind))), int(rng.integers(30, 125)))


def _drops(rng: Rng, song: Song, per_second: float, low: int, high: int, velocity: int) -> list[Note]:
    count = max(3, int(rng.poisson(per_second * song.beats * seconds_per_beat(song))))
    return [
        Note(float(start), 0.1, int(rng.integers(low, high)), int(np.clip(rng.exponential(22) + velocity, 12, 120)))
        for start in np.sort(rng.uniform(0, song.beats, count))
    ]


def rainfall(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Hiss with droplets on it, thicker when the song is dense."""
    return [_bed(rng, song, BED), *_drops(rng, song, 10 + 35 * song.density, DROP.start, DROP.stop, 22)]


def dripping(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """After the shower: a faint hiss, and a gutter that drips evenly now and then."""
    drops = _drops(rng, song, 3 + 5 * song.density, DROP.start, DROP.start + len(DROP) // 2, 55)
    gutter = int(rng.choice(list(DROP)[:12]))
    every = song.beats / max(2, round(song.beats * seconds_per_beat(song) / rng.uniform(0.4, 1.0)))
    late = rng.normal(0, 0.02, 100)
    beats = np.arange(0, song.beats - 1e-6, every)
    even = [Note(max(0.0, float(b + late[k % 100])), 0.1, gutter, 112) for k, b in enumerate(beats)]
    return [_bed(rng, song, BED), *drops, *even]


def gusts(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Air that swells and sinks, and one or two openings that it whistles in."""
    return [_bed(rng, song, BED), *(_bed(rng, song, WHISTLE) for _ in range(int(rng.integers(1, 3))))]


def typing(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Words in bursts of uneven taps, half of them begun on the grid; at a line's end the bell and the carriage."""
    beat = 1.0 / seconds_per_beat(song)
    pace = float(rng.uniform(0.085, 0.15)) * (1.25 - 0.4 * song.density)
    total = song.beats / beat
    line_end = float(rng.uniform(0.35, 0.95)) * total if rng.random() < 0.6 else np.inf
    notes, now = [], float(rng.uniform(0, 0.2))

    def strike(kind: range, velocity: float) -> None:
        notes.append(Note(now * beat, 0.2, int(rng.choice(list(kind))), int(np.clip(velocity, 40, 124))))

    while now < total - 0.1:
        for _ in range(int(rng.integers(2, 9))):
            if now < total - 0.05:
                strike(KEY, rng.normal(96, 12))
            now += max(0.05, float(rng.normal(pace, pace * 0.22)))
        if now < total - 0.05:
            strike(SPACE, rng.normal(86, 8))
        now += pace * float(rng.uniform(1.0, 2.2))
        if now > line_end and now < total - 0.4:
            strike(BELL, 100)
            now += float(rng.uniform(0.25, 0.45))
            if now < total - 0.1:
                strike(CARRIAGE, 104)
            now += float(rng.uniform(0.6, 0.8))
            line_end += total
        if rng.random() < 0.5:
            now = np.ceil(now * beat * 2) / 2 / beat
    return notes
