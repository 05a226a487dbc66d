"""Composes one looping piece from a seed: `compose(seed)` always returns the same piece."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from . import captions, styles
from .captions import Brief
from .families import BY_NAME, DORIAN, FAMILIES, MIXOLYDIAN, Family, Voice
from .music import BEAT_COUNTS, Bar, Part, Piece, Song
from .styles import STYLES, Style

Rng = np.random.Generator

PROGRESSIONS = {  # scale degrees, one for each bar, repeated or cut to fit
    "bright": ((0, 3, 4, 0), (0, 5, 3, 4), (0, 4, 5, 3), (1, 4, 0, 0), (0, 3, 0, 4)),
    "dark": ((0, 5, 2, 6), (0, 3, 4, 0), (0, 6, 5, 6), (0, 3, 6, 2)),
}
BARS = {6: ((3, 3), (2, 2, 2), (6,)), 8: ((4, 4), (2, 2, 2, 2)), 10: ((5, 5), (4, 4, 2)), 12: ((4, 4, 4), (3, 3, 3, 3), (6, 6))}
"""How a clip may be cut into bars where no style says how."""

CLIPS = 2
"""The usual length of a piece, in clips."""

KINDS = ("solo", "duo", "band", "fusion")
"""One family alone or with a light backing; two families; a style's band; one style's band with another's melody."""


def is_dark(scale: tuple[int, ...]) -> bool:
    """A minor third and no major one."""
    return 3 in scale and 4 not in scale


def _metrical(meter: int, beats: int) -> tuple[int, ...]:
    """A clip cut into bars of the meter; what is left over is a shorter bar at its end."""
    whole, rest = divmod(beats, meter)
    return (meter,) * whole + ((rest,) if rest else ())


def _song(
    rng: Rng,
    beats: int,
    clips: int,
    lengths: tuple[int, ...],
    scale: tuple[int, ...],
    progression: tuple[int, ...],
    swing: float,
    sevenths: float,
    quality: tuple[int, ...] = (),
) -> Song:
    # A scale of five or six notes has no thirds to stack chords from, so its chords come from the mode around it.
    chord_scale = scale if len(scale) == 7 else DORIAN if is_dark(scale) else MIXOLYDIAN
    key = int(rng.integers(12))
    size = 4 if rng.random() < sevenths else 3
    bars, start = [], 0
    for k, length in enumerate(lengths * clips):
        degree = progression[k % len(progression)]
        root = chord_scale[degree]
        above = quality or tuple(chord_scale[(degree + 2 * n) % 7] - root for n in range(size))
        chord = tuple((key + root + interval) % 12 for interval in above)
        bars.append(Bar(float(start), float(length), chord))
        start += length
    return Song(beats * clips, key, scale, tuple(bars), bool(rng.random() < swing), float(rng.random()), clips)


def _family_song(rng: Rng, family: Family, beats: int, clips: int) -> Song:
    scale = family.scales[rng.integers(len(family.scales))]
    table = PROGRESSIONS["dark" if is_dark(scale) else "bright"]
    lengths = BARS[beats][rng.integers(len(BARS[beats]))]
    return _song(rng, beats, clips, lengths, scale, table[rng.integers(len(table))], family.swing, family.sevenths)


def _style_song(rng: Rng, style: Style, scales: tuple[tuple[int, ...], ...], beats: int, clips: int) -> Song:
    scale = scales[rng.integers(len(scales))]
    progression = style.progressions[rng.integers(len(style.progressions))]
    lengths = _metrical(style.meter, beats)
    return _song(rng, beats, clips, lengths, scale, progression, style.swing, style.sevenths, style.quality)


def _part(rng: Rng, song: Song, voice: Voice, gain: float = 1.0) -> Part:
    figure = voice.figures[rng.integers(len(voice.figures))]
    instrument = voice.instruments[rng.integers(len(voice.instruments))]
    level = gain * voice.gain * 10 ** (rng.uniform(-3, 3) / 20)
    return Part(instrument, tuple(figure(rng, song, voice.low, voice.high)), level)


def _lead(rng: Rng, song: Song, family: Family, style: Style | None = None, gain: float = 1.0) -> list[Part]:
    """The family's own voices; a melodic one usually plays as the style asks."""
    voice = family.leads[rng.integers(len(family.leads))]
    if style and style.lead_figures and family.kind == "melodic" and rng.random() < 0.75:
        voice = replace(voice, figures=style.lead_figures)
    together = () if style else family.together
    return [_part(rng, song, v, gain) for v in (voice, *together)]


def _solo(rng: Rng, family: Family, beats: int, clips: int) -> tuple[Song, list[Part], Brief]:
    song = _family_song(rng, family, beats, clips)
    parts = _lead(rng, song, family)
    backings = [backing for backing in family.backings if rng.random() < backing.chance]
    parts += [_part(rng, song, backing.voice) for backing in backings]
    return song, parts, Brief("solo", family, backing=backings[0].words if backings else None)


