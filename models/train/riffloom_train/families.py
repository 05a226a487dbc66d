"""The table of sound families. To teach the model a new one, add a row here; nothing else knows their names."""
from __future__ import annotations

from dataclasses import dataclass

from . import figures as f
from . import idioms as i
from . import textures as x
from .figure_tools import Figure, hands
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
    kind: str
    """What it can do in a band: `melodic` plays one line, `chordal` plays harmony (mostly a line too), `rhythm` drives,
    `texture` is neither: rain, wind and typewriter have no key and no pace, so no caption may speak of them."""
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


SOFT_PAD = Backing(0.2, Voice((gm(94),), (f.sustained_chords,), 52, 70, 0.2), "a soft pad")
UPRIGHT = Backing(0.25, Voice((gm(32),), (f.walking_bass,), 28, 48, 0.4), "bass")
BRUSHES = Backing(0.2, Voice((kit(40),), (f.jazz_drums,), 0, 0, 0.25), "drums")
LIGHT_DRUMS = Backing(0.25, Voice((kit(0),), (f.rock_drums,), 0, 0, 0.28), "drums")
SHAKER = Backing(0.15, Voice((kit(0),), (f.shaker,), 0, 0, 0.2), "a shaker")
GUITAR = Backing(0.2, Voice((gm(25),), (f.strum,), 43, 64, 0.3), "guitar")

ALL_MODES = (MAJOR, MINOR, DORIAN, MIXOLYDIAN)
SCALES_WITHOUT_KEY = (MAJOR,)
"""A texture needs a scale only because every song has one."""

BELLS_AND_KEYS = (
    Family(
        "church bells",
        "melodic",
        ("bells", "tubular bells", "a church bell", "bell tower", "chimes"),
        (
            Voice((gm(14),), (f.toll, f.change_ringing, f.carillon), 55, 79),
            Voice((synth("bell"),), (f.toll, f.change_ringing, f.carillon), 50, 77),
        ),
        (MAJOR, MINOR),
    ),
    Family(
        "piano",
        "chordal",
        ("a piano", "grand piano", "solo piano", "acoustic piano", "pianist"),
        (
            Voice(
                (gm(0), gm(1)),
                (
                    hands(f.wide_arpeggio, f.slow_melody), hands(f.wide_arpeggio, f.melody), hands(f.alberti, f.melody),
                    hands(f.sustained_chords, f.melody), hands(f.pulsed_chords, f.fast_line), f.ringing_arpeggio,
                ),
                40, 88,
            ),
        ),
        ALL_MODES,
        sevenths=0.25,
    ),
    Family(
        "electric piano",
        "chordal",
        ("rhodes", "a rhodes piano", "wurlitzer", "e-piano", "electric keys"),
        (
            Voice((gm(4), gm(5)), (hands(f.sustained_chords, f.melody), hands(f.jazz_comping, f.melody)), 44, 79),
            Voice((gm(4), gm(5)), (f.stabs, f.arpeggio, f.jazz_comping), 48, 76),
        ),
        (DORIAN, MAJOR, MIXOLYDIAN, MINOR),
        sevenths=0.8,
    ),
    Family(
        "harpsichord",
        "chordal",
        ("a harpsichord", "clavecin", "cembalo", "baroque keyboard"),
        (
            Voice((gm(6),), (f.baroque_arpeggio, hands(f.alberti, f.melody), hands(f.baroque_arpeggio, f.melody)), 43, 84),
            Voice((gm(6),), (hands(f.alberti, f.fast_line), hands(f.walking_bass, f.fast_line)), 43, 84),
        ),
        (MAJOR, MINOR),
    ),
    Family(
        "music box",
        "melodic",
        ("a music box", "celesta", "glockenspiel", "toy piano", "lullaby box"),
        (Voice((gm(10), gm(9), gm(8)), (i.music_box_tune, i.music_box_tune, f.ringing_arpeggio), 74, 103),),
        (MAJOR, MAJOR, MINOR),
    ),
    Family(
        "vibraphone",
        "chordal",
        ("vibes", "a vibraphone", "vibraharp"),
        (Voice((gm(11),), (i.motor_chords, f.ringing_arpeggio, f.melody, i.motor_chords), 55, 86),),
        (DORIAN, MAJOR, MIXOLYDIAN),
        swing=0.3,
        sevenths=0.9,
    ),
    Family(
        "marimba",
        "melodic",
        ("xylophone", "kalimba", "a marimba", "thumb piano", "wooden mallets"),
        (
            Voice((gm(12),), (i.ostinato, i.rolled_melody, f.arpeggio), 48, 82),
            Voice((gm(13),), (i.ostinato, i.rolled_melody, f.arpeggio), 60, 91),
            Voice((gm(108),), (i.ostinato, f.arpeggio, f.melody), 55, 82),
        ),
        ALL_MODES,
        backings=(SHAKER,),
    ),
    Family(
        "church organ",
        "chordal",
        ("organ", "pipe organ", "a church organ", "cathedral organ"),
        (Voice((gm(19),), (f.hymn, f.sustained_chords, i.toccata), 38, 79),),
        (MAJOR, MINOR),
    ),
    Family(
        "hammond organ",
        "chordal",
        ("hammond", "drawbar organ", "electric organ", "a b3 organ"),
        (Voice((gm(16), gm(17), gm(18)), (i.organ_stabs, i.organ_stabs, f.stabs, hands(f.sustained_chords, f.melody)), 48, 82),),
        (MIXOLYDIAN, DORIAN, BLUES),
        swing=0.3,
        sevenths=0.7,
        backings=(LIGHT_DRUMS,),
    ),
    Family(
        "accordion",
        "chordal",
        ("an accordion", "squeezebox", "bandoneon", "musette"),
        (
            Voice((gm(21), gm(23)), (hands(f.oom_pah, f.melody), hands(f.oom_pah, f.fast_line)), 43, 88),
            Voice((gm(21), gm(23)), (hands(f.oom_pah, f.melody), hands(f.sustained_chords, f.melody)), 43, 88),
        ),
        (MAJOR, MINOR),
    ),
)

