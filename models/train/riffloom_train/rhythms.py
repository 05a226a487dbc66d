"""Drum and percussion patterns of the styles. They are figures; low and high mean nothing to them.

Cells have four steps to the beat, or three where the style lives in triplets.
"""
from __future__ import annotations

from .cells import Cell, Rng, hits, humanised, late, pick
from .music import Note, Song

# General MIDI percussion
KICK, RIM, SNARE, CLAP, CLOSED_HAT, PEDAL_HAT, OPEN_HAT, RIDE, CRASH = 36, 37, 38, 39, 42, 44, 46, 51, 49
TAMBOURINE, COWBELL, BONGO_HIGH, BONGO_LOW, CONGA_SLAP, CONGA_OPEN, CONGA_LOW = 54, 56, 60, 61, 62, 63, 64
TIMBALE_HIGH, TIMBALE_LOW, AGOGO, CABASA, MARACAS, GUIRO, CLAVES = 65, 66, 67, 69, 70, 73, 75
TOMS = (50, 47, 45, 43)

FOUR = "X...X...X...X..."
BACKBEAT = "....X.......X..."


def drums(rng: Rng, song: Song, lanes: dict[int, Cell], steps: int = 4, lateness: float = 0.0) -> list[Note]:
    return [
        Note(late(beat, lateness) if lateness else beat, 0.2, pitch, humanised(rng, mark))
        for pitch, cell in lanes.items()
        for _, beat, mark, _ in hits(song, cell, steps)
    ]


def _with_fill(rng: Rng, song: Song, notes: list[Note], drums_down: tuple[int, ...] = TOMS) -> list[Note]:
    """Sometimes the loop's last beat runs down the drums, as a drummer leads back to the top."""
    if rng.random() < 0.5:
        return notes
    last = song.beats - 1
    kept = [n for n in notes if n.start < last - 1e-6 or n.pitch in (KICK, SNARE)]
    return kept + [Note(last + k / 4, 0.2, pitch, humanised(rng, 100)) for k, pitch in enumerate(drums_down)]


def _crash(rng: Rng, song: Song) -> list[Note]:
    return [Note(0.0, 0.2, CRASH, humanised(rng, 92))] if rng.random() < 0.6 else []


