"""The table of styles. To teach the model a new one, add a row here; nothing else knows their names."""
from __future__ import annotations

from dataclasses import dataclass

from . import basslines as b
from . import comping as c
from . import figures as f
from . import licks as k
from . import rhythms as r
from .families import BLUES, DORIAN, MAJOR, MINOR, MIXOLYDIAN, Voice, gm, kit, synth


@dataclass(frozen=True)
class Style:
    name: str
    """The prompt a listener would type, and the label of the evaluation."""
    synonyms: tuple[str, ...]
    """Other names for the whole band's sound ("a jazz trio"); each reads as a prompt of its own."""
    adjectives: tuple[str, ...]
    """How the style colours an instrument's name: "funky" makes "funky piano"."""
    beats: tuple[int, ...]
    """The beat counts (of BEAT_COUNTS) at which it is played, likelier ones repeated."""
    meter: int
    """Beats in a bar: 4, 2 or 3. Bars fill every clip exactly, so a meter of 4 may end a clip with a bar of 2."""
    scales: tuple[tuple[int, ...], ...]
    progressions: tuple[tuple[int, ...], ...]
    """Scale degrees, one for each bar, repeated or cut to fit."""
    swing: float
    sevenths: float
    section: tuple[Voice, ...]
    """What always plays: drums, bass, and the style's own chords or texture."""
    leads: tuple[str, ...]
    """Families (by name) that take its melody, the most typical first."""
    lead_figures: tuple = ()
    """How a melodic lead plays in this style; empty: as its family does."""
    quality: tuple[int, ...] = ()
    """Intervals above the root that every chord has, where stacked thirds of the scale would be wrong: a blues is all
    dominant sevenths. Empty: thirds of the scale."""


# Hijaz is exact; bayati's second lies between two semitones and is rounded down, or up in its milder form.
HIJAZ, BAYATI, NAHAWAND = (0, 1, 4, 5, 7, 8, 10), (0, 1, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 8, 11)
DOMINANT = (0, 4, 7, 10)