STRUNG = (
    Family(
        "acoustic guitar",
        "chordal",
        ("guitar", "steel string guitar", "a fingerpicked guitar", "nylon guitar", "strummed guitar"),
        (Voice((gm(25), gm(24)), (f.strum, f.fingerpick, f.fingerpick), 40, 72),),
        (MAJOR, MIXOLYDIAN, MINOR),
        sevenths=0.15,
        backings=(SHAKER,),
    ),
    Family(
        "electric guitar",
        "melodic",
        ("distorted guitar", "an electric guitar riff", "overdriven guitar", "guitar solo", "power chords"),
        (
            Voice((gm(29), gm(30)), (f.power_chords,), 40, 52),
            Voice((gm(29), gm(30), gm(27)), (f.blues_riff, f.fast_line), 52, 76),
        ),
        (BLUES, MIXOLYDIAN, MINOR),
        swing=0.2,
        backings=(LIGHT_DRUMS,),
    ),
    Family(
        "bass guitar",
        "rhythm",
        ("electric bass", "slap bass", "a bass riff", "fingered bass", "bass line"),
        (
            Voice((gm(33), gm(34)), (i.bass_groove, f.walking_bass, i.bass_groove), 28, 48),
            Voice((gm(36), gm(37)), (i.slap_octaves, i.bass_groove), 28, 48),
        ),
        (DORIAN, MIXOLYDIAN, MINOR),
        swing=0.15,
        sevenths=0.5,
    ),
    Family(
        "fiddle",
        "melodic",
        ("violin", "solo violin", "a fiddle tune", "violinist"),
        (Voice((gm(40), gm(110)), (i.reel, i.slow_air, f.melody), 55, 91),),
        ALL_MODES,
        backings=(GUITAR,),
    ),
    Family(
        "strings",
        "chordal",
        ("orchestral strings", "a string section", "violins and cellos", "string orchestra", "string ensemble"),
        (Voice((gm(48), gm(49)), (f.sustained_chords, f.pulsed_chords, f.hymn), 43, 84),),
        (MAJOR, MINOR),
        sevenths=0.2,
        backings=(Backing(0.3, Voice((gm(48),), (f.slow_melody,), 67, 91, 0.7), "high violins"),),
    ),
    Family(
        "harp",
        "chordal",
        ("a harp", "concert harp", "harp glissando", "harpist"),
        (Voice((gm(46),), (i.harp_glissando, f.ringing_arpeggio, i.harp_glissando, hands(f.wide_arpeggio, f.melody)), 43, 96),),
        (MAJOR, MINOR, DORIAN),
        sevenths=0.3,
    ),
    Family(
        "banjo",
        "melodic",
        ("a banjo", "five string banjo", "banjo picking", "clawhammer banjo"),
        (Voice((gm(105),), (i.banjo_roll, i.banjo_roll, i.banjo_tune), 50, 76),),
        (MAJOR, MIXOLYDIAN),
        backings=(GUITAR,),
    ),
    Family(
        "sitar",
        "melodic",
        ("a sitar", "indian sitar", "raga", "sitar with drone"),
        (Voice((gm(104),), (i.sitar_raga,), 48, 81),),
        (MIXOLYDIAN, DORIAN, MAJOR),
        backings=(Backing(0.2, Voice((kit(0),), (f.darbuka,), 0, 0, 0.25), "hand drums"),),
    ),
)

