"""What to generate and what it should be heard as. `PromptSamples` (Java) and `generate` read the same plan.

A plan is {"groups": [{"name", "seeds", "prompts": […], "seedImages"?, "alphas"?, "denoising"?}, …]}. Every group asks for
each of its prompts with each seed: from the seed image that is the default, or from every one (`"seedImages": "each"`);
at every one of `alphas`, between `prompt` and `end`. A prompt has `family` and `style`, every right answer of those
heads, and `pulse`, false for a texture, which owes its seed image no beat.
"""

from __future__ import annotations

from riffloom_train.families import FAMILIES
from riffloom_train.styles import STYLES

KNOWN = (
    "church bells",
    "electronic beats",
    "funky piano",
    "jazzy saxophone",
    "blues guitar",
    "jazz piano",
    "afrobeat",
    "typewriter",
    "piano and bass",
    "funk bassline with a jazzy saxophone solo",
    "arabic gospel",
    "rain",
    "acoustic folk fiddle solo",
    "techno beat",
    "lo-fi hip hop",
)
"""Prompts that people know from Riffusion and its like."""
ALSO_RIGHT = {"blues guitar": ("electric guitar",), "piano and bass": ("bass guitar",)}
"""Families that a prompt means beside those whose names are in it."""
INTERPOLATIONS = (("church bells", "electronic beats"),)
PULSED = ("piano", "acoustic guitar", "electric guitar", "saxophone", "electronic beats", "marimba")
PULSED += ("funk", "jazz", "rock", "techno", "hip hop", "salsa")
ONSETS = ("piano", "acoustic guitar", "electronic beats", "church bells", "funk", "jazz", "techno", "folk")
VARIETY = ("church bells", "piano", "acoustic guitar", "techno")


def _phrases(rows: tuple, adjectives: bool) -> dict[tuple[str, ...], str]:
    """Words that name a row of a table, without a leading article, to the row's name."""
    found: dict[tuple[str, ...], str] = {}
    for row in rows:
        for phrase in (row.name, *row.synonyms, *(row.adjectives if adjectives else ())):
            words = phrase.split()
            found.setdefault(tuple(words[1:] if words[0] in ("a", "an") else words), row.name)
    return found


def _named(prompt: str, phrases: dict[tuple[str, ...], str]) -> list[str]:
    """The rows that a prompt names, longer phrases before the shorter ones inside them."""
    words, names = prompt.split(), []
    for phrase in sorted(phrases, key=len, reverse=True):
        for k in range(len(words) - len(phrase) + 1):
            if tuple(words[k : k + len(phrase)]) == phrase:
                words[k : k + len(phrase)] = [""] * len(phrase)
                names.append(phrases[phrase])
    return list(dict.fromkeys(names))


def expectation(prompt: str) -> dict[str, object]:
    families = [*_named(prompt, _phrases(FAMILIES, False)), *ALSO_RIGHT.get(prompt, ())]
    styles = _named(prompt, _phrases(STYLES, True))
    if prompt in {family.name for family in FAMILIES}:
        styles = []  # "church organ" alone is no style, whatever its words
    elif prompt in {style.name for style in STYLES}:
        families = []
    kinds = {family.name: family.kind for family in FAMILIES}
    texture = bool(families) and not styles and all(kinds[name] == "texture" for name in families)
    return {"prompt": prompt, "family": families, "style": styles, "pulse": not texture}


def _between(start: str, end: str) -> dict[str, object]:
    other = expectation(end)
    # Part of the way there, neither prompt is the one to be named.
    return expectation(start) | {"end": end, "endFamily": other["family"], "endStyle": other["style"]}


def plan() -> dict[str, list[dict]]:
    known = {row.name for row in (*FAMILIES, *STYLES)}
    expected = lambda prompts: [expectation(prompt) for prompt in prompts]
    groups = [
        {"name": "families", "seeds": 8, "prompts": expected(family.name for family in FAMILIES)},
        {"name": "styles", "seeds": 8, "prompts": expected(style.name for style in STYLES)},
        {"name": "known", "seeds": 4, "prompts": expected(KNOWN)},
        {"name": "beats", "seeds": 2, "seedImages": "each", "prompts": expected(p for p in PULSED if p in known)},
        {
            "name": "interpolation",
            "seeds": 10,
            "alphas": [0.0, 0.25, 0.5, 0.75, 1.0],
            "prompts": [_between(*ends) for ends in INTERPOLATIONS],
        },
        {"name": "variety", "seeds": 16, "prompts": expected(p for p in VARIETY if p in known)},
        {
            "name": "onsets",
            "seeds": 1,
            "seedImages": "each",
            "denoising": 0.75,
            "prompts": expected(p for p in ONSETS if p in known),
        },
    ]
    return {"groups": groups}
