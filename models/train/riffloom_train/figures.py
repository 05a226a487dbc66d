"""Ways of playing. A figure turns the song's harmony into one part's notes.

Every figure has the signature `(rng, song, low, high) -> list[Note]`, where low and high bound the register in MIDI
numbers, and is named in the table of families. Notes may ring past the loop's end: the renderer folds them round.
"""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .music import Bar, Note, Song

Rng = np.random.Generator
Figure = Callable[[Rng, Song, int, int], list[Note]]

# General MIDI percussion
KICK, RIM, SNARE, CLAP, CLOSED_HAT, OPEN_HAT, RIDE, SHAKER = 36, 37, 38, 39, 42, 46, 51, 70


def _pitches(classes: tuple[int, ...], low: int, high: int) -> list[int]:
    """All MIDI pitches of these pitch classes inside the register, ascending."""
    return [p for p in range(low, high + 1) if p % 12 in classes]


def _voicing(rng: Rng, bar: Bar, low: int, high: int, size: int) -> list[int]:
    """A chord of up to `size` neighbouring chord tones, placed at random in the register."""
    tones = _pitches(bar.chord, low, high)
    start = int(rng.integers(0, max(1, len(tones) - size + 1)))
    return tones[start : start + size]


def _velocity(rng: Rng, centre: int) -> int:
    return int(np.clip(rng.normal(centre, 9), 30, 124))


def _swung(song: Song, beat: float) -> float:
    """Moves an off-beat eighth to the last third of its beat when the song swings."""
    whole, part = divmod(beat, 1.0)
    return whole + (2 / 3 if song.swing and abs(part - 0.5) < 1e-6 else part)


def _bar_at(song: Song, beat: float) -> Bar:
    return next(b for b in reversed(song.bars) if b.start <= beat + 1e-6)