BLOWN_AND_SUNG = (
    Family(
        "choir",
        "chordal",
        ("a choir", "voices", "singing voices", "choral singing", "choir aahs"),
        (
            Voice((gm(52), gm(53)), (f.sustained_chords, f.hymn), 48, 79),
            Voice((synth("voice"), synth("voice ooh"), synth("voice eh")), (f.sustained_chords, f.hymn), 46, 76),
        ),
        (MAJOR, MINOR),
        sevenths=0.15,
    ),
    Family(
        "trumpet",
        "melodic",
        ("a trumpet", "solo trumpet", "trumpet melody", "trumpeter", "bugle"),
        (Voice((gm(56),), (f.melody, i.bugle_call, f.slow_melody, f.fast_line), 57, 82),),
        (MAJOR, DORIAN, MIXOLYDIAN),
        backings=(LIGHT_DRUMS,),
    ),
    Family(
        "brass section",
        "chordal",
        ("brass", "horn section", "horns", "brass band", "brass stabs"),
        (Voice((gm(61),), (f.stabs, i.fanfare, f.stabs, f.hymn), 48, 77),),
        (MIXOLYDIAN, MAJOR, DORIAN),
        sevenths=0.5,
        backings=(LIGHT_DRUMS,),
    ),
    Family(
        "saxophone",
        "melodic",
        ("sax", "tenor saxophone", "a saxophone solo", "alto sax", "saxophonist"),
        (Voice((gm(65), gm(66)), (f.melody, f.fast_line, f.slow_melody), 49, 75),),
        (DORIAN, MIXOLYDIAN, BLUES),
        swing=0.4,
        sevenths=0.8,
        backings=(UPRIGHT, BRUSHES),
    ),
    Family(
        "clarinet",
        "melodic",
        ("a clarinet", "solo clarinet", "clarinet melody", "clarinettist"),
        (Voice((gm(71),), (f.runs, f.melody, f.slow_melody, f.runs), 52, 84),),
        ALL_MODES,
        swing=0.15,
        backings=(SOFT_PAD,),
    ),
    Family(
        "flute",
        "melodic",
        ("a flute", "solo flute", "flute melody", "pan flute", "recorder"),
        (
            Voice((gm(73),), (f.melody, f.slow_melody, f.fast_line, f.runs), 67, 93),
            Voice((gm(74), gm(75)), (f.melody, f.slow_melody, f.fast_line), 67, 91),
        ),
        (MAJOR, DORIAN, MINOR),
        backings=(SOFT_PAD,),
    ),
)

