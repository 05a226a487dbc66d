"""Captions in the plain words a listener would type: one to twelve of them, and all of them true of the piece."""
from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from .families import FAMILIES, Family
from .styles import STYLES, Style

Rng = np.random.Generator

PACE_WORDS = {
    "6": ("slow", "calm", "gentle", "70 bpm"),
    "8": ("steady", "relaxed", "mid tempo", "94 bpm"),
    "10": ("upbeat", "lively", "117 bpm", "120 bpm"),
    "12": ("fast", "energetic", "quick", "140 bpm"),
    "none": (),
}
"""Keyed by the beats to a clip."""
MOOD_WORDS = {"dark": ("dark", "minor", "sad"), "bright": ("bright", "happy", "major"), "none": ()}
DENSITY_WORDS = {"busy": ("busy", "dense"), "sparse": ("sparse", "simple"), "medium": ()}

SOLO = ("{noun}", "{noun} solo", "solo {noun}", "{noun} music", "a {noun} melody", "{noun} playing alone")
DUO = ("{noun} and {other}", "{noun} with {other}", "{noun} and {other} duet", "{other} and {noun}")
BAND_UNNAMED = ("{style}", "{style}", "{style}", "{style} music", "{style} groove", "a {style} band", "{style} beat", "{style} song")
BAND_NAMED = (
    "{adjective} {noun}", "{adjective} {noun}", "{adjective} {noun}", "{adjective} {noun} solo", "{style} {noun}",
    "{style} with {noun}", "{style} groove with a {noun} solo", "{style} bassline with a {noun} solo",
    "{style} bassline with a {adjective} {noun} solo", "{noun} over a {style} beat", "{style} and {noun}",
)  # fmt: skip
FUSION_UNNAMED = ("{colour} {style}", "{colour} {style}", "{style} with {colour} melodies", "{colour} and {style} fusion")
FUSION_NAMED = (
    "{style} with a {colour} {noun} solo", "{style} bassline with a {colour} {noun} solo", "{colour} {noun} over a {style} beat",
    "{style} groove with {colour} {noun}",
)  # fmt: skip


@dataclass(frozen=True)
class Brief:
    """What a caption may tell of."""

    kind: str
    family: Family
    other: Family | None = None
    """The second family of a duo."""
    style: Style | None = None
    colour: Style | None = None
    """The second style of a fusion: its melody and scale."""
    named: bool = True
    """Whether the caption names the lead's family."""
    backing: str | None = None


def _pick(rng: Rng, words: tuple[str, ...]) -> str:
    return words[rng.integers(len(words))]


def _bare(noun: str) -> str:
    """Without its article, to stand inside a phrase."""
    return noun.split(" ", 1)[1] if noun.startswith(("a ", "an ")) else noun


def _noun(rng: Rng, family: Family) -> str:
    return family.name if rng.random() < 0.55 else _pick(rng, family.synonyms)


def _style_name(rng: Rng, style: Style) -> str:
    return style.name if rng.random() < 0.6 else _pick(rng, style.synonyms)


def _articles(text: str) -> str:
    """No second article, "an" before a vowel."""
    words = text.split()
    kept: list[str] = []
    for k, word in enumerate(words):
        if word in ("a", "an") and k + 1 < len(words):
            if words[k + 1] in ("a", "an"):
                continue
            word = "an" if words[k + 1][0] in "aeio" else "a"
        kept.append(word)
    return " ".join(kept)


def _solo(rng: Rng, brief: Brief) -> str:
    template = _pick(rng, SOLO) if brief.family.kind in ("melodic", "chordal") and rng.random() < 0.3 else "{noun}"
    noun = _noun(rng, brief.family)
    text = template.format(noun=noun if template == "{noun}" else _bare(noun))
    return f"{text} with {brief.backing}" if brief.backing and rng.random() < 0.6 else text


def _duo(rng: Rng, brief: Brief) -> str:
    assert brief.other
    return _pick(rng, DUO).format(noun=_bare(_noun(rng, brief.family)), other=_bare(_noun(rng, brief.other)))


def _fitting(templates: tuple[str, ...], style: Style) -> tuple[str, ...]:
    """Without those that promise a beat or a bass line where the style's band has none."""
    has_beat = any(i.source == "kit" or "drums" in str(i.preset) for voice in style.section for i in voice.instruments)
    return templates if has_beat else tuple(t for t in templates if not re.search("beat|bassline|groove", t))


def _band(rng: Rng, brief: Brief) -> str:
    assert brief.style
    names = {"style": brief.style.name, "adjective": _pick(rng, brief.style.adjectives), "noun": _bare(_noun(rng, brief.family))}
    if brief.named:
        return _pick(rng, _fitting(BAND_NAMED, brief.style)).format(**names)
    template = _pick(rng, _fitting(BAND_UNNAMED, brief.style))
    return _style_name(rng, brief.style) if template == "{style}" else template.format(**names)


def _fusion(rng: Rng, brief: Brief) -> str:
    assert brief.style and brief.colour
    names = {
        "style": brief.style.name,
        "colour": _pick(rng, brief.colour.adjectives),
        "noun": _bare(_noun(rng, brief.family)),
    }
    return _pick(rng, _fitting(FUSION_NAMED if brief.named else FUSION_UNNAMED, brief.style)).format(**names)


def _is_bare(rng: Rng, brief: Brief) -> str | None:
    """Most prompts are the bare name of a sound, so many captions are."""
    if brief.kind == "solo" and rng.random() < 0.4:
        return brief.family.name
    if brief.kind == "band" and not brief.named and rng.random() < 0.45:
        assert brief.style
        return brief.style.name
    return None


def write(rng: Rng, brief: Brief, facts: dict[str, str]) -> str:
    """One caption; `facts` are the composer's (see `compose`)."""
    if bare := _is_bare(rng, brief):
        return bare
    text = {"solo": _solo, "duo": _duo, "band": _band, "fusion": _fusion}[brief.kind](rng, brief)
    words = [
        w
        for table, fact in ((DENSITY_WORDS, "density"), (MOOD_WORDS, "mood"), (PACE_WORDS, "beats"))
        for w in table[facts[fact]]
    ]
    if brief.family.kind == "texture" and brief.kind == "solo":
        words = []
    if words and rng.random() < 0.55:
        # A tempo in figures stands behind, as people write it.
        word = _pick(rng, tuple(words))
        if word.endswith("bpm"):
            text = f"{text} {word}"
        else:
            text = f"a {word} {_bare(text)}" if text.startswith(("a ", "an ")) else f"{word} {text}"
    return _articles(text)


def vocabulary() -> list[str]:
    """Every phrase a caption can be built from: what the tokenizer is trained on."""
    phrases = [p for table in (PACE_WORDS, MOOD_WORDS, DENSITY_WORDS) for words in table.values() for p in words]
    for family in FAMILIES:
        phrases += [family.name, *family.synonyms, *(f"with {b.words}" for b in family.backings)]
    for style in STYLES:
        phrases += [style.name, *style.synonyms, *style.adjectives]
    for template in (*SOLO, *DUO, *BAND_UNNAMED, *BAND_NAMED, *FUSION_UNNAMED, *FUSION_NAMED):
        phrases.append(" ".join(w for w in template.split() if "{" not in w))
    return [p for p in phrases if p]