def _melody_on(rng: Rng, song: Song, low: int, high: int, steps: list[tuple[float, float]], legato: float) -> list[Note]:
    """A walk over the scale along given (start, length) steps; strong beats lean on chord tones."""
    scale = _pitches(tuple((song.key + s) % 12 for s in song.scale), low, high)
    position = int(rng.integers(len(scale) // 4, 3 * len(scale) // 4))
    notes = []
    for start, length in steps:
        position += int(rng.choice([-3, -2, -1, -1, 0, 1, 1, 2, 3]))
        if position < 0 or position >= len(scale):
            position = len(scale) // 2
        pitch = scale[position]
        if abs(start - round(start)) < 1e-6 and rng.random() < 0.7:
            chord = _pitches(_bar_at(song, start).chord, low, high)
            pitch = min(chord, key=lambda p: (abs(p - pitch), p))
        notes.append(Note(_swung(song, start), length * legato, pitch, _velocity(rng, 96)))
    return notes


def _rhythm(rng: Rng, song: Song, lengths: tuple[float, ...], rest: float) -> list[tuple[float, float]]:
    """Cuts the loop into steps of these lengths; a step is a rest with probability `rest`."""
    steps, beat = [], 0.0
    while beat < song.beats - 1e-6:
        fitting = [x for x in lengths if beat + x <= song.beats + 1e-6]
        length = float(rng.choice(fitting)) if fitting else song.beats - beat
        if rng.random() >= rest:
            steps.append((beat, length))
        beat += length
    return steps or [(0.0, 1.0)]


def melody(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    lengths = (0.5, 0.5, 1.0, 1.0, 1.5) if song.density > 0.5 else (0.5, 1.0, 1.0, 2.0)
    return _melody_on(rng, song, low, high, _rhythm(rng, song, lengths, 0.08), 0.97)


def slow_melody(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    return _melody_on(rng, song, low, high, _rhythm(rng, song, (1.0, 2.0, 2.0, 3.0), 0.0), 1.05)


def fast_line(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    return _melody_on(rng, song, low, high, _rhythm(rng, song, (0.5, 0.5, 0.5, 0.25, 1.0), 0.15), 0.85)


def sustained_chords(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    size = int(rng.integers(3, 6))
    return [
        Note(bar.start, bar.length * 1.02, pitch, _velocity(rng, 84))
        for bar in song.bars
        for pitch in _voicing(rng, bar, low, high, size)
    ]


def pulsed_chords(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Repeated chords on the beat or its halves, as marcato strings or an organ play them."""
    step = 0.5 if song.density > 0.6 else 1.0
    notes = []
    for bar in song.bars:
        chord = _voicing(rng, bar, low, high, 4)
        for k in range(int(bar.length / step)):
            notes += [Note(bar.start + k * step, step * 0.8, p, _velocity(rng, 92)) for p in chord]
    return notes


def hymn(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Four voices that move together, one chord to a beat or two."""
    step = 1.0 if song.density > 0.5 else 2.0
    notes, beat = [], 0.0
    while beat < song.beats - 1e-6:
        length = min(step, song.beats - beat)
        for p in _voicing(rng, _bar_at(song, beat), low, high, 4):
            notes.append(Note(beat, length * 0.98, p, _velocity(rng, 88)))
        beat += step
    return notes


def strum(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Guitar strokes: the strings speak one after another, up-strokes lighter and from the top."""
    pattern = [(0, 1), (1, 1), (1.5, -1), (2.5, -1), (3, 1), (3.5, -1)] if song.density > 0.4 else [(0, 1), (2, 1), (3, -1)]
    notes = []
    for bar in song.bars:
        chord = _voicing(rng, bar, low, high, 6)
        for offset, direction in pattern:
            if offset >= bar.length:
                continue
            strings = chord if direction > 0 else chord[:2:-1]
            spread = 0.02 + 0.03 * rng.random()
            for k, pitch in enumerate(strings):
                start = _swung(song, bar.start + offset) + k * spread
                notes.append(Note(start, 1.2, pitch, _velocity(rng, 96 if direction > 0 else 74)))
    return notes


def fingerpick(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A bass note on the beat and broken chord tones between."""
    order = rng.permutation(4)
    notes = []
    for bar in song.bars:
        chord = _voicing(rng, bar, low, high, 6)
        bass, upper = chord[0], chord[-4:]
        for k in range(int(bar.length * 2)):
            start = bar.start + k * 0.5
            if k % 4 == 0:
                notes.append(Note(start, 2.0, bass, _velocity(rng, 98)))
            notes.append(Note(start, 1.4, upper[order[k % 4] % len(upper)], _velocity(rng, 84)))
    return notes


def arpeggio(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    step = 0.25 if song.density > 0.5 else 0.5
    up = bool(rng.integers(2))
    notes = []
    for bar in song.bars:
        chord = _voicing(rng, bar, low, high, int(rng.integers(3, 6)))
        chord = chord if up else chord[::-1]
        for k in range(int(bar.length / step)):
            notes.append(Note(bar.start + k * step, step * 0.9, chord[k % len(chord)], _velocity(rng, 88)))
    return notes


def jazz_comping(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Short chords on and around the swung off-beats."""
    notes = []
    for bar in song.bars:
        chord = _voicing(rng, bar, low, high, 4)
        hits = [h for h in np.arange(0, bar.length, 0.5) if rng.random() < 0.25 + 0.25 * song.density] or [0.0]
        for hit in hits:
            length = float(rng.choice([0.3, 0.5, 1.2]))
            for p in chord:
                notes.append(Note(_swung(song, bar.start + float(hit)), length, p, _velocity(rng, 82)))
    return notes


def walking_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    notes = []
    for bar in song.bars:
        tones = _pitches(bar.chord, low, high)
        roots = [p for p in tones if p % 12 == bar.chord[0]] or tones
        for k in range(int(bar.length)):
            pitch = int(rng.choice(roots if k == 0 else tones))
            notes.append(Note(bar.start + k, 0.9, pitch, _velocity(rng, 92)))
    return notes


def pulse_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    pattern = [k * 0.5 for k in range(16) if k % 2 == int(song.density > 0.5) or rng.random() < 0.3]
    notes = []
    for bar in song.bars:
        root = next(p for p in range(low, high + 1) if p % 12 == bar.chord[0])
        notes += [Note(bar.start + b, 0.4, root, _velocity(rng, 100)) for b in pattern if b < bar.length]
    return notes


def blues_riff(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A shuffled phrase on the blues scale with double stops."""
    notes = []
    for note in _melody_on(rng, song, low, high, _rhythm(rng, song, (0.5, 0.5, 1.0, 1.0), 0.15), 0.95):
        notes.append(note)
        if rng.random() < 0.25:
            notes.append(Note(note.start, note.length, note.pitch + 5, note.velocity))
    return notes


def power_chords(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    hits = [b for b in np.arange(0, 8, 0.5) if b == 0 or rng.random() < 0.3 + 0.4 * song.density]
    notes = []
    for bar in song.bars:
        root = next(p for p in range(low, high + 1) if p % 12 == bar.chord[0])
        inside = [h for h in hits if h < bar.length]
        for hit, after in zip(inside, [*inside[1:], bar.length]):
            for interval in (0, 7, 12):
                notes.append(Note(bar.start + float(hit), float(after - hit) * 0.95, root + interval, _velocity(rng, 98)))
    return notes


def toll(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """One or two great bells, slowly."""
    tones = _pitches(song.bars[0].chord, low, high)
    bells = rng.choice(tones, size=min(2, len(tones)), replace=False)
    return [Note(float(b), 4.0, int(bells[k % len(bells)]), _velocity(rng, 104)) for k, b in enumerate(range(0, song.beats, 2))]


def change_ringing(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Rounds on a descending scale, neighbours swapped from row to row."""
    count = int(rng.integers(4, 7))
    scale = _pitches(tuple((song.key + s) % 12 for s in song.scale), low, high)
    top = int(rng.integers(min(count, len(scale)), len(scale) + 1))
    row = scale[max(0, top - count) : top][::-1]
    notes, beat = [], 0.0
    step = 0.5 if song.density > 0.6 else 1.0
    while beat < song.beats - 1e-6:
        notes.append(Note(beat, 3.0, row[len(notes) % len(row)], _velocity(rng, 98)))
        if len(notes) % len(row) == 0:
            k = int(rng.integers(len(row) - 1))
            row[k], row[k + 1] = row[k + 1], row[k]
        beat += step
    return notes


def carillon(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    steps = _rhythm(rng, song, (0.5, 1.0, 1.0, 2.0), 0.05)
    tune = _melody_on(rng, song, (low + high) // 2, high, steps, 2.5)
    return tune + [Note(bar.start, 4.0, _pitches(bar.chord, low, high)[0], _velocity(rng, 98)) for bar in song.bars]


def _grid(rng: Rng, song: Song, pitch: int, step: float, chance: float, offset: float, velocity: int) -> list[Note]:
    beats = np.arange(offset, song.beats, step)
    return [Note(_swung(song, float(b)), 0.2, pitch, _velocity(rng, velocity)) for b in beats if rng.random() < chance]


def four_on_the_floor(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    notes = _grid(rng, song, KICK, 1, 1.0, 0, 116) + _grid(rng, song, OPEN_HAT, 1, 0.95, 0.5, 88)
    notes += _grid(rng, song, CLAP if rng.random() < 0.6 else SNARE, 2, 1.0, 1, 100)
    return notes + _grid(rng, song, CLOSED_HAT, 0.25, 0.2 + 0.7 * song.density, 0, 70)


def broken_beat(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A syncopated two-beat cell, repeated: hip-hop, breakbeat and electro live here."""
    cell = sorted({0.0, *(float(x) for x in rng.choice([0.5, 0.75, 1.25, 1.5, 1.75], size=2, replace=False))})
    notes = [Note(b + c, 0.2, KICK, _velocity(rng, 114)) for b in range(0, song.beats, 2) for c in cell]
    notes += _grid(rng, song, SNARE if rng.random() < 0.6 else CLAP, 2, 1.0, 1, 108)
    return notes + _grid(rng, song, CLOSED_HAT, 0.25 if song.density > 0.5 else 0.5, 0.85, 0, 76)


def jazz_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    notes = _grid(rng, song, RIDE, 1, 1.0, 0, 74) + _grid(rng, song, RIDE, 2, 0.95, 1.5, 62)
    return notes + _grid(rng, song, RIM, 2, 0.5, 1, 52)


def rock_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    notes = _grid(rng, song, KICK, 2, 1.0, 0, 100) + _grid(rng, song, SNARE, 2, 1.0, 1, 96)
    return notes + _grid(rng, song, CLOSED_HAT, 0.5, 0.95, 0, 70)


def shaker(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    return _grid(rng, song, SHAKER, 0.5, 0.95, 0, 72)
