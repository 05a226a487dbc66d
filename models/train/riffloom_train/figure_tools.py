"""What the figures are built from: registers, chords, rhythms and tunes. Nothing here is a figure itself."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from .music import CLIP_SAMPLES, SAMPLE_RATE, Bar, Note, Song

Rng = np.random.Generator
Figure = Callable[[Rng, Song, int, int], list[Note]]
Steps = list[tuple[float, float]]


def pitches(classes: Iterable[int], low: int, high: int) -> list[int]:
    """All MIDI pitches of these pitch classes inside the register, ascending."""
    classes = set(classes)
    return [p for p in range(low, high + 1) if p % 12 in classes]


def scale_pitches(song: Song, low: int, high: int) -> list[int]:
    return pitches(((song.key + s) % 12 for s in song.scale), low, high)


def root(bar: Bar, low: int) -> int:
    """The chord's root, the first at or above `low`."""
    return low + (bar.chord[0] - low) % 12


def nearest(tones: list[int], pitch: int) -> int:
    return min(tones, key=lambda p: (abs(p - pitch), p))


def voicing(rng: Rng, bar: Bar, low: int, high: int, size: int) -> list[int]:
    """A chord of up to `size` neighbouring chord tones, placed at random in the register."""
    tones = pitches(bar.chord, low, high)
    start = int(rng.integers(0, max(1, len(tones) - size + 1)))
    return tones[start : start + size]


def loudness(rng: Rng, centre: int) -> int:
    """A MIDI velocity about this centre: nobody strikes twice alike."""
    return int(np.clip(rng.normal(centre, 9), 30, 124))


def seconds_per_beat(song: Song) -> float:
    return song.clips * CLIP_SAMPLES / SAMPLE_RATE / song.beats


def swung(song: Song, beat: float) -> float:
    """Moves an off-beat eighth to the last third of its beat when the song swings."""
    whole, part = divmod(beat, 1.0)
    return whole + (2 / 3 if song.swing and abs(part - 0.5) < 1e-6 else part)


def bar_at(song: Song, beat: float) -> Bar:
    return next(b for b in reversed(song.bars) if b.start <= beat + 1e-6)


def rhythm(rng: Rng, beats: float, lengths: tuple[float, ...], rest: float) -> Steps:
    """Cuts so many beats into steps of these lengths; a step is a rest with probability `rest`, if it is short and the
    one before it sounded: a tune breathes, it does not stop."""
    steps, beat, resting = [], 0.0, True
    while beat < beats - 1e-6:
        fitting = [x for x in lengths if beat + x <= beats + 1e-6]
        length = float(rng.choice(fitting)) if fitting else beats - beat
        resting = not resting and length <= 1.0 and rng.random() < rest
        if not resting:
            steps.append((beat, length))
        beat += length
    return steps


def repeated(steps: Steps, cell: float, beats: float) -> Steps:
    """A rhythmic cell over and over, the last cut where the loop ends."""
    starts = np.arange(0, beats - 1e-6, cell)
    return [(float(s + at), min(length, beats - s - at)) for s in starts for at, length in steps if s + at < beats - 1e-6]


def phrased(rng: Rng, song: Song, lengths: tuple[float, ...], rest: float) -> Steps:
    """A rhythm that mostly comes back every half clip, as a tune's rhythm does; else it never repeats."""
    if rng.random() < 0.35:
        return rhythm(rng, song.beats, lengths, rest)
    cell = song.beats_per_clip / 2
    return repeated(rhythm(rng, cell, lengths, rest), cell, song.beats)


def tune(rng: Rng, song: Song, low: int, high: int, steps: Steps, legato: float) -> list[Note]:
    """A walk over the scale along given (start, length) steps; strong beats lean on chord tones."""
    scale = scale_pitches(song, low, high)
    position = int(rng.integers(len(scale) // 4, max(1, 3 * len(scale) // 4)))
    notes = []
    for start, length in steps:
        position += int(rng.choice([-3, -2, -1, -1, 0, 1, 1, 2, 3]))
        if position < 0 or position >= len(scale):
            position = len(scale) // 2
        pitch = scale[position]
        if abs(start - round(start)) < 1e-6 and rng.random() < 0.7:
            pitch = nearest(pitches(bar_at(song, start).chord, low, high), pitch)
        notes.append(Note(swung(song, start), length * legato, pitch, loudness(rng, 96)))
    return notes


def let_ring(notes: list[Note]) -> list[Note]:
    """Ends a ringing note where its own string is struck again; a synthesiser would otherwise stop the second note
    when the first one ends."""
    kept: list[Note] = []
    last: dict[int, int] = {}
    for note in sorted(notes, key=lambda n: (n.start, n.pitch)):
        if note.pitch in last:
            before = kept[last[note.pitch]]
            if note.start - before.start < 0.02:
                continue
            if before.start + before.length > note.start:
                kept[last[note.pitch]] = replace(before, length=note.start - before.start)
        last[note.pitch] = len(kept)
        kept.append(note)
    return kept


def rolled(rng: Rng, chord: list[int], start: float, length: float, spread: float, velocity: int) -> list[Note]:
    """A chord whose tones speak one after another, `spread` beats apart, and end together."""
    return [Note(start + k * spread, max(length - k * spread, 0.1), p, loudness(rng, velocity)) for k, p in enumerate(chord)]


def hands(left: Figure, right: Figure, split: float = 0.45) -> Figure:
    """Two figures at once on one instrument, the register divided between them."""

    def both(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
        middle = low + round((high - low) * split)
        below = [replace(n, velocity=max(30, int(n.velocity * 0.82))) for n in left(rng, song, low, middle)]
        return let_ring(below + right(rng, song, middle, high))

    both.__name__ = f"{left.__name__}_and_{right.__name__}"
    return both