STYLES: tuple[Style, ...] = (
    Style(
        "blues",
        ("a blues", "blues shuffle", "a blues band", "twelve bar blues"),
        ("bluesy", "blues"),
        (6, 8, 8, 10),
        4,
        (BLUES,),
        ((0, 3, 0, 4), (0, 0, 3, 0, 4, 3), (0, 3, 4, 0)),
        1.0,
        1.0,
        (
            Voice((kit(0), kit(8)), (r.blues_shuffle,), 0, 0, 0.5),
            Voice((gm(33), gm(32)), (b.shuffle_bass,), 28, 47, 0.6),
            Voice((gm(27), gm(26)), (c.boogie_comping,), 40, 62, 0.45),
            Voice((gm(0), gm(17)), (c.blues_sevenths,), 52, 70, 0.25),
        ),
        ("electric guitar", "piano", "hammond organ", "saxophone", "acoustic guitar"),
        (k.blues_lick,),
        DOMINANT,
    ),
    Style(
        "jazz",
        ("a jazz trio", "swing jazz", "bebop", "a jazz band"),
        ("jazzy", "jazz", "swinging"),
        (8, 10, 12, 12),
        4,
        (DORIAN, MAJOR, MIXOLYDIAN),
        ((1, 4, 0, 5), (1, 4, 0, 0), (0, 5, 1, 4), (2, 5, 1, 4)),
        1.0,
        1.0,
        (
            Voice((kit(32), kit(40)), (r.jazz_swing,), 0, 0, 0.45),
            Voice((gm(32),), (b.walking_jazz,), 29, 50, 0.7),
            Voice((gm(0), gm(0), gm(26)), (c.jazz_comp,), 52, 71, 0.35),
        ),
        ("saxophone", "piano", "trumpet", "vibraphone", "clarinet", "electric guitar", "electric piano", "flute"),
        (k.bebop_line, k.bebop_line, f.melody),
    ),
    Style(
        "funk",
        ("a funk band", "funk groove", "a funk jam"),
        ("funky", "funk"),
        (8, 10, 10),
        4,
        (DORIAN, MIXOLYDIAN),
        ((0, 0, 0, 0), (0, 0, 3, 0), (0, 3)),
        0.0,
        1.0,
        (
            Voice((kit(0), kit(8)), (r.funk_drums,), 0, 0, 0.6),
            Voice((gm(36), gm(37)), (b.slap_bass,), 28, 52, 0.65),
            Voice((gm(7), gm(27), gm(28)), (c.funk_scratch,), 55, 74, 0.4),
        ),
        ("bass guitar", "electric piano", "piano", "saxophone", "brass section", "electric guitar", "hammond organ"),
        (k.funk_lick,),
    ),
    Style(
        "disco",
        ("a disco track", "disco beat", "seventies disco"),
        ("disco",),
        (10, 10, 10, 12),
        4,
        (MINOR, DORIAN, MAJOR),
        ((0, 5, 2, 6), (0, 3, 4, 0), (0, 6, 5, 6), (1, 4, 0, 5)),
        0.0,
        0.5,
        (
            Voice((kit(0), kit(16)), (r.disco_drums,), 0, 0, 0.7),
            Voice((gm(33), gm(34)), (b.octave_bass,), 28, 52, 0.6),
            Voice((gm(48), gm(50)), (c.disco_strings,), 64, 88, 0.45),
            Voice((gm(27),), (c.disco_guitar,), 55, 72, 0.3),
        ),
        ("strings", "electric piano", "brass section", "piano", "flute", "vibraphone", "trumpet"),
        (k.disco_lick,),
    ),
    Style(
        "afrobeat",
        ("an afrobeat band", "nigerian afrobeat", "afrobeat groove"),
        ("afrobeat", "african"),
        (8, 10, 10),
        4,
        (DORIAN, MINOR),
        ((0, 0, 0, 0), (0, 0, 3, 0)),
        0.0,
        0.6,
        (
            Voice((kit(8), kit(0)), (r.afrobeat_drums,), 0, 0, 0.5),
            Voice((kit(0),), (r.afrobeat_percussion,), 0, 0, 0.4),
            Voice((gm(33),), (b.afrobeat_bass,), 28, 48, 0.55),
            Voice((gm(28), gm(27)), (c.guitar_ostinato,), 52, 72, 0.4),
            Voice((gm(61),), (c.horn_riff,), 55, 84, 0.4),
        ),
        ("saxophone", "brass section", "trumpet", "electric guitar", "electric piano", "hammond organ"),
        (k.afrobeat_riff,),
    ),
    Style(
        "bossa nova",
        ("a bossa nova", "brazilian bossa nova", "bossa"),
        ("bossa nova", "brazilian"),
        (6, 6, 8),
        4,
        (MAJOR, DORIAN),
        ((0, 0, 1, 4), (0, 5, 1, 4), (1, 4, 0, 0)),
        0.0,
        1.0,
        (
            Voice((kit(40), kit(0)), (r.bossa_drums,), 0, 0, 0.4),
            Voice((gm(32),), (b.bossa_bass,), 28, 50, 0.5),
            Voice((gm(24),), (c.bossa_guitar,), 52, 72, 0.55),
        ),
        ("acoustic guitar", "flute", "piano", "saxophone", "vibraphone", "electric piano", "clarinet"),
        (k.bossa_melody,),
    ),
    Style(
        "salsa",
        ("a salsa band", "cuban son", "salsa dance music", "latin music"),
        ("salsa", "latin", "cuban"),
        (8, 8, 10),
        4,
        (MINOR, MAJOR, MIXOLYDIAN),
        ((0, 3, 4, 3), (0, 4, 4, 0), (0, 0, 4, 4), (0, 6, 5, 4)),
        0.0,
        0.3,
        (
            Voice((kit(0),), (r.salsa_percussion,), 0, 0, 0.6),
            Voice((gm(32), gm(33)), (b.tumbao_bass,), 31, 52, 0.55),
            Voice((gm(0), gm(1)), (c.montuno,), 58, 86, 0.5),
        ),
        ("trumpet", "piano", "brass section", "flute", "saxophone", "vibraphone", "fiddle"),
        (k.guajeo, k.mambo_line),
    ),
    Style(
        "reggae",
        ("a reggae band", "roots reggae", "dub reggae", "jamaican reggae"),
        ("reggae", "jamaican"),
        (6, 6, 8),
        4,
        (MINOR, MAJOR, DORIAN),
        ((0, 3), (0, 6, 5, 6), (0, 4, 3, 4), (0, 3, 0, 4)),
        0.0,
        0.1,
        (
            Voice((kit(0), kit(8)), (r.one_drop,), 0, 0, 0.5),
            Voice((gm(33), synth("bass")), (b.reggae_bass,), 26, 47, 0.8),
            Voice((gm(27), gm(28)), (c.skank,), 57, 74, 0.4),
            Voice((gm(16), gm(17)), (c.organ_bubble,), 48, 72, 0.3),
        ),
        ("hammond organ", "electric guitar", "trumpet", "saxophone", "brass section", "piano", "accordion"),
        (k.reggae_melody,),
    ),
    Style(
        "house",
        ("house music", "deep house", "a house track", "house beat"),
        ("house", "club"),
        (10, 10, 10, 12),
        4,
        (MINOR, DORIAN),
        ((0, 5, 2, 6), (0, 3), (0, 6, 5, 6), (0, 0, 3, 4)),
        0.0,
        1.0,
        (
            Voice((synth("drums909"),), (r.house_drums,), 0, 0, 0.7),
            Voice((synth("bass"), gm(38)), (b.house_bass,), 28, 52, 0.55),
            Voice((gm(1), gm(17), gm(16)), (c.house_stabs,), 55, 77, 0.45),
            Voice((gm(89), synth("pad")), (c.held_chords,), 52, 70, 0.15),
        ),
        ("piano", "electric piano", "hammond organ", "strings", "synth pad", "vibraphone", "marimba"),
        (c.house_stabs, k.disco_lick),
    ),
    Style(
        "techno",
        ("techno beat", "a techno track", "acid techno", "rave music"),
        ("techno", "acid"),
        (12, 12, 12, 10),
        4,
        (MINOR,),
        ((0, 0, 0, 0),),
        0.0,
        0.0,
        (
            Voice((synth("drums909"),), (r.techno_drums,), 0, 0, 0.8),
            Voice((synth("bass"),), (b.rumble,), 26, 38, 0.4),
            Voice((synth("acid"),), (b.acid_line,), 36, 60, 0.5),
        ),
        ("acid bass", "synth pad", "marimba", "electric piano", "vibraphone"),
        (k.techno_sequence,),
    ),
    Style(
        "hip hop",
        ("lo-fi hip hop", "boom bap", "hip hop beat", "a rap beat", "lo-fi beats"),
        ("hip hop", "lo-fi"),
        (8, 8, 6),
        4,
        (DORIAN, MINOR),
        ((1, 4, 0, 0), (0, 3), (0, 5, 3, 4), (0, 6, 5, 4)),
        0.0,
        1.0,
        (
            Voice((kit(25), synth("drums808"), kit(8)), (r.boom_bap,), 0, 0, 0.7),
            Voice((synth("bass"), gm(32)), (b.hip_hop_bass,), 28, 47, 0.6),
            Voice((gm(4), gm(5)), (c.hip_hop_keys,), 50, 72, 0.5),
        ),
        ("electric piano", "vibraphone", "saxophone", "piano", "flute", "trumpet", "harp"),
        (k.hip_hop_lick,),
    ),
    Style(
        "rock",
        ("rock music", "a rock band", "hard rock", "rock and roll"),
        ("rock", "rocking"),
        (8, 10, 12, 12),
        4,
        (MIXOLYDIAN, MINOR, MAJOR),
        ((0, 6, 3, 0), (0, 3, 4, 3), (0, 5, 6, 0), (0, 4, 5, 3)),
        0.0,
        0.0,
        (
            Voice((kit(16), kit(0)), (r.rock_beat,), 0, 0, 0.7),
            Voice((gm(34),), (b.rock_bass,), 28, 47, 0.5),
            Voice((gm(30), gm(29)), (c.rock_guitar,), 40, 63, 0.6),
        ),
        ("electric guitar", "hammond organ", "piano", "saxophone", "fiddle"),
        (k.rock_lick,),
    ),
    Style(
        "waltz",
        ("a waltz", "viennese waltz", "waltz in three four", "a musette waltz"),
        ("waltzing", "waltz"),
        (12, 12, 12, 6),
        3,
        (MAJOR, MINOR),
        ((0, 0, 4, 0), (0, 3, 4, 0), (0, 5, 3, 4), (0, 4, 4, 0)),
        0.0,
        0.1,
        (
            Voice((gm(32), gm(43)), (b.waltz_bass,), 31, 52, 0.6),
            Voice((gm(21), gm(48), gm(0)), (c.pah_pah,), 55, 74, 0.5),
        ),
        ("accordion", "strings", "piano", "fiddle", "clarinet", "music box", "flute", "harpsichord"),
        (k.waltz_tune,),
    ),
    Style(
        "gospel",
        ("gospel music", "a gospel choir", "church gospel", "spiritual"),
        ("gospel", "soulful"),
        (6, 8, 8),
        4,
        (MAJOR, MIXOLYDIAN),
        ((0, 3, 0, 4), (0, 5, 1, 4), (3, 4, 5, 0), (0, 2, 3, 4)),
        1.0,
        0.8,
        (
            Voice((kit(0),), (r.gospel_claps,), 0, 0, 0.5),
            Voice((gm(33),), (b.gospel_bass,), 28, 48, 0.45),
            Voice((gm(18), gm(16)), (c.gospel_organ,), 48, 74, 0.5),
            Voice((gm(52), gm(53)), (c.held_chords,), 57, 79, 0.45),
        ),
        ("hammond organ", "choir", "piano", "saxophone", "electric piano"),
        (k.gospel_run,),
    ),
    Style(
        "ambient",
        ("ambient music", "an ambient soundscape", "drone music", "meditation music"),
        ("ambient", "dreamy", "floating"),
        (6, 6, 8),
        4,
        (MAJOR, MINOR, DORIAN),
        ((0, 3), (0, 5), (0, 0, 3, 3), (0, 5, 3, 0)),
        0.0,
        0.8,
        (
            Voice((gm(89), gm(91), gm(94), gm(95), synth("pad")), (c.slow_pads,), 48, 74, 0.7),
            Voice((gm(89), gm(95), synth("pad")), (c.drone,), 33, 52, 0.5),
            Voice((gm(98), gm(11), gm(46), gm(10)), (c.sparse_plucks,), 72, 96, 0.3),
        ),
        ("synth pad", "harp", "vibraphone", "choir", "strings", "flute", "music box", "electric piano", "piano"),
        (k.long_tones,),
    ),
    Style(
        "arabic",
        ("arabic music", "middle eastern music", "an oud and darbuka", "oriental music", "egyptian music"),
        ("arabic", "middle eastern"),
        (6, 8, 8, 10),
        4,
        (HIJAZ, HIJAZ, BAYATI, NAHAWAND),
        ((0, 0, 0, 0), (0, 0, 3, 0), (0, 1)),
        0.0,
        0.0,
        (
            Voice((kit(0), kit(48)), (r.darbuka,), 0, 0, 0.75),
            Voice((gm(24), gm(104), gm(106)), (k.takht_plain,), 48, 74, 0.5),
            Voice((gm(48), gm(49)), (k.takht_ornamented,), 55, 84, 0.45),
            Voice((gm(48), gm(43)), (c.drone,), 36, 56, 0.3),
        ),
        ("strings", "fiddle", "flute", "sitar", "clarinet", "choir", "accordion"),
        (k.takht_ornamented,),
    ),
    Style(
        "folk",
        ("folk music", "a folk band", "country folk", "bluegrass"),
        ("folk", "country", "rustic"),
        (8, 10, 10, 12),
        4,
        (MAJOR, MAJOR, MIXOLYDIAN),
        ((0, 3, 4, 0), (0, 4, 5, 3), (0, 3, 0, 4), (0, 0, 4, 0)),
        0.0,
        0.0,
        (
            Voice((kit(0),), (r.folk_stomp,), 0, 0, 0.4),
            Voice((gm(32),), (b.two_beat_bass,), 28, 50, 0.4),
            Voice((gm(25),), (c.folk_strum,), 40, 72, 0.6),
            Voice((gm(105), gm(110)), (k.reel,), 60, 84, 0.3),
        ),
        ("fiddle", "banjo", "acoustic guitar", "accordion", "flute", "harp", "piano"),
        (k.reel, k.folk_tune),
    ),
)

BY_NAME = {style.name: style for style in STYLES}
