"""Captions in the plain words a listener would type. Most are the bare name of the sound, since most prompts are."""
from __future__ import annotations

import numpy as np

from .families import Family

PACE_WORDS = {
    "slow": ("slow", "calm", "gentle"),
    "medium": ("steady", "relaxed"),
    "quick": ("upbeat", "lively"),
    "fast": ("fast", "energetic"),
}
MOOD_WORDS = {"dark": ("dark", "minor", "sad"), "bright": ("bright", "happy", "major")}
DENSITY_WORDS = {"busy": ("busy", "dense"), "sparse": ("sparse", "simple"), "medium": ()}


def pace(beats: int) -> str:
    return {6: "slow", 8: "medium", 10: "quick", 12: "fast"}[beats]


def _pick(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[rng.integers(len(words))]


def write(rng: np.random.Generator, family: Family, attributes: dict[str, str]) -> str:
    """One caption, true of the piece: what it names is there."""
    bare = rng.random() < 0.45
    noun = family.name if bare or rng.random() < 0.5 else _pick(rng, family.synonyms)
    if bare:
        return noun
    words = [
        w
        for table, fact in ((DENSITY_WORDS, "density"), (MOOD_WORDS, "mood"), (PACE_WORDS, "pace"))
        for w in table[attributes[fact]]
    ]
    article, space, rest = noun.partition(" ")
    article, rest = (article + " ", rest) if article in ("a", "an") else ("", noun)
    if rng.random() < 0.7:
        adjective = _pick(rng, tuple(words))
        article = "" if not article else "an " if adjective[0] in "aeiou" else "a "
        rest = f"{adjective} {rest}"
    text = article + rest
    if attributes["backing"] != "none" and rng.random() < 0.6:
        text += f" with {attributes['backing']}"
    return text


def vocabulary() -> list[str]:
    """Every phrase a caption can be built from: what the tokenizer is trained on."""
    from .families import FAMILIES

    phrases = [p for table in (PACE_WORDS, MOOD_WORDS, DENSITY_WORDS) for words in table.values() for p in words]
    for family in FAMILIES:
        phrases += [family.name, *family.synonyms, *(f"with {b.words}" for b in family.backings)]
    return phrases