def blues_shuffle(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The shuffle: every beat long-short on ride or hat, back-beat on 2 and 4."""
    notes = drums(rng, song, {
        pick(rng, (CLOSED_HAT, RIDE)): "x.oX.ox.oX.o",
        SNARE: pick(rng, ("...X.....X..", "...X.g...X.g")),
        KICK: pick(rng, ("X.....X.....", "X....xX.....", "X..x..X..x..")),
    }, steps=3)  # fmt: skip
    return _with_fill(rng, song, notes, TOMS[:1])


def jazz_swing(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Spang-a-lang on the ride, pedal hat on 2 and 4, a feathered kick, the left hand commenting."""
    comments = ("..g.........", ".....o......", "........o..g", "............", "..o..g......", ".......gg...")
    return drums(rng, song, {
        RIDE: "x..X.ox..X.o",
        PEDAL_HAT: "...X.....X..",
        KICK: "g..g..g..g..",
        SNARE: tuple(pick(rng, comments) for _ in song.bars),
    }, steps=3)  # fmt: skip


def funk_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The one is heavy, the rest of the kick syncopated in sixteenths; ghost notes round the back-beat."""
    return drums(rng, song, {
        KICK: pick(rng, ("X.x.......x..x..", "X..x..x...x.....", "X.x....x..xx....", "X.....x..xx..x..")),
        SNARE: pick(rng, ("....X..g.g..X..g", "....X.gg.g.gX...", "....X..g.gg.X.g.")),
        CLOSED_HAT: pick(rng, ("xoxoxoxoxoxoxo.o", "x.oox.oox.oox..o", "xooxxooxxooxxo.x")),
        OPEN_HAT: "..............x.",
    })  # fmt: skip


def disco_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Four on the floor, hat open on every off-beat, back-beat, tambourine in sixteenths."""
    notes = drums(rng, song, {
        KICK: FOUR,
        SNARE: BACKBEAT,
        CLAP: BACKBEAT if rng.random() < 0.4 else "................",
        OPEN_HAT: "..X...X...X...X.",
        CLOSED_HAT: "xo.oxo.oxo.oxo.o",
        TAMBOURINE: "g.o.g.o.g.o.g.o." if rng.random() < 0.5 else "................",
    })  # fmt: skip
    return notes + _crash(rng, song)


def afrobeat_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The kit in the manner of Tony Allen: kick and snare talk across the beat, the hat opens late in the bar."""
    return drums(rng, song, {
        KICK: pick(rng, ("X..x......x..x..", "X.....x..x....x.", "X..x..x...x.....")),
        SNARE: pick(rng, ("....g..x.g..x.g.", "...g..x.g...X..g", "....x..g.gx...x.")),
        CLOSED_HAT: "x.oox.oox.oox.o.",
        OPEN_HAT: pick(rng, ("..............x.", "......x.......x.")),
    })  # fmt: skip


def afrobeat_percussion(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Shekere in sixteenths, sticks on a clave, congas answering."""
    return drums(rng, song, {
        CABASA: "X.oox.ooX.oox.oo",
        CLAVES: "x..x..x...x.x...",
        CONGA_OPEN: pick(rng, ("......xx......xx", "...x..xx...x..x.")),
        CONGA_SLAP: "..x.x.....x.x...",
        CONGA_LOW: "x.......x..x....",
    })  # fmt: skip


def bossa_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """The bossa clave on the rim, the kick as a soft surdo, an even hat or shaker."""
    return drums(rng, song, {
        RIM: pick(rng, ("X..X..X...X..X..", "X..X..X...X..X..", "..X..X..X..X..X.")),
        KICK: "o..go..go..go..g",
        pick(rng, (CLOSED_HAT, MARACAS)): "ogogogogogogogog",
    })  # fmt: skip


def salsa_percussion(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Son clave, the congas' tumbao, bongo bell and cáscara; one bar here is the clave's two in cut time."""
    two_three = rng.random() < 0.5
    return drums(rng, song, {
        CLAVES: "..X.X...X..X..X." if two_three else "X..X..X...X.X...",
        CONGA_SLAP: "g.X.g...g.X.g...",
        CONGA_OPEN: "......XX......XX",
        CONGA_LOW: "...........xx...",
        COWBELL: pick(rng, ("X.o.X.ooX.o.X.oo", "X...x.x.X...x.x.")),
        TIMBALE_HIGH: "x.x.xx.xx.xx.x.x" if rng.random() < 0.5 else "................",
        GUIRO: "x...x...x...x..." if rng.random() < 0.5 else "................",
        MARACAS: "o.o.o.o.o.o.o.o.",
    })  # fmt: skip


def one_drop(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Reggae's one drop: nothing on 1, kick and rim fall together on 2 and 4, the hat leans on the off-beats."""
    notes = drums(rng, song, {
        KICK: BACKBEAT,
        pick(rng, (RIM, RIM, SNARE)): BACKBEAT,
        CLOSED_HAT: pick(rng, ("o.x.o.x.o.x.o.x.", "o.xoo.xoo.xoo.xo", "..x...x...x...x.")),
    })  # fmt: skip
    return _with_fill(rng, song, notes, (TIMBALE_HIGH, TIMBALE_HIGH, TIMBALE_LOW))


def house_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A drum machine's four on the floor with claps on 2 and 4 and an open hat on every off-beat."""
    return drums(rng, song, {
        KICK: FOUR,
        CLAP: pick(rng, (BACKBEAT, "....X.......X..o")),
        OPEN_HAT: "..X...X...X...X.",
        CLOSED_HAT: pick(rng, ("xo.oxo.oxo.oxo.o", "...o...o...o...o", "oo.xoo.xoo.xoo.x")),
    }, lateness=pick(rng, (0.0, 0.04)))  # fmt: skip


def techno_drums(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Every beat a kick; hats drive in sixteenths; the clap is rare. Monotony is the point."""
    return drums(rng, song, {
        KICK: FOUR,
        CLOSED_HAT: pick(rng, ("oxXxoxXxoxXxoxXx", "xxXxxxXxxxXxxxXx", "..Xx..Xx..Xx..Xx")),
        OPEN_HAT: pick(rng, ("..o...o...o...o.", "..............o.", "......o.......o.")),
        CLAP: pick(rng, ("................", "............x...", "....o.......o...")),
    })  # fmt: skip


def boom_bap(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Hip hop's kick and snare of dusty records, sixteenths swung late."""
    return drums(rng, song, {
        KICK: pick(rng, ("X......x..x.....", "X.x.......x..x..", "X..x...x..x.....", "X.........xx....")),
        SNARE: pick(rng, (BACKBEAT, "....X..g....X...", "....X....g..X..g")),
        CLOSED_HAT: pick(rng, ("x.o.x.o.x.o.x.o.", "x.oox.o.x.oox.o.", "x.o.x.oox.o.x.o.")),
    }, lateness=0.09)  # fmt: skip


def rock_beat(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Straight eighths on hat or ride, a hard back-beat, a fill into the top."""
    notes = drums(rng, song, {
        KICK: pick(rng, ("X.....X.X.......", "X.X.....X.X.....", "X.......X.X.....", "X..x..x.X.x.....")),
        SNARE: BACKBEAT,
        pick(rng, (CLOSED_HAT, OPEN_HAT, RIDE)): "X.x.X.x.X.x.X.x.",
    })  # fmt: skip
    return _with_fill(rng, song, notes) + [Note(0.0, 0.2, CRASH, humanised(rng, 108))]


def gospel_claps(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A congregation claps on 2 and 4; tambourine and ride in triplets."""
    return drums(rng, song, {
        CLAP: "...X.....X..",
        SNARE: "...o.....o..",
        TAMBOURINE: pick(rng, ("x.oX.ox.oX.o", "xooXooxooXoo")),
        KICK: pick(rng, ("X....xX.....", "X.....X....x", "X.....X.x...")),
    }, steps=3)  # fmt: skip


# Doum, tek; the ka strokes fill what they leave.
DARBUKA = (
    ("X.......X.......", "..X...X.....X..."),  # maqsum
    ("X.X.....X.......", "......X.....X..."),  # baladi
    ("X.....X.X.......", "..X.........X..."),  # saidi
    ("X.......X.......", "...X..X....X..X."),  # malfuf
)


def darbuka(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """Maqsum and its kin on a goblet drum: a deep doum, a bright tek, soft ka strokes, a riq's jingles."""
    doum, tek = pick(rng, DARBUKA)
    ka = "".join("g" if d == t == "." and rng.random() < 0.25 + 0.5 * song.density else "." for d, t in zip(doum, tek))
    return drums(rng, song, {
        CONGA_LOW: doum,
        BONGO_HIGH: tek,
        CONGA_SLAP: ka,
        TAMBOURINE: pick(rng, ("g.g.x.g.g.g.x.g.", "ggogxgogggogxgog", "................")),
    })  # fmt: skip


def folk_stomp(rng: Rng, song: Song, low: int, high: int) -> list[Note]:
    """A foot on the floor, hands on 2 and 4, a tambourine."""
    return drums(rng, song, {
        KICK: pick(rng, ("X.......X.......", FOUR)),
        CLAP: BACKBEAT if rng.random() < 0.6 else "................",
        TAMBOURINE: pick(rng, ("o.o.X.o.o.o.X.o.", "....x.......x...")),
    })  # fmt: skip
