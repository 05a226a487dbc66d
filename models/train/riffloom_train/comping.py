"""How the styles' chord players, riffs and textures go, as figures."""
from __future__ import annotations

from .cells import Cell, Rng, damped, extended, hits, humanised, late, pentatonic, pick, pitches, root_of, voicings
from .music import Note, Song


def stabs(
    rng: Rng, song: Song, chords: list[list[int]], cell: Cell, steps: int = 4, length: float | None = None, lateness: float = 0.0
) -> list[Note]:
    """The bar's chord on every mark, `length` beats long or until the next; ghosts are the top two strings, choked."""
    notes = []
    for index, beat, mark, until_next in hits(song, cell, steps):
        tones = chords[index][-2:] if mark == "g" else chords[index]
        held = 0.06 if mark == "g" else until_next * 0.95 if length is None else length
        start = late(beat, lateness) if lateness else beat
        notes += [Note(start, held, p, humanised(rng, mark)) for p in tones]
    return damped(notes)


def boogie_comping(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The blues guitarist's root and fifth, root and sixth, shuffled on the low strings."""
    notes = []
    for index, beat, mark, _ in hits(song, "X.oX.oX.oX.o", 3):
        bar = song.bars[index]
        root = root_of(bar, low)
        upper = (7, 9, 10, 9)[int(beat - bar.start) % 4]
        notes += [Note(beat, 0.3 if mark == "o" else 0.6, root + i, humanised(rng, mark)) for i in (0, upper)]
    return notes


def blues_sevenths(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Dominant sevenths pushed on the last triplet."""
    cell = pick(rng, ("X....x...x..", "...X.....X.o", "X.....X....x"))
    return stabs(rng, song, voicings(song, low, high, 4), cell, 3, 0.6)


def jazz_comp(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Rootless ninths in Charleston rhythms, a different one each bar."""
    cells = ("x....x......", ".....x.....x", "..x.....x...", "x.......o...", "..x..o......", "...........x")
    chords = voicings(song, low, high, 4, lambda bar: extended(bar, rootless=True))
    order = tuple(pick(rng, cells[:3] if k == 0 else cells) for k in range(len(song.bars)))
    return stabs(rng, song, chords, order, 3, pick(rng, (0.35, 0.8)))


def funk_scratch(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Ninth chords, very short, in sixteenths, with choked strokes between."""
    cell = pick(rng, ("..Xg..x.gx.g..Xg", "x.g.X.gxg.x.X.g.", "..X..gX...Xg.gX.", "X..gx.gX..g.x.gg"))
    return stabs(rng, song, voicings(song, low, high, 4, extended), cell, 4, 0.14)


def disco_guitar(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Muted sixteenths with the chord let out on the off-beats."""
    return stabs(rng, song, voicings(song, low, high, 3), pick(rng, ("g.XgggXgg.XgggXg", "ggX.gxX.ggX.gxX.")), 4, 0.15)


def disco_strings(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """High octave stabs, and a run of sixteenths up into the next bar."""
    first = pick(rng, ("X..X..X.........", "X...............", "X..x..x..x..X..."))
    cell = (first, pick(rng, ("X.......X.......", "X..X............")))
    scale = pitches({(song.key + s) % 12 for s in song.scale}, low, high)
    notes = stabs(rng, song, voicings(song, low, high, 4), cell, 4, pick(rng, (0.3, 0.9)))
    for bar in song.bars[1::2] or song.bars:
        start = int(rng.integers(max(1, len(scale) - 7)))
        top = bar.start + bar.length - 1
        notes += [Note(top + k / 4, 0.24, p, humanised(rng, 92)) for k, p in enumerate(scale[start + 1 : start + 5])]
    return damped(notes)


def guitar_ostinato(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Afrobeat's tenor guitar: one muted figure of a few tones, bar after bar."""
    cell = pick(rng, ("x.xx.x.xx.x.xx.x", "x.x.xx.x.xx.x.x.", ".xx.x.xx.x.xx.xx"))
    tones = pitches(pentatonic(song), low, high)
    first = int(rng.integers(max(1, len(tones) - 4)))
    order = rng.integers(first, min(first + 4, len(tones)), size=16)
    return [
        Note(beat, 0.17, tones[order[round((beat - song.bars[index].start) * 4) % 16]], humanised(rng, mark))
        for index, beat, mark, _ in hits(song, cell)
    ]


def horn_riff(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A short answer of the horns, in octaves, every second bar."""
    cell = pick(rng, ("X.X...x..X......", "..x.X..x..X.....", "X..x..X.........", "......X.x.X..X.."))
    tones = pitches(pentatonic(song), low, max(low + 12, high - 12))
    marks = cell.count("X") + cell.count("x")
    walk = [int(p) for p in rng.integers(0, len(tones), size=marks)]
    notes, last, k = [], -1, 0
    for index, beat, mark, until_next in hits(song, (cell, "................")):
        k = 0 if index != last else k + 1
        last = index
        length = min(until_next * 0.8, 1.0)
        notes += [Note(beat, length, tones[walk[k % marks]] + octave, humanised(rng, mark)) for octave in (0, 12)]
    return notes


def bossa_guitar(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Soft sevenths and ninths plucked together, ahead of and behind the beat."""
    cell = pick(rng, ("x..x..x...x..x..", "x..x.x..x..x.x..", "..x..x..x.x..x.."))
    return stabs(rng, song, voicings(song, low, high, 4, lambda bar: extended(bar, rootless=True)), cell, 4, 0.4)


def montuno(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Salsa's piano: octaves and inner thirds by turns, on the beat once and then always off it."""
    cell = "X.xx.x.x.x.x.x.x" if rng.random() < 0.5 else ".x.x.x.xX.xx.x.x"
    notes = []
    chords = voicings(song, low, high - 12, 4)
    order = pick(rng, ((0, 1, 2, 1), (0, 2, 1, 2), (2, 1, 0, 1)))
    for count, (index, beat, mark, _) in enumerate(hits(song, cell)):
        chord = chords[index]
        outer = chord[order[count % 4] % len(chord)]
        tones = (outer, outer + 12) if count % 2 == 0 else (outer, outer + 12, chord[(order[count % 4] + 1) % len(chord)])
        notes += [Note(beat, 0.26, p, humanised(rng, mark)) for p in dict.fromkeys(tones)]
    return damped(notes)


def skank(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Reggae's chop: a short chord on every off-beat, never on the beat."""
    cell = pick(rng, ("..X...X...X...X.", "..X...X...X...X.", "..Xo..Xo..Xo..Xo"))
    return stabs(rng, song, voicings(song, low, high, 3), cell, 4, 0.16)


def organ_bubble(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The reggae organ's shuffle round the chop: low hand, high hand, low hand."""
    chords = voicings(song, low, high, 5)
    notes = []
    for index, beat, mark, _ in hits(song, ".oXo"):
        tones = chords[index][-3:] if mark == "X" else chords[index][:2]
        notes += [Note(beat, 0.18, p, humanised(rng, mark)) for p in tones]
    return notes


def house_stabs(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Off-beat chords of dotted eighths, piano or organ."""
    cell = pick(rng, ("X..X..X...X..X..", "X..X..X..X..X...", "..X..X....X..X..", "..X...X..X....X."))
    return stabs(rng, song, voicings(song, low, high, 4), cell, 4, pick(rng, (0.2, 0.45)))


def hip_hop_keys(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Jazz chords on an electric piano, held and pushed, as a sampler repeats them."""
    cell = pick(rng, ("X.....x.........", "X..........x....", "x..x......X.....", "X.........x..x.."))
    return stabs(rng, song, voicings(song, low, high, 5, extended), cell, 4, None, 0.09)


def rock_guitar(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Power chords: held, chugged in eighths, or a riff between the two."""
    cell = pick(rng, ("X.x.x.x.X.x.x.x.", "X.....X.X.......", "X..X..X.X.x.X.x.", "X.oox.ooX.X.x.x."))
    chords = [[root_of(bar, low) + i for i in (0, 7, 12)] for bar in song.bars]
    return stabs(rng, song, chords, cell, 4)


def pah_pah(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The waltz's second and third beat."""
    return stabs(rng, song, voicings(song, low, high, 3), ".xx", 1, pick(rng, (0.35, 0.6)))


def gospel_organ(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Full chords with sevenths and ninths, rocking to the chord a fourth up and back (the amen)."""
    chords = voicings(song, low, high, 5, extended)
    amens = voicings(song, low, high, 4, lambda bar: tuple((bar.chord[0] + i) % 12 for i in (0, 5, 9)))
    notes = []
    cell = pick(rng, ("X....oX..x.o", "X..o.xX....o", "X.oX.oX.oX.o"))
    for index, beat, mark, until_next in hits(song, cell, 3):
        tones = amens[index] if mark == "o" else chords[index]
        notes += [Note(beat, until_next * 0.97, p, humanised(rng, mark)) for p in tones]
    return damped(notes)


def held_chords(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """One close chord to a bar, sung or bowed, each tone by the nearest way to the next."""
    chords = voicings(song, low, high, 4)
    return damped([Note(b.start, b.length, p, humanised(rng, 88)) for b, chord in zip(song.bars, chords) for p in chord])


def slow_pads(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Wide chords whose tones enter one after another and ring into the next bar."""
    notes = []
    for bar, chord in zip(song.bars, voicings(song, low, high, 5, extended)):
        for k, pitch in enumerate(chord[::1 if rng.random() < 0.5 else -1]):
            start = bar.start + k * 0.25 * rng.random()
            notes.append(Note(start, bar.length + 1.0, pitch, humanised(rng, 76)))
    return damped(notes)


def drone(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Tonic and fifth under everything, bowed anew with every clip."""
    tonic = low + (song.key - low) % 12
    length = song.beats_per_clip
    starts = range(0, song.beats, length)
    return [Note(float(s), length * 0.99, p, humanised(rng, 86)) for s in starts for p in (tonic, tonic + 7)]


def sparse_plucks(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Single high drops, far apart, now and then with a soft echo."""
    tones = pitches(pentatonic(song), low, high)
    notes, beat = [], float(pick(rng, (0.0, 0.5, 1.0)))
    while beat < song.beats - 0.5:
        pitch = int(rng.choice(tones))
        notes.append(Note(beat, 3.0, pitch, humanised(rng, 84)))
        if beat + 0.75 < song.beats and rng.random() < 0.5:
            notes.append(Note(beat + 0.75, 3.0, pitch, humanised(rng, 54)))
        beat += float(pick(rng, (1.0, 1.5, 2.0, 2.5)))
    return damped(notes)


def folk_strum(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Boom-chuck: a bass string on the beat, the others brushed down on the next and up after it."""
    notes = []
    chords = voicings(song, low + 10, high, 5)
    for index, beat, mark, _ in hits(song, pick(rng, ("b.X.b.Xob.X.b.Xo", "b...X.o.b...X.o.", "X...X.o...o.X.o."))):
        bar, chord = song.bars[index], chords[index]
        if mark == "b":
            fifth = (beat - bar.start) % 2 >= 1
            notes.append(Note(beat, 0.9, root_of(bar, low) + 7 * fifth, humanised(rng, 104)))
        else:
            strings = chord if mark == "X" else chord[:1:-1]
            spread = 0.015 + 0.02 * rng.random()
            notes += [Note(beat + k * spread, 0.8, p, humanised(rng, 98 if mark == "X" else 78)) for k, p in enumerate(strings)]
    return damped(notes)
