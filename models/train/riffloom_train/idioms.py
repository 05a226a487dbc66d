"""Figures that belong to one instrument: what makes a banjo a banjo beside its sound."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from .figure_tools import (
    Rng, bar_at, let_ring, loudness, nearest, phrased, pitches, repeated, rhythm, rolled, root, scale_pitches,
    seconds_per_beat, swung, tune, voicing,
)  # fmt: skip
from .music import Note, Song

ACID_SLIDE_UP, ACID_SLIDE_DOWN, ACID_ACCENT = 99, 98, 112
"""Velocities that mean something to the acid bass: glide in from the octave below or above; from 112 on, an accent."""


def _tremolo(song: Song, note: Note) -> list[Note]:
    """A long note as a roll of some eleven strokes a second: how mallets hold a tone."""
    step = 1 / round(seconds_per_beat(song) / 0.09)
    count = max(1, round(note.length / step))
    return [
        Note(note.start + k * step, step * 1.5, note.pitch, max(30, note.velocity - (0 if k == 0 else 14)))
        for k in range(count)
    ]


def rolled_melody(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A tune for mallets: notes of a beat and more are rolled."""
    lengths = (0.5, 0.5, 1.0, 1.5) if song.density > 0.5 else (0.5, 1.0, 2.0)
    line = tune(rng, song, low, high, phrased(rng, song, lengths, 0.1), 1.0)
    return let_ring([n for note in line for n in (_tremolo(song, note) if note.length >= 0.99 else [note])])


