"""The table of sound families. To teach the model a new one, add a row here; nothing else knows their names."""
from __future__ import annotations

from dataclasses import dataclass

from . import figures as f
from .figures import Figure
from .music import Instrument

MAJOR, MINOR, DORIAN, MIXOLYDIAN = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 9, 10), (0, 2, 4, 5, 7, 9, 10)
BLUES = (0, 3, 5, 6, 7, 10)


def gm(program: int) -> Instrument:
    """A General MIDI programme, numbered from 0."""
    return Instrument("gm", program)


def kit(program: int) -> Instrument:
    return Instrument("kit", program)


def synth(name: str) -> Instrument:
    return Instrument("synth", name)


@dataclass(frozen=True)
class Voice:
    """One way a family can sound: any of these instruments, playing any of these figures, in this register."""

    instruments: tuple[Instrument, ...]
    figures: tuple[Figure, ...]
    low: int
    high: int
    gain: float = 1.0


@dataclass(frozen=True)
class Backing:
    """An accompanying part, how often it is there, and the word that a caption may add for it."""

    chance: float
    voice: Voice
    words: str


@dataclass(frozen=True)
class Family:
    name: str
    """The prompt a listener would type, and the label of the evaluation."""
    synonyms: tuple[str, ...]
    leads: tuple[Voice, ...]
    scales: tuple[tuple[int, ...], ...]
    swing: float = 0.0
    """How often the piece swings."""
    sevenths: float = 0.0
    """How often the chords carry a seventh."""
    together: tuple[Voice, ...] = ()
    """Voices that always sound beside the lead (the left hand, the drums of a beat)."""
    backings: tuple[Backing, ...] = ()


BRUSHES = Backing(0.25, Voice((kit(40),), (f.jazz_drums,), 0, 0, 0.4), "drums")
UPRIGHT = Backing(0.30, Voice((gm(32),), (f.walking_bass,), 28, 48, 0.6), "bass")
SOFT_PAD = Backing(0.25, Voice((gm(89), gm(91)), (f.sustained_chords,), 48, 67, 0.25), "a soft pad")

FAMILIES: tuple[Family, ...] = (
    Family(
        "church bells",
        ("bells", "tubular bells", "a church bell"),
        (
            Voice((gm(14),), (f.toll, f.change_ringing, f.carillon), 55, 79),
            Voice((synth("bell"),), (f.toll, f.change_ringing, f.carillon), 50, 77),
        ),
        (MAJOR, MINOR),
    ),
    Family(
        "jazz piano",
        ("piano", "swing piano", "a jazz pianist"),
        (Voice((gm(0), gm(1)), (f.fast_line, f.melody), 60, 88),),
        (DORIAN, MIXOLYDIAN, MAJOR),
        swing=0.85,
        sevenths=1.0,
        together=(Voice((gm(0),), (f.jazz_comping,), 46, 66, 0.8),),
        backings=(UPRIGHT, BRUSHES),
    ),
    Family(
        "electronic beats",
        ("electronic drums", "techno beats", "a drum machine", "house beats"),
        (
            Voice((synth("drums909"),), (f.four_on_the_floor, f.broken_beat), 0, 0),
            Voice((synth("drums808"),), (f.broken_beat, f.four_on_the_floor), 0, 0),
        ),
        (MINOR, DORIAN),
        backings=(
            Backing(0.7, Voice((synth("bass"),), (f.pulse_bass,), 28, 43, 0.5), "synth bass"),
            Backing(0.3, Voice((synth("pluck"),), (f.arpeggio,), 55, 79, 0.25), "synth arpeggios"),
        ),
    ),
    Family(
        "acoustic guitar",
        ("guitar", "steel string guitar", "a fingerpicked guitar", "folk guitar"),
        (Voice((gm(25), gm(24)), (f.strum, f.fingerpick, f.fingerpick), 40, 72),),
        (MAJOR, MIXOLYDIAN, MINOR),
        sevenths=0.15,
        backings=(Backing(0.1, Voice((kit(0),), (f.shaker,), 0, 0, 0.3), "a shaker"),),
    ),
    Family(
        "strings",
        ("orchestral strings", "a string section", "violins and cellos", "string orchestra"),
        (Voice((gm(48), gm(49)), (f.sustained_chords, f.pulsed_chords, f.hymn), 43, 84),),
        (MAJOR, MINOR),
        sevenths=0.2,
        backings=(Backing(0.4, Voice((gm(48), gm(40)), (f.slow_melody,), 67, 91, 0.8), "violin"),),
    ),
    Family(
        "flute",
        ("a flute", "solo flute", "flute melody"),
        (Voice((gm(73),), (f.melody, f.slow_melody, f.fast_line), 67, 93),),
        (MAJOR, DORIAN, MINOR),
        backings=(SOFT_PAD,),
    ),
    Family(
        "saxophone",
        ("sax", "tenor saxophone", "a saxophone solo"),
        (Voice((gm(65), gm(66)), (f.melody, f.fast_line, f.slow_melody), 49, 75),),
        (DORIAN, MIXOLYDIAN, BLUES),
        swing=0.6,
        sevenths=0.8,
        backings=(UPRIGHT, BRUSHES),
    ),
    Family(
        "church organ",
        ("organ", "pipe organ", "an organ hymn"),
        (Voice((gm(19),), (f.hymn, f.sustained_chords), 43, 76),),
        (MAJOR, MINOR),
    ),
    Family(
        "electric guitar",
        ("blues guitar", "distorted guitar", "rock guitar", "an electric guitar riff"),
        (
            Voice((gm(29), gm(30)), (f.power_chords,), 40, 52),
            Voice((gm(29), gm(27)), (f.blues_riff,), 52, 76),
        ),
        (BLUES, MIXOLYDIAN),
        swing=0.4,
        backings=(Backing(0.35, Voice((kit(0),), (f.rock_drums,), 0, 0, 0.5), "drums"),),
    ),
    Family(
        "synth pad",
        ("ambient synth", "an ambient pad", "warm synth pad", "ambient"),
        (
            Voice((gm(89), gm(90), gm(94)), (f.sustained_chords,), 48, 79),
            Voice((synth("pad"),), (f.sustained_chords,), 45, 76),
        ),
        (MAJOR, MINOR, DORIAN),
        sevenths=0.5,
    ),
)

BY_NAME = {family.name: family for family in FAMILIES}
