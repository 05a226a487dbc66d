"""How a melodic instrument leads in each style, as figures. Every lick copes with any register of an octave or more."""
from __future__ import annotations

import numpy as np

from .cells import Cell, Rng, damped, hits, humanised, late, pentatonic, pick, pitches, swung
from .music import Note, Song

BLUES = (0, 3, 5, 6, 7, 10)
MINOR_PENTATONIC, MAJOR_PENTATONIC = (0, 3, 5, 7, 10), (0, 2, 4, 7, 9)


def _tones(song: Song, scale: tuple[int, ...], low: int, high: int) -> list[int]:
    return pitches({(song.key + s) % 12 for s in scale}, low, high)


def _kept(position: int, count: int) -> int:
    """Turns a walk back at the register's ends."""
    if position < 0:
        return min(-position, count - 1)
    return max(2 * (count - 1) - position, 0) if position >= count else position


def phrase(
    rng: Rng,
    song: Song,
    tones: list[int],
    cells: tuple[str, ...],
    steps: int = 4,
    moves=(-2, -1, -1, 1, 1, 2),
    gate: float = 0.92,
) -> list[Note]:
    """Two motifs by turns, bar by bar. A motif keeps its rhythm and shape; the bar's chord decides where it starts."""
    motifs = tuple(pick(rng, cells) for _ in range(2))
    shapes = {cell: rng.choice(moves, size=len(cell)) for cell in motifs}
    notes, last, position, count = [], -1, len(tones) // 2, 0
    for index, beat, mark, until_next in hits(song, motifs, steps):
        if index != last:
            chord = [k for k, p in enumerate(tones) if p % 12 in song.bars[index].chord] or [position]
            position, count, last = min(chord, key=lambda k: abs(k - position)), 0, index
        notes.append(Note(beat, until_next * gate, tones[position], humanised(rng, mark)))
        shape = shapes[motifs[index % 2]]
        position, count = _kept(position + int(shape[count % len(shape)]), len(tones)), count + 1
    return notes


