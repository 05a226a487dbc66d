"""Rhythmic cells: how styles write a bar down, and the small tools that their drums, basses and chords share.

A cell is a string with one character for each step of a bar, "." for silence: "X..x..x." at four steps to the beat. Bars
longer than the cell repeat it and shorter ones cut it, so that a clip may end with half a bar.
"""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .music import Bar, Note, Song

Rng = np.random.Generator
Cell = str | tuple[str, ...]
"""Several cells take turns, bar by bar."""

LOUDNESS = {"X": 114, "x": 96, "o": 76, "g": 48}
"""Accent, hit, light hit, ghost note. Any other mark is as loud as a hit."""


def hits(song: Song, cell: Cell, steps: int = 4) -> Iterator[tuple[int, float, str, float]]:
    """For each mark: the number of its bar, its beat, the mark, and the beats until the next mark or the bar's end."""
    cells = (cell,) if isinstance(cell, str) else cell
    for index, bar in enumerate(song.bars):
        text = cells[index % len(cells)]
        count = round(bar.length * steps)
        marks = [(k, text[k % len(text)]) for k in range(count) if text[k % len(text)] != "."]
        for (k, mark), after in zip(marks, [*(k for k, _ in marks[1:]), count]):
            yield index, bar.start + k / steps, mark, (after - k) / steps


def pick(rng: Rng, options: tuple):
    return options[int(rng.integers(len(options)))]


def humanised(rng: Rng, mark: str | int) -> int:
    centre = LOUDNESS.get(mark, LOUDNESS["x"]) if isinstance(mark, str) else mark
    return int(np.clip(rng.normal(centre, 5), 28, 124))


def late(beat: float, amount: float) -> float:
    """Swings the sixteenths: every second one comes later by `amount` of a beat."""
    return beat + amount if round(beat * 4) % 2 else beat


def swung(beat: float) -> float:
    """Swings the eighths: an off-beat moves to the last third of its beat."""
    whole, part = divmod(beat, 1.0)
    return whole + (2 / 3 if abs(part - 0.5) < 1e-6 else part)


def pitches(classes, low: int, high: int) -> list[int]:
    """All pitches of these classes inside the register, ascending."""
    return [p for p in range(low, high + 1) if p % 12 in classes]


def root_of(bar: Bar, low: int) -> int:
    """The lowest root from `low` on."""
    return low + (bar.chord[0] - low) % 12


def next_bar(song: Song, index: int) -> Bar:
    return song.bars[(index + 1) % len(song.bars)]


def pentatonic(song: Song) -> set[int]:
    """Five tones of the mode that fit all its chords: the minor or major pentatonic; the whole of a mode that has neither."""
    mode = {0, *song.scale}
    five = next((p for p in ((0, 3, 5, 7, 10), (0, 2, 4, 7, 9)) if mode.issuperset(p)), song.scale)
    return {(song.key + s) % 12 for s in five}


def extended(bar: Bar, rootless: bool = False) -> tuple[int, ...]:
    """The chord with its ninth added; a pianist beside a bass leaves the root out."""
    chord = bar.chord[1:] if rootless else bar.chord
    return tuple(dict.fromkeys((*chord, (bar.chord[0] + 2) % 12)))


def voicings(song: Song, low: int, high: int, size: int, chord=lambda bar: bar.chord) -> list[list[int]]:
    """One chord for each bar, of `size` neighbouring tones; every chord lies as near as it can to the one before it."""
    centre, chords = (low + high) / 2, []
    for bar in song.bars:
        tones = pitches(chord(bar), low, high)
        windows = [tones[k : k + size] for k in range(max(1, len(tones) - size + 1))]
        chords.append(min(windows, key=lambda w: abs(np.mean(w) - centre)))
        # Half-way back to the middle, so that a long progression does not creep out of the register.
        centre = (float(np.mean(chords[-1])) + (low + high) / 2) / 2
    return chords


def damped(notes: list[Note]) -> list[Note]:
    """Ends a note before the same key is struck again; its late note-off would silence the new one."""
    done: list[Note] = []
    for note in sorted(notes, key=lambda n: (n.pitch, n.start)):
        if done and done[-1].pitch == note.pitch and done[-1].start + done[-1].length > note.start:
            before = done.pop()
            gap = note.start - before.start
            if gap > 1e-3:
                done.append(Note(before.start, max(0.02, gap - 0.02), before.pitch, before.velocity))
        done.append(note)
    return sorted(done, key=lambda n: (n.start, n.pitch))
