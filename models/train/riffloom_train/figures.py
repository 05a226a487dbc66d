"""Ways of playing. A figure turns the song's harmony into one part's notes.

Every figure has the signature `(rng, song, low, high) -> list[Note]`, where low and high bound the register in MIDI
numbers, and is named in the table of families. Notes may ring past the loop's end: the renderer folds them round.

Here are the figures that suit many instruments. What belongs to one instrument is in idioms, drums are in percussion,
rain, wind and typewriter in textures; the names of the drums' figures can be had from here too.
"""
from __future__ import annotations

import numpy as np

from .figure_tools import (  # noqa: F401
    Figure, Rng, bar_at, hands, let_ring, loudness, nearest, phrased, pitches, repeated, rhythm, root, scale_pitches,
    swung, tune, voicing,
)  # fmt: skip
from .idioms import blues_riff, power_chords  # noqa: F401
from .music import Note, Song
from .percussion import *  # noqa: F403


def melody(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    lengths = (0.5, 0.5, 1.0, 1.0, 1.5) if song.density > 0.5 else (0.5, 1.0, 1.0, 2.0)
    return tune(rng, song, low, high, phrased(rng, song, lengths, 0.08), 0.97)


def slow_melody(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    return tune(rng, song, low, high, rhythm(rng, song.beats, (1.0, 2.0, 2.0, 3.0), 0.0), 1.05)


def fast_line(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    return tune(rng, song, low, high, rhythm(rng, song.beats, (0.5, 0.5, 0.5, 0.25, 1.0), 0.15), 0.85)


def runs(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Scales that hurry up or down and land on a held chord tone, as woodwinds love them."""
    scale = scale_pitches(song, low, high)
    notes, beat, at = [], 0.0, len(scale) // 2
    while beat < song.beats - 1e-6:
        count = min(int(rng.choice([3, 4, 6, 7])), int((song.beats - beat) * 4))
        rising = at < len(scale) // 3 or (at < 2 * len(scale) // 3 and rng.random() < 0.5)
        for _ in range(count):
            at = int(np.clip(at + (1 if rising else -1), 0, len(scale) - 1))
            notes.append(Note(beat, 0.24, scale[at], loudness(rng, 90)))
            beat += 0.25
        held = min(float(rng.choice([1.0, 1.25, 1.5] if song.density > 0.5 else [1.5, 2.0])), song.beats - beat)
        if held > 1e-6:
            pitch = nearest(pitches(bar_at(song, beat).chord, low, high), scale[at])
            notes.append(Note(beat, held * 0.95, pitch, loudness(rng, 98)))
            at = scale.index(nearest(scale, pitch))
            beat += held
    return notes


def sustained_chords(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    size = int(rng.integers(3, 6))
    return [
        Note(bar.start, bar.length * 0.99, pitch, loudness(rng, 84))
        for bar in song.bars
        for pitch in voicing(rng, bar, low, high, size)
    ]


def pulsed_chords(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Repeated chords on the beat or its halves, as marcato strings or an organ play them."""
    step = 0.5 if song.density > 0.6 else 1.0
    notes = []
    for bar in song.bars:
        chord = voicing(rng, bar, low, high, 4)
        for k in range(int(bar.length / step)):
            notes += [Note(bar.start + k * step, step * 0.8, p, loudness(rng, 92)) for p in chord]
    return notes


def hymn(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Four voices that move together, one chord to a beat or two."""
    step = 1.0 if song.density > 0.5 else 2.0
    notes, beat = [], 0.0
    while beat < song.beats - 1e-6:
        length = min(step, song.beats - beat)
        for p in voicing(rng, bar_at(song, beat), low, high, 4):
            notes.append(Note(beat, length * 0.98, p, loudness(rng, 88)))
        beat += step
    return notes


def strum(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Guitar strokes: the strings speak one after another, up-strokes lighter and from the top."""
    pattern = [(0, 1), (1, 1), (1.5, -1), (2.5, -1), (3, 1), (3.5, -1)] if song.density > 0.4 else [(0, 1), (2, 1), (3, -1)]
    notes = []
    for bar in song.bars:
        chord = voicing(rng, bar, low, high, 6)
        for offset, direction in pattern:
            if offset >= bar.length:
                continue
            strings = chord if direction > 0 else chord[:2:-1]
            spread = 0.02 + 0.03 * rng.random()
            for k, pitch in enumerate(strings):
                start = swung(song, bar.start + offset) + k * spread
                notes.append(Note(start, 1.2, pitch, loudness(rng, 96 if direction > 0 else 74)))
    return let_ring(notes)


def fingerpick(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A bass note on the beat and broken chord tones between."""
    order = rng.permutation(4)
    notes = []
    for bar in song.bars:
        chord = voicing(rng, bar, low, high, 6)
        bass, upper = chord[0], chord[-4:]
        for k in range(int(bar.length * 2)):
            start = bar.start + k * 0.5
            if k % 4 == 0:
                notes.append(Note(start, 2.0, bass, loudness(rng, 98)))
            notes.append(Note(start, 1.4, upper[order[k % 4] % len(upper)], loudness(rng, 84)))
    return let_ring(notes)


def _broken(rng: Rng, song: Song, low: int, high: int, size: int, step: float, order: tuple[int, ...], ring: float) -> list[Note]:
    """Chords one tone at a time, in this order of the chord's tones from below."""
    notes = []
    for bar in song.bars:
        chord = voicing(rng, bar, low, high, size)
        for k in range(int(bar.length / step)):
            pitch = chord[order[k % len(order)] % len(chord)]
            notes.append(Note(bar.start + k * step, step * ring, pitch, loudness(rng, 94 if k % len(order) == 0 else 84)))
    return let_ring(notes)


def arpeggio(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    size = int(rng.integers(3, 6))
    order = tuple(range(size)) if rng.integers(2) else tuple(range(size))[::-1]
    return _broken(rng, song, low, high, size, 0.25 if song.density > 0.5 else 0.5, order, 0.9)


def ringing_arpeggio(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Up and down again, every tone left to ring: harps, vibraphones, music boxes."""
    size = int(rng.integers(4, 7))
    order = (*range(size), *range(size - 2, 0, -1))
    return _broken(rng, song, low, high, size, 0.25 if song.density > 0.6 else 0.5, order, 5.0)


def wide_arpeggio(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The left hand of a ballad: root, fifth, tenth and back in ringing eighths."""
    order = ((0, 2, 3, 4, 3, 2), (0, 2, 4, 2), (0, 1, 2, 3, 4, 3, 2, 1))[rng.integers(3)]
    notes = []
    for bar in song.bars:
        tones = pitches(bar.chord, root(bar, low), high + 6)
        for k in range(int(bar.length * 2)):
            pitch = tones[min(order[k % len(order)], len(tones) - 1)]
            notes.append(Note(bar.start + k * 0.5, 1.6, pitch, loudness(rng, 86)))
    return let_ring(notes)


def alberti(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The classical left hand: low, high, middle, high."""
    return _broken(rng, song, low, high, 3, 0.25 if song.density > 0.5 else 0.5, (0, 2, 1, 2), 1.1)


def baroque_arpeggio(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Sixteenths over a wide chord, as in a prelude for the keyboard."""
    order = ((0, 1, 2, 3, 4, 2, 3, 4), (0, 2, 1, 3, 2, 4, 3, 5), (0, 1, 2, 3, 4, 5, 4, 3, 2, 1))[rng.integers(3)]
    return _broken(rng, song, low, high, 6, 0.25, order, 1.3)


def jazz_comping(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Short chords on and around the swung off-beats."""
    notes = []
    for bar in song.bars:
        chord = voicing(rng, bar, low, high, 4)
        hits = [h for h in np.arange(0, bar.length, 0.5) if rng.random() < 0.25 + 0.25 * song.density] or [0.0]
        for hit in hits:
            length = float(rng.choice([0.3, 0.5, 1.2]))
            for p in chord:
                notes.append(Note(swung(song, bar.start + float(hit)), length, p, loudness(rng, 82)))
    return let_ring(notes)


def stabs(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Short chords in a syncopated two-beat pattern that stays the same while the harmony moves."""
    count = 2 + int(song.density > 0.4)
    cell = sorted({0.0, *(float(x) for x in rng.choice([0.5, 0.75, 1.0, 1.5, 1.75], size=count, replace=False))})
    notes = []
    for start, _ in repeated([(c, 0.3) for c in cell], 2.0, song.beats):
        # The chord of a bar is voiced alike each time: its own generator, seeded by where the bar is.
        bar = bar_at(song, start)
        chord = voicing(np.random.default_rng([song.key, int(bar.start)]), bar, low, high, 4)
        notes += [Note(start, 0.32 if rng.random() < 0.8 else 0.7, p, loudness(rng, 100)) for p in chord]
    return let_ring(notes)


def oom_pah(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Bass on the one, chords on the beats after it: waltz where the bars divide by three, polka elsewhere."""
    notes = []
    for bar in song.bars:
        group = 3 if bar.length % 3 == 0 else 2
        bass = root(bar, low)
        chord = pitches(bar.chord, bass + 5, max(high, bass + 16))[:3]
        for k in range(int(bar.length)):
            on_one = k % group == 0
            low_note = bass if k % (2 * group) == 0 else bass + 7
            for p in (low_note,) if on_one else chord:
                notes.append(Note(bar.start + k, 0.6 if on_one else 0.4, p, loudness(rng, 98 if on_one else 82)))
    return notes


def walking_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    notes = []
    for bar in song.bars:
        tones = pitches(bar.chord, low, high)
        roots = [p for p in tones if p % 12 == bar.chord[0]] or tones
        for k in range(int(bar.length)):
            pitch = int(rng.choice(roots if k == 0 else tones))
            notes.append(Note(bar.start + k, 0.9, pitch, loudness(rng, 92)))
    return notes


def pulse_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    pattern = [k * 0.5 for k in range(24) if k % 2 == int(song.density > 0.5) or rng.random() < 0.3]
    notes = []
    for bar in song.bars:
        notes += [Note(bar.start + b, 0.4, root(bar, low), loudness(rng, 100)) for b in pattern if b < bar.length]
    return notes


def toll(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """One or two great bells, slowly."""
    tones = pitches(song.bars[0].chord, low, high)
    bells = rng.choice(tones, size=min(2, len(tones)), replace=False)
    strokes = enumerate(range(0, song.beats, 2))
    return let_ring([Note(float(b), 4.0, int(bells[k % len(bells)]), loudness(rng, 104)) for k, b in strokes])


def change_ringing(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Rounds on a descending scale, neighbours swapped from row to row."""
    count = int(rng.integers(4, 7))
    scale = scale_pitches(song, low, high)
    top = int(rng.integers(min(count, len(scale)), len(scale) + 1))
    row = scale[max(0, top - count) : top][::-1]
    notes, beat = [], 0.0
    step = 0.5 if song.density > 0.6 else 1.0
    while beat < song.beats - 1e-6:
        notes.append(Note(beat, 3.0, row[len(notes) % len(row)], loudness(rng, 98)))
        if len(notes) % len(row) == 0:
            k = int(rng.integers(len(row) - 1))
            row[k], row[k + 1] = row[k + 1], row[k]
        beat += step
    return let_ring(notes)


def carillon(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    steps = phrased(rng, song, (0.5, 1.0, 1.0, 2.0), 0.05)
    tones = tune(rng, song, (low + high) // 2, high, steps, 2.5)
    bass = [Note(bar.start, 4.0, pitches(bar.chord, low, high)[0], loudness(rng, 98)) for bar in song.bars]
    return let_ring(tones + bass)