def blues_lick(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Triplet phrases on the blues scale, with crushed notes from below and double stops, and room to breathe."""
    cells = ("x.xx.xX.....", "..xX.xx..X..", "xxxX.....x.x", "X.xx.x......", "...x.xxxxX..")
    notes = []
    for note in phrase(rng, song, _tones(song, BLUES, low, high), cells, 3):
        chance = rng.random()
        if chance < 0.2:
            notes.append(Note(note.start, 0.08, note.pitch - 1, note.velocity))
            note = Note(note.start + 0.09, max(0.1, note.length - 0.09), note.pitch, note.velocity)
        elif chance < 0.4:
            notes.append(Note(note.start, note.length, note.pitch + 5, note.velocity - 8))
        notes.append(note)
    return damped(notes)


def bebop_line(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Swung eighths: chord tones on the beat, each approached by a semitone or a step; phrases end and rest."""
    notes, up, rest = [], bool(rng.integers(2)), 0
    pitch = (low + high) // 2
    for index, beat, _, _ in hits(song, "x", 1):
        tones = pitches(song.bars[index].chord, low, high)
        onward = [p for p in tones if (p > pitch if up else p < pitch)]
        if not onward or abs(onward[0 if up else -1] - pitch) > 9:
            up, onward = not up, [p for p in tones if (p < pitch if up else p > pitch)] or tones
        target = onward[0] if up else onward[-1]
        if rest:
            rest -= 1
        else:
            notes.append(Note(beat, 0.6, target, humanised(rng, 98)))
            if rng.random() < 0.14:
                rest = 1
            else:
                approach = target + int(pick(rng, (-1, 1, 2, 3, -2)))
                notes.append(Note(swung(beat + 0.5), 0.32, approach, humanised(rng, 88)))
        pitch = target
        if rng.random() < 0.2:
            up = not up
    return notes or [Note(0.0, 1.0, pitch, 98)]


def funk_lick(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Short sixteenths off the beat, then silence."""
    cells = ("X.x..xX...x.....", "..xX..x.xX......", "X..x.xx.....x.x.", "x.xX.......xx.X.")
    return phrase(rng, song, _tones(song, MINOR_PENTATONIC, low, high), cells, 4, gate=0.6)


def disco_lick(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A singable hook of dotted notes."""
    cells = ("X..x..x.X.......", "X.......x..x..X.", "x.x.X...x.x.X...")
    return phrase(rng, song, _tones(song, song.scale, low, high), cells, 4)


def afrobeat_riff(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A horn player's pentatonic call, the same again and again."""
    cells = ("X.x.x..X........", "..X..x..x.X.....", "X..x..x.x.x.X...")
    return phrase(rng, song, pitches(pentatonic(song), low, high), cells, 4, gate=0.8)


def bossa_melody(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Soft and late: long notes that begin off the beat."""
    cells = ("..o..o..x.......", "...x..o....o....", "o..x....o..o....", "...o...x........")
    return phrase(rng, song, _tones(song, song.scale, low, high), cells, 4, (-2, -1, -1, 1), 1.0)


def guajeo(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Salsa's broken chord in the montuno's rhythm."""
    cells = ("X.xx.x.x.x.x.x.x", ".x.x.x.xX.xx.x.x")
    cell, order = pick(rng, cells), pick(rng, ((0, 1, 2, 1), (0, 2, 1, 2), (2, 1, 0, 2)))
    notes = []
    for count, (index, beat, mark, until_next) in enumerate(hits(song, cell)):
        tones = pitches(song.bars[index].chord, low, high)
        start = max(0, len(tones) // 2 - 1)
        notes.append(Note(beat, until_next * 0.8, tones[min(start + order[count % 4], len(tones) - 1)], humanised(rng, mark)))
    return notes


def mambo_line(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Punched syncopations of a horn line."""
    cells = ("..X..xX...x.X...", "X..X..X.........", "......x.xxX..X..")
    return phrase(rng, song, _tones(song, song.scale, low, high), cells, 4, gate=0.75)


def reggae_melody(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Few pentatonic notes, laid back."""
    cells = ("x...x.x.X.......", "..x.x...X...x...", "X.....x.x.......")
    return phrase(rng, song, pitches(pentatonic(song), low, high), cells, 4, (-1, -1, 1, 1, 0), 0.9)


def techno_sequence(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A hypnotic sequence of two or three tones that ignores the bars' chords; its length may be odd."""
    tones = _tones(song, (0, 3, 7, 10), low, high)
    first = int(rng.integers(max(1, len(tones) - 3)))
    cell = pick(rng, ("x..x..", "x..x..x.", "xx.x", "x.xx.x.x"))
    order = rng.integers(first, min(first + 3, len(tones)), size=len(cell))
    steps = [(k, k % len(cell)) for k in range(song.beats * 4)]
    return [Note(k / 4, 0.2, tones[order[step]], humanised(rng, 94)) for k, step in steps if cell[step] == "x"]


def hip_hop_lick(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A sampled fragment: a few swung notes, looped."""
    cells = ("x.xx..x.........", "....x.xo..x.....", "x..x..o.....o.x.")
    tones = pitches(pentatonic(song), low, high)
    return [Note(late(n.start, 0.09), n.length, n.pitch, n.velocity) for n in phrase(rng, song, tones, cells, 4)]


def rock_lick(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Straight eighths and sixteenths on the pentatonic, ends held."""
    cells = ("X.x.x.X.x.x.X...", "X...x.xxX.......", "xxX.xxX.X.x.X...", "X.xxx.x.X.x.x.x.")
    return phrase(rng, song, pitches(pentatonic(song), low, high), cells, 4)


def waltz_tune(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Quarters and long notes in three, with a run of eighths to turn round."""
    cells = ("X...x.", "X.x.x.", "X.....", "Xxxxxx", "X..xx.")
    return phrase(rng, song, _tones(song, song.scale, low, high), cells, 2, gate=0.95)


def gospel_run(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A held note, then a melisma of triplets down the pentatonic."""
    cells = ("X.....xxxX..", "X..xxxX.....", "..xX.....xxx", "X....xX..x.x")
    return phrase(rng, song, _tones(song, MAJOR_PENTATONIC, low, high), cells, 3, (-1, -1, -1, 1, 2), 0.97)


def long_tones(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Ambient: a tone for each bar or half of it, near the one before, ringing over."""
    cell: Cell = ("x...", "x.x.") if song.density > 0.5 else "x..."
    tones = _tones(song, song.scale, low, high)
    notes, position = [], len(tones) // 2
    for index, beat, _, until_next in hits(song, cell, 1):
        chord = [k for k, p in enumerate(tones) if p % 12 in song.bars[index].chord] or [position]
        position = min(chord, key=lambda k: abs(k - position - int(rng.integers(-3, 4))))
        notes.append(Note(beat, until_next + 0.5, tones[position], humanised(rng, 78)))
    return damped(notes)


def _takht_line(song: Song) -> list[tuple[float, float, int]]:
    """The tune that an Arabic ensemble shares: (start, length, scale degree). The song decides it, not the player."""
    rng = np.random.default_rng([int(song.density * 2**31), song.key, song.beats])
    cells = ("x.xxx.x.x.xxx...", "x.xxxxx.x.x.x...", "x...x.xxx.xxx.x.", "..x.x.xxxxx.x...", "x.x.xxx.xxxxx...")
    motifs = tuple(pick(rng, cells) for _ in range(2))
    line, degree, last = [], int(pick(rng, (0, 4, 4))), -1
    for index, beat, _, until_next in hits(song, motifs):
        if index != last and last >= 0:
            degree = int(pick(rng, (4, 3, 0, 5)))
        last = index
        line.append((beat, until_next, degree))
        degree += int(pick(rng, (-1, -1, -1, 1, 1, -2, 2)))
        degree = 1 if degree < -2 else 5 if degree > 8 else degree
    # The mode's home ends the loop, so that the ear knows it.
    line[-1] = (*line[-1][:2], 0)
    return line


def _takht_pitch(song: Song, degree: int, low: int, high: int) -> int:
    tonic = low + (song.key - low) % 12
    tonic += 12 if high - tonic > 22 or tonic - low < 4 else 0
    octave, step = divmod(degree, len(song.scale))
    pitch = tonic + 12 * octave + song.scale[step]
    return pitch - 12 if pitch > high + 3 else pitch


def takht_plain(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The shared tune as the oud plucks it: long notes become a tremolo of eighths."""
    notes = []
    for start, length, degree in _takht_line(song):
        count = max(1, round(length / 0.5))
        pitch = _takht_pitch(song, degree, low, high)
        for k in range(count):
            velocity = humanised(rng, "o" if k else "X")
            notes.append(Note(start + k * length / count, length / count * 0.9, pitch, velocity))
    return notes


def takht_ornamented(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The shared tune with turns and grace notes, each player's own: heterophony."""
    notes = []
    for start, length, degree in _takht_line(song):
        pitch, upper, lower = (_takht_pitch(song, degree + d, low, high) for d in (0, 1, -1))
        chance = rng.random()
        if length >= 0.5 and chance < 0.45:
            turn = ((pitch, upper, pitch), (upper, pitch, lower))[int(chance < 0.15)]
            notes += [Note(start + k * 0.125, 0.11, p, humanised(rng, 92)) for k, p in enumerate(turn)]
            notes.append(Note(start + 0.375, length - 0.375, pitch, humanised(rng, 98)))
        else:
            notes.append(Note(start, length * 0.98, pitch, humanised(rng, 96)))
    return damped(notes)


def reel(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A fiddle tune: even running notes, stepwise and in broken chords, the bar's end turning back."""
    steps = 4 if song.beats_per_clip <= 10 else 2
    cells = ("XxxxXxxxXxxxXxxx", "X.xxXxxxX.xxXxxx", "XxxxX.x.XxxxX.x.")
    return phrase(rng, song, _tones(song, song.scale, low, high), cells, steps, (-1, 1, 1, -1, 2, -2, 1, -1), 0.88)


def folk_tune(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A song without words, on the bright pentatonic."""
    cells = ("X...x.x.X...x...", "X.x.x.x.X.......", "x.x.X...x.x.X...")
    return phrase(rng, song, pitches(pentatonic(song), low, high), cells, 4, (-1, -1, 1, 1, 2, -2), 0.9)