def _duo(rng: Rng, family: Family, beats: int, clips: int) -> tuple[Song, list[Part], Brief]:
    others = [f for f in FAMILIES if f is not family and f.kind != "texture"]
    other = others[rng.integers(len(others))]
    song = _family_song(rng, family if family.kind in ("melodic", "chordal") else other, beats, clips)
    parts = _lead(rng, song, family) + _lead(rng, song, other, gain=0.9)
    return song, parts, Brief("duo", family, other=other)


def _section(rng: Rng, song: Song, style: Style, light: bool) -> list[Part]:
    """The style's band; behind a named lead it is softer, and one of its voices may pause."""
    voices = list(style.section)
    if light and len(voices) > 2 and rng.random() < 0.15:
        voices.pop(int(rng.integers(1, len(voices))))
    return [_part(rng, song, voice, 0.7 if light else 1.0) for voice in voices]


def _style_lead(rng: Rng, style: Style, family: Family | None) -> Family:
    """The more typical a lead, the likelier."""
    weights = 1 / np.arange(1, len(style.leads) + 1)
    return family or BY_NAME[style.leads[rng.choice(len(style.leads), p=weights / weights.sum())]]


def _band(rng: Rng, style: Style, family: Family | None, beats: int, clips: int) -> tuple[Song, list[Part], Brief]:
    song = _style_song(rng, style, style.scales, beats, clips)
    lead = _style_lead(rng, style, family)
    named = family is not None or rng.random() < 0.5
    parts = _section(rng, song, style, named)
    if named or rng.random() < 0.6:
        parts = _lead(rng, song, lead, style, 1.0 if named else 0.6) + parts
    return song, parts, Brief("band", lead, style=style, named=named)


def _fusion(rng: Rng, style: Style, beats: int, clips: int) -> tuple[Song, list[Part], Brief]:
    """The band of one style under the melody and in the scale of another."""
    others = [s for s in STYLES if s is not style and s.lead_figures]
    colour = others[rng.integers(len(others))]
    song = _style_song(rng, style, colour.scales, beats, clips)
    lead = _style_lead(rng, colour, None)
    named = bool(rng.random() < 0.6)
    parts = _lead(rng, song, lead, colour) + _section(rng, song, style, True)
    return song, parts, Brief("fusion", lead, style=style, colour=colour, named=named)


def _pace(rng: Rng, style: Style) -> int:
    """Beats to a clip: as the style likes it, now and then any, so that every seed image can carry every style."""
    fitting = [b for b in BEAT_COUNTS if style.meter == 4 or b % style.meter == 0]
    return int(rng.choice(style.beats if rng.random() < 0.7 else fitting))


def compose(
    seed: int,
    kind: str | None = None,
    family: str | None = None,
    style: str | None = None,
    beats: int | None = None,
    clips: int = CLIPS,
) -> Piece:
    """A piece of the given kind, family, style and beats to a clip, each drawn from the seed where it is None."""
    rng = np.random.default_rng([0x52494646, seed])
    kind = kind or ("band" if style else KINDS[rng.choice(4, p=(0.45, 0.05, 0.45, 0.05))])
    a_family = BY_NAME[family] if family else None
    a_style = styles.BY_NAME[style] if style else STYLES[rng.integers(len(STYLES))]
    if kind in ("solo", "duo"):
        beats = beats or int(rng.choice(BEAT_COUNTS))
        song, parts, brief = (_solo if kind == "solo" else _duo)(
            rng, a_family or FAMILIES[rng.integers(len(FAMILIES))], beats, clips
        )
    else:
        beats = beats or _pace(rng, a_style)
        song, parts, brief = (
            _band(rng, a_style, a_family, beats, clips) if kind == "band" else _fusion(rng, a_style, beats, clips)
        )
    facts = _facts(song, brief)
    return Piece(seed, song, tuple(parts), captions.write(rng, brief, facts), facts)


def _facts(song: Song, brief: Brief) -> dict[str, str]:
    texture = brief.kind == "solo" and brief.family.kind == "texture"
    tuned = not texture and not (brief.kind == "solo" and brief.family.kind == "rhythm")
    return {
        "kind": brief.kind,
        "family": brief.family.name,
        "named": "yes" if brief.named else "no",
        "other": brief.other.name if brief.other else "none",
        "style": brief.style.name if brief.style else "none",
        "colour": brief.colour.name if brief.colour else "none",
        "beats": "none" if texture else str(song.beats_per_clip),
        "mood": ("dark" if is_dark(song.scale) else "bright") if tuned else "none",
        "density": "busy" if song.density > 0.6 else "sparse" if song.density < 0.3 else "medium",
        "backing": brief.backing or "none",
    }


def piece_of(number: int, first_seed: int) -> Piece:
    """The number-th piece of a set: kinds, families and styles take turns, so that every prefix of a set is balanced."""
    turn, rest = divmod(number, 2)
    seed = first_seed + number
    if rest == 0:
        return compose(seed, "duo" if turn % 10 == 9 else "solo", FAMILIES[turn % len(FAMILIES)].name)
    return compose(seed, "fusion" if turn % 10 == 9 else "band", style=STYLES[turn % len(STYLES)].name)