WORLD_AND_SYNTHS = (
    Family(
        "steel drums",
        "melodic",
        ("steel pan", "steelpan", "steel drum band", "caribbean steel drums"),
        (Voice((gm(114),), (i.calypso, i.calypso, i.rolled_melody), 58, 86),),
        (MAJOR, MIXOLYDIAN),
        backings=(SHAKER,),
    ),
    Family(
        "synth pad",
        "chordal",
        ("a synth pad", "warm synth pad", "synthesizer pad", "soft synth chords", "pad"),
        (
            Voice((gm(88), gm(90), gm(94)), (f.sustained_chords,), 55, 81),
            Voice((synth("pad"),), (f.sustained_chords,), 45, 76),
        ),
        (MAJOR, MINOR, DORIAN),
        sevenths=0.5,
    ),
    Family(
        "acid bass",
        "rhythm",
        ("acid", "303 bass", "an acid line", "squelchy bass", "resonant bass line"),
        (Voice((synth("acid"), synth("acid"), synth("acid square")), (i.acid_pattern,), 30, 60),),
        (MINOR, DORIAN),
        backings=(Backing(0.25, Voice((synth("drums909"),), (f.four_on_the_floor,), 0, 0, 0.35), "a drum machine"),),
    ),
)

DRUMS = (
    Family(
        "electronic beats",
        "rhythm",
        ("electronic drums", "a drum machine", "drum machine beat", "beats", "808 beat"),
        (
            Voice((synth("drums909"),), (f.four_on_the_floor, f.broken_beat), 0, 0),
            Voice((synth("drums808"),), (f.broken_beat, f.four_on_the_floor), 0, 0),
        ),
        (MINOR, DORIAN),
        backings=(
            Backing(0.45, Voice((synth("bass"),), (f.pulse_bass,), 28, 43, 0.4), "synth bass"),
            Backing(0.2, Voice((synth("pluck"),), (f.arpeggio,), 55, 79, 0.2), "synth arpeggios"),
        ),
    ),
    Family(
        "acoustic drums",
        "rhythm",
        ("drums", "drum kit", "a drum solo", "live drums", "drummer"),
        (
            Voice((kit(0), kit(8), kit(16)), (f.rock_groove, f.funk_groove, f.rock_groove, f.tom_groove), 0, 0),
            Voice((kit(32), kit(40), kit(0)), (f.swing_groove, f.funk_groove, f.rock_groove), 0, 0),
        ),
        (MINOR, MAJOR),
        swing=0.25,
    ),
    Family(
        "hand drums",
        "rhythm",
        ("congas", "bongos", "percussion", "timbales", "darbuka"),
        (Voice((kit(0),), (f.tumbao, f.martillo, f.cascara, f.darbuka, f.tumbao), 0, 0),),
        (MINOR, MAJOR),
        backings=(SHAKER,),
    ),
)

TEXTURES = (
    Family(
        "rain",
        "texture",
        ("rainfall", "rain drops", "heavy rain", "the sound of rain", "raining"),
        (Voice((synth("rain"),), (x.rainfall, x.rainfall, x.dripping), 0, 0),),
        SCALES_WITHOUT_KEY,
    ),
    Family(
        "wind",
        "texture",
        ("howling wind", "a breeze", "the sound of wind", "windy", "storm wind"),
        (Voice((synth("wind"),), (x.gusts,), 0, 0),),
        SCALES_WITHOUT_KEY,
    ),
    Family(
        "typewriter",
        "texture",
        ("a typewriter", "typing", "typewriter keys", "old typewriter", "mechanical typing"),
        (Voice((synth("typewriter"),), (x.typing,), 0, 0),),
        SCALES_WITHOUT_KEY,
    ),
)

FAMILIES: tuple[Family, ...] = BELLS_AND_KEYS + STRUNG + BLOWN_AND_SUNG + WORLD_AND_SYNTHS + DRUMS + TEXTURES

BY_NAME = {family.name: family for family in FAMILIES}