def ostinato(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A short syncopated pattern over four chord tones, kept up as the chords change beneath it."""
    hits = [k * 0.25 for k in range(8) if k in (0, 3, 6) or rng.random() < 0.25 + 0.5 * song.density]
    order = rng.integers(0, 4, size=len(hits))
    top = int(rng.integers((low + high) // 2, high - 6))
    notes = []
    for index, (start, _) in enumerate(repeated([(h, 0.25) for h in hits], 2.0, song.beats)):
        tones = pitches(bar_at(song, start).chord, low, high)
        base = tones.index(nearest(tones, top - 8))
        pitch = tones[min(base + int(order[index % len(hits)]), len(tones) - 1)]
        notes.append(Note(start, 0.4, pitch, loudness(rng, 104 if start % 2 < 0.01 else 88)))
    return notes


def motor_chords(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Four mallets: a gently rolled chord, left to ring, and a few single tones over it."""
    notes = []
    for bar in song.bars:
        notes += rolled(rng, voicing(rng, bar, low, (low + high) // 2 + 5, 4), bar.start, bar.length, 0.06, 84)
        tones = pitches(bar.chord, (low + high) // 2, high)
        for beat in np.arange(1, bar.length, 0.5):
            if rng.random() < 0.3 + 0.35 * song.density:
                notes.append(Note(swung(song, bar.start + float(beat)), 1.5, int(rng.choice(tones)), loudness(rng, 92)))
    return let_ring(notes)


def music_box_tune(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A small tune at the top with a broken chord turning underneath, both on the comb's even teeth."""
    middle = (low + high) // 2
    line = tune(rng, song, middle, high, phrased(rng, song, (0.5, 0.5, 1.0, 1.0), 0.05), 2.0)
    for bar in song.bars:
        chord = voicing(rng, bar, low, middle + 2, 3)
        for k in range(int(bar.length * 2)):
            line.append(Note(bar.start + k * 0.5, 1.5, chord[(0, 2, 1, 2)[k % 4] % len(chord)], loudness(rng, 76)))
    return let_ring(line)


def banjo_roll(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Three-finger rolls in sixteenths; the short fifth string drones at the top."""
    # 4 is the drone; 0 to 3 are the long strings.
    patterns = (0, 2, 4, 1, 2, 4, 0, 3), (2, 1, 4, 2, 1, 4, 2, 3), (3, 2, 4, 3, 2, 4, 3, 1), (0, 4, 2, 3, 4, 1, 2, 4)
    pattern = patterns[rng.integers(4)]
    drone = root(bar_at(song, 0), high - 12)
    notes = []
    for bar in song.bars:
        strings = voicing(rng, bar, low, high - 8, 4)
        for k in range(int(bar.length * 4)):
            string = pattern[k % 8]
            pitch = drone if string == 4 else strings[string % len(strings)]
            notes.append(Note(bar.start + k * 0.25, 0.7, pitch, loudness(rng, 78 if string == 4 else 98)))
    return let_ring(notes)


def banjo_tune(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Clawhammer: a struck note, then brush and drone on the off-beat (bum-ditty)."""
    drone = root(bar_at(song, 0), high - 12)
    notes = tune(rng, song, low, high - 5, repeated([(0.0, 1.0)], 1.0, song.beats), 0.9)
    for beat in range(song.beats):
        chord = pitches(bar_at(song, beat).chord, low + 7, high - 5)[:3]
        notes += rolled(rng, chord, beat + 0.5, 0.4, 0.02, 84)
        notes.append(Note(beat + 0.75, 0.5, drone, loudness(rng, 86)))
    return let_ring(notes)


def harp_glissando(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Sweeps over all strings and, between them, chords from the bottom up."""
    scale = scale_pitches(song, low, high)
    sweeps = {int(b) for b in rng.choice(len(song.bars), size=max(1, len(song.bars) // 2), replace=False)}
    notes = []
    for index, bar in enumerate(song.bars):
        chord = pitches(bar.chord, low, high)
        if index in sweeps:
            strings = scale if rng.random() < 0.6 else scale[::-1]
            length = min(bar.length, float(rng.choice([1.0, 1.5, 2.0])))
            step = length / len(strings)
            for k, p in enumerate(strings):
                notes.append(Note(bar.start + k * step, 1.5, p, loudness(rng, 70 + 30 * k // len(strings))))
            rest = bar.start + length
        else:
            rest = bar.start
        for beat in np.arange(rest, bar.start + bar.length - 0.9, 1.0):
            first = int(rng.integers(0, max(1, len(chord) - 6)))
            notes += rolled(rng, chord[first : first + 6], float(beat), 2.5, 0.08, 90)
    return let_ring(notes)


def reel(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A fiddler's stream of sixteenths and eighths, bowed on, with an open string beside the accents."""
    steps = phrased(rng, song, (0.25, 0.25, 0.25, 0.5), 0.0)
    line = tune(rng, song, low + 5, high, steps, 0.92)
    drones = [
        Note(n.start, n.length, nearest(pitches(bar_at(song, n.start).chord, low, n.pitch - 3), n.pitch - 7), n.velocity - 14)
        for n in line
        if abs(n.start - round(n.start)) < 1e-6 and n.pitch - 3 >= low + 12 and rng.random() < 0.35
    ]
    return [*(n if abs(n.start % 1) < 1e-6 else replace(n, velocity=max(30, n.velocity - 12)) for n in line), *drones]


def slow_air(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A singing slow melody, ornamented by turns from above, with double stops."""
    notes = []
    for note in tune(rng, song, low + 9, high, rhythm(rng, song.beats, (1.0, 1.5, 2.0, 2.0), 0.0), 1.0):
        if rng.random() < 0.3:
            scale = scale_pitches(song, note.pitch + 1, note.pitch + 12)
            notes.append(Note(note.start, 0.12, scale[0], note.velocity))
            note = replace(note, start=note.start + 0.12, length=note.length - 0.1)
        notes.append(note)
        if rng.random() < 0.35:
            below = pitches(bar_at(song, note.start).chord, low, note.pitch - 3)
            if below:
                notes.append(Note(note.start, note.length, below[-1], max(30, note.velocity - 16)))
    return let_ring(notes)


def sitar_raga(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A line whose tones are pulled up from below, over strokes of the drone strings."""
    key = low + (song.key - low) % 12
    notes = []
    for beat in np.arange(0, song.beats, 1.0 if song.density > 0.5 else 2.0):
        notes += [Note(float(beat) + 0.02, 2.0, key, loudness(rng, 78)), Note(float(beat) + 0.5, 1.5, key + 7, loudness(rng, 62))]
    lengths = (0.25, 0.25, 0.5, 0.5, 1.0) if song.density > 0.5 else (0.5, 0.5, 1.0, 2.0)
    for note in tune(rng, song, key + 9, high, rhythm(rng, song.beats, lengths, 0.05), 1.05):
        if note.length >= 0.5 and rng.random() < 0.55:
            # A bend, in steps: the string is struck low and pulled up to its tone.
            from_below = [p for p in range(note.pitch - int(rng.integers(1, 4)), note.pitch)]
            grace = 0.3 / len(from_below) * min(1.0, note.length)
            notes += [Note(note.start + k * grace, grace, p, note.velocity) for k, p in enumerate(from_below)]
            bend = grace * len(from_below)
            note = replace(note, start=note.start + bend, length=note.length - bend * 0.9)
        notes.append(note)
    return let_ring([n for n in notes if n.start < song.beats + 0.4])


def calypso(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Three-three-two in parallel thirds or sixths, long notes rolled."""
    cells = ([(0, 0.75), (0.75, 0.75), (1.5, 0.5)], [(0, 0.5), (0.5, 0.25), (0.75, 0.75), (1.5, 0.5)], [(0, 0.75), (0.75, 1.25)])
    first, second = (cells[i] for i in rng.choice(3, size=2, replace=False))
    cell = first + [(start + 2, length) for start, length in second]
    scale = scale_pitches(song, low, high)
    notes = []
    for note in tune(rng, song, low + 5, high, repeated(cell, 4.0, song.beats), 1.0):
        voices = [note]
        if rng.random() < 0.6:
            at = scale.index(nearest(scale, note.pitch))
            voices.append(replace(note, pitch=scale[max(0, at - 2)], velocity=max(30, note.velocity - 10)))
        notes += [n for v in voices for n in (_tremolo(song, v) if v.length >= 1.0 else [v])]
    return let_ring(notes)


def fanfare(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Dotted calls on the chord's own tones, all voices moving together."""
    steps = phrased(rng, song, (0.75, 0.25, 0.5, 0.5, 1.0, 2.0), 0.05)
    size = 3
    notes, top = [], (low + 2 * high) // 3
    for start, length in steps:
        tones = pitches(bar_at(song, start).chord, low, high)
        at = int(np.clip(tones.index(nearest(tones, top)) + rng.integers(-1, 2), size - 1, len(tones) - 1))
        top = tones[at]
        notes += [Note(start, length * 0.85, p, loudness(rng, 104)) for p in tones[at - size + 1 : at + 1]]
    return notes


def bugle_call(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A fanfare for one: dotted leaps between chord tones, repeated notes, a held end."""
    steps = phrased(rng, song, (0.25, 0.25, 0.5, 0.75, 1.0, 1.5), 0.06)
    notes, pitch = [], (low + high) // 2
    for start, length in steps:
        tones = pitches(bar_at(song, start).chord, low, high)
        at = tones.index(nearest(tones, pitch)) + int(rng.choice([-1, 0, 0, 1, 1, 2]))
        pitch = tones[at] if 0 <= at < len(tones) else tones[len(tones) // 2]
        notes.append(Note(start, length * 0.9, pitch, loudness(rng, 104)))
    return notes


def organ_stabs(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A drawbar organ: percussive chords off the beat below a line that holds and runs."""
    middle = (low + high) // 2
    notes = tune(rng, song, middle, high, phrased(rng, song, (0.5, 0.5, 1.0, 2.0), 0.05), 0.98)
    for bar in song.bars:
        chord = voicing(rng, bar, low, middle, 3)
        for beat in np.arange(0.5, bar.length, 1.0):
            notes += [Note(swung(song, bar.start + float(beat)), 0.2, p, loudness(rng, 100)) for p in chord]
    return let_ring(notes)


def toccata(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Running sixteenths over a pedal note and a held chord: an organist's free play."""
    notes = []
    for bar in song.bars:
        pedal = root(bar, low)
        notes += [Note(bar.start, bar.length * 0.98, p, 90) for p in (pedal, pedal + 12)]
        notes += [Note(bar.start, bar.length * 0.98, p, 80) for p in pitches(bar.chord, pedal + 13, pedal + 24)[:3]]
    run = tune(rng, song, low + 25, high, repeated([(0.0, 0.25)], 0.25, song.beats), 0.95)
    return let_ring(notes + run)


def blues_riff(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A shuffled phrase on the blues scale with double stops."""
    notes = []
    for note in tune(rng, song, low, high, phrased(rng, song, (0.5, 0.5, 1.0, 1.0), 0.15), 0.95):
        notes.append(note)
        if rng.random() < 0.25:
            notes.append(Note(note.start, note.length, note.pitch + 5, note.velocity))
    return let_ring(notes)


def power_chords(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    hits = [b for b in np.arange(0, 12, 0.5) if b == 0 or rng.random() < 0.3 + 0.4 * song.density]
    notes = []
    for bar in song.bars:
        inside = [h for h in hits if h < bar.length]
        for hit, after in zip(inside, [*inside[1:], bar.length]):
            for interval in (0, 7, 12):
                pitch = root(bar, low) + interval
                notes.append(Note(bar.start + float(hit), float(after - hit) * 0.95, pitch, loudness(rng, 98)))
    return notes


def bass_groove(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A riff of root, fifth, octave and seventh in a syncopated two-beat pattern."""
    hits = [0.0, *(k * 0.25 for k in range(2, 8) if rng.random() < 0.35 + 0.35 * song.density)]
    intervals = [0, *(int(rng.choice([0, 0, 7, 12, 10, 5])) for _ in hits[1:])]
    ends = [*hits[1:], 2.0]
    notes = []
    for index, (start, length) in enumerate(repeated([(h, e - h) for h, e in zip(hits, ends)], 2.0, song.beats)):
        pitch = root(bar_at(song, start), low) + intervals[index % len(hits)]
        notes.append(Note(start, min(length * 0.9, 1.2), pitch, loudness(rng, 100)))
    return notes


def slap_octaves(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Thumb on the beat, popped octaves off it, dead notes between."""
    notes = []
    for beat in range(song.beats):
        base = root(bar_at(song, beat), low)
        notes.append(Note(float(beat), 0.35, base, loudness(rng, 108)))
        notes.append(Note(swung(song, beat + 0.5), 0.2, base + 12, loudness(rng, 112)))
        if rng.random() < 0.2 + 0.6 * song.density:
            notes.append(Note(beat + 0.75, 0.12, base + int(rng.choice([0, 10, 7])), loudness(rng, 88)))
    return notes


def acid_pattern(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """One bar of sixteenths on a step sequencer, with octave leaps, accents and slides, around and around."""
    steps = 16 if song.beats_per_clip in (8, 12) else 8
    chance = 0.55 + 0.4 * song.density
    rows = [(k, int(rng.choice([0, 0, 0, 12, 12, 3, 7, 10, -12]))) for k in range(steps) if k == 0 or rng.random() < chance]
    velocities = [int(rng.choice([70, 78, 86, 94, 116, 122, ACID_SLIDE_UP, ACID_SLIDE_DOWN])) for _ in rows]
    cell = [(k * 0.25, 0.25) for k, _ in rows]
    base = root(song.bars[0], low + 8)
    follow = rng.random() < 0.4
    notes = []
    for index, (start, length) in enumerate(repeated(cell, steps * 0.25, song.beats)):
        _, interval = rows[index % len(rows)]
        velocity = velocities[index % len(rows)]
        home = root(bar_at(song, start), low + 8) if follow else base
        tied = velocity in (ACID_SLIDE_UP, ACID_SLIDE_DOWN)
        notes.append(Note(start, length * (1.6 if tied else 0.7), max(home + interval, low), velocity))
    return notes
