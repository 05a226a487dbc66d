"""Bass lines of the styles, as figures. Cells hold the tone to play instead of how loud it is:

R an accented root, r a root, O its octave, 3 5 7 the chord's own tones, 4 6 the fourth and sixth, n the next bar's root,
u the semitone below it, g a dead note.
"""
from __future__ import annotations

from .cells import Cell, Rng, hits, humanised, late, next_bar, pick, pitches, root_of
from .idioms import ACID_SLIDE_UP
from .music import Bar, Note, Song


def _seventh(song: Song, bar: Bar) -> int:
    if len(bar.chord) > 3:
        return (bar.chord[3] - bar.chord[0]) % 12
    scale = {(song.key + s) % 12 for s in song.scale}
    return 10 if (bar.chord[0] + 10) % 12 in scale or (bar.chord[0] + 11) % 12 not in scale else 11


def _pitch(song: Song, index: int, mark: str, low: int) -> int:
    bar = song.bars[index]
    root = root_of(bar, low)
    if mark in "nu":
        following = root_of(next_bar(song, index), low)
        return following if mark == "n" else following - 1
    third, fifth = ((tone - bar.chord[0]) % 12 for tone in bar.chord[1:3])
    steps = {"O": 12, "3": third, "4": 5, "5": fifth, "6": 9, "7": _seventh(song, bar)}
    return root + steps.get(mark, 0)


def line(rng: Rng, song: Song, low: int, cell: Cell, steps: int = 4, gate: float = 0.9, lateness: float = 0.0) -> list[Note]:
    notes = []
    for index, beat, mark, length in hits(song, cell, steps):
        length = 0.08 if mark == "g" else length * gate
        velocity = humanised(rng, {"R": 112, "O": 108, "g": 58}.get(mark, 96))
        notes.append(Note(late(beat, lateness) if lateness else beat, length, _pitch(song, index, mark, low), velocity))
    return notes


def shuffle_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Boogie: up the sixth chord in long-short pairs."""
    cells = ("R.r3.35.56.6", "R.r3.35.56.5", "R.rR.r5.57.5", "R..3..5..6..")
    return line(rng, song, low, pick(rng, cells), 3, 0.85)


def walking_jazz(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A note to the beat: root first, chord tones by the nearest way, a semitone into the next root."""
    notes, pitch = [], None
    for index, bar in enumerate(song.bars):
        roots = pitches((bar.chord[0],), low, high)
        pitch = min(roots, key=lambda p: abs(p - (pitch or (low + high) // 2)))
        tones = pitches((*bar.chord, (bar.chord[0] + 2) % 12), low, high)
        target = min(pitches((next_bar(song, index).chord[0],), low, high), key=lambda p: abs(p - pitch))
        up = rng.random() < 0.5
        for k in range(int(bar.length)):
            if 0 < k < bar.length - 1:
                onward = [p for p in tones if (p > pitch) == up and p != pitch] or [p for p in tones if p != pitch]
                nearest = sorted(onward, key=lambda p: abs(p - pitch))[:2]
                pitch = nearest[int(rng.integers(len(nearest)))]
            elif k:
                pitch = target + (1 if rng.random() < 0.5 else -1)
            notes.append(Note(bar.start + k, 0.92, pitch, humanised(rng, 98)))
            if rng.random() < 0.1:
                notes.append(Note(bar.start + k + 2 / 3, 0.25, pitch, humanised(rng, 70)))
    return notes


def slap_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Thumb on the root, a popped octave off the beat, dead notes between."""
    cells = ("R..g..O.R.g7.O.u", "R.O.g..7O.R..57O", "R...g.7OR..g.5.O", "R.gO..R.g.O..7gO")
    return line(rng, song, low, pick(rng, cells), 4, 0.55)


def octave_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Disco: root and octave by turns, in eighths or a gallop."""
    return line(rng, song, low, pick(rng, ("R.O.r.O.r.O.r.O.", "R.OOr.OOr.OOr.OO", "R.O.r.O.5.O.7.O.")), 4, 0.7)


def afrobeat_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A short figure full of holes that never changes."""
    cells = ("R..r..5.7..O....", "R.r...7.5.R...4.", "..R.R..7.5..R...", "R...5.7.O..7.5..")
    return line(rng, song, low, pick(rng, cells), 4, 0.7)


def bossa_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Root and fifth in dotted pairs, like a surdo."""
    return line(rng, song, low, "R..55..rR..55..n", 4, 0.92)


def tumbao_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Salsa's anticipated bass: fifth on the and of 2, the coming root on 4, nothing on 1."""
    return line(rng, song, low, pick(rng, ("...5..r....5..n.", "...5..O....5..n.")), 4, 0.95)


def reggae_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Deep and melodic, with long holes."""
    cells = ("R...r.3.5.......", "..R.r...5.3.R...", "R..R..5...3.R...", "R.R...3.5.5.3...")
    return line(rng, song, low, pick(rng, cells), 4, 0.8)


def house_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """On the off-beats, out of the kick's way."""
    return line(rng, song, low, pick(rng, ("..R...R...R...R.", "..R..rO...R..r7.", "..Rr..R...Rr..O.")), 4, 0.75)


def rumble(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Techno's low end: the tonic in the sixteenths between the kicks, whatever the chord."""
    tonic = low + (song.key - low) % 12
    return [Note(beat, 0.22, tonic, humanised(rng, 84)) for _, beat, _, _ in hits(song, ".xxx")]


def acid_line(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A sixteen-step sequence on one chord, as a 303 holds it: octave jumps, flat seconds, accents, ties that slide."""
    tonic = low + (song.key - low) % 12
    offsets = rng.choice((0, 0, 0, 0, 12, 12, 3, 10, 7, 1), size=16)
    offsets[0] = 0
    velocities = [int(rng.choice((70, 78, 86, 94, 117, 122))) for _ in range(16)]
    # An octave that follows a low note now and then glides up to it; the velocity tells the oscillator so.
    for k in range(1, 16):
        if offsets[k] - offsets[k - 1] == 12 and rng.random() < 0.6:
            velocities[k] = ACID_SLIDE_UP
    rests = rng.random(16) < 0.12
    rests[0] = False
    steps = [(k, k % 16) for k in range(song.beats * 4) if not rests[k % 16]]
    return [Note(k / 4, 0.18, tonic + int(offsets[step]), velocities[step]) for k, step in steps]


def hip_hop_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Long low notes with the kick, swung like it."""
    cells = ("R......r..5.....", "R.....5...r...u.", "R..r......r.....", "R.........57....")
    return line(rng, song, low, pick(rng, cells), 4, 0.9, 0.09)


def rock_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Picked eighths on the root."""
    return line(rng, song, low, pick(rng, ("R.r.r.r.R.r.r.r.", "R.r.r.r.R.r.5.7.", "R.r.r.r.R.r.r.u.")), 4, 0.85)


def waltz_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The oom: root and fifth by turns on the first of three."""
    return line(rng, song, low, ("R..", "5.."), 1, 0.4)


def gospel_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Triplet runs that walk into the next chord."""
    return line(rng, song, low, pick(rng, ("R..r.35..6.u", "R....r5..5.u", "R.rO..6.5..u")), 3, 0.9)


def two_beat_bass(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Folk and country: root on 1, fifth on 3, sometimes a step into the next bar."""
    return line(rng, song, low, pick(rng, ("R.......5.......", "R.......5.....u.")), 4, 0.45)
