"""All figures of the model's card over one folder of samples: as JSON, and as a table in Markdown."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from . import classifier, measures
from .classifier import Classifier
from .held_out import PLAIN, HeldOut, shrunk
from .measures import Reading
from .report import judge
from .samples import Samples

ACCURACY_GROUPS = ("families", "styles", "known", "beats")


def compute(
    model: Classifier, samples: Samples, held: HeldOut, training: Path | None, cache: Path, other: Samples | None
) -> dict[str, object]:
    """Every figure that the groups present allow; `training` is the rendered set that the generator was trained on."""
    reading = measures.read(model, samples)
    _, held_features = classifier.read(model, held.small)
    result: dict[str, object] = {"clips": len(reading.entries), "classifier": measures.accuracy_of_held_out(model, held)}
    for name in ACCURACY_GROUPS:
        group = reading.group(name)
        if group.entries:
            result[name] = judge(group.entries, group.probabilities, model.labels)
    if (group := reading.group("variety")).entries:
        result["variety"] = measures.variety(group, held, held_features)
    mix = reading.group("families", "styles")
    if mix.entries:
        other_mix = measures.read(model, other).group("families", "styles") if other else None
        result["frechet"] = measures.frechet_distances(mix, held, held_features, other_mix)
        result["frechetOnTheBeat"] = measures.frechet_distances(mix, held, held_features, other_mix, on_the_beat=True)
    if (group := reading.group("interpolation")).entries:
        result["interpolation"] = measures.interpolation(group)
    if (group := samples.group("onsets")).entries:
        result["onsets"] = measures.onsets(group)
    if training:
        result["memorisation"] = measures.memorisation(_bare(reading), held, training_images(training, cache))
    return result


def _bare(reading: Reading) -> Reading:
    """One prompt from one seed image or none: what the model makes by itself."""
    kept = reading.group("families", "styles", "known", "variety")
    return kept if kept.entries else reading


def training_images(training: Path, cache: Path) -> np.ndarray:
    """uint8 [M, 64, 64] of the rendered training set, kept in `cache`."""
    from riffloom_train import dataset

    return shrunk(training, len(dataset.read_pieces(training)), cache, PLAIN, PLAIN)


def _percent(share: dict) -> str:
    return f"{100 * share['accuracy']:.1f} % ({share['right']} of {share['of']})"


def _percent_alone(value: float | None) -> str:
    return f"{100 * value:.1f} %" if value is not None else "-"


def table(result: dict[str, object]) -> str:
    """One row for each figure, in Markdown."""
    rows = []
    own = result["classifier"]
    heads = ", ".join(f"{head} {_percent_alone(own[head]['accuracy'])}" for head in ("family", "style", "beats"))
    rows.append((f"the classifier on {own['clips']} held-out renders of its own", heads))
    for group, head, words in (
        ("families", "family", "sound family named"),
        ("styles", "style", "style named"),
        ("known", "family", "known prompts, family named"),
        ("known", "style", "known prompts, style named"),
        ("beats", "beats", "beats of the seed image counted"),
    ):
        if head in result.get(group, {}):
            rows.append((f"{words} (chance {100 * result[group][head]['chance']:.0f} %)", _percent(result[group][head])))
    for prompt, row in result.get("variety", {}).items():
        share = f"{100 * row['ofReal']:.0f} % of that of {row['realClips']} renders, " if "ofReal" in row else ""
        share += f"{100 * row['ofRealOfSameBeats']:.0f} % on the same beats, " if "ofRealOfSameBeats" in row else ""
        rows.append((f'variety of {row["clips"]} seeds of "{prompt}"', f"{share}{row['identicalPairs']} identical pairs"))
    for name, which in (("frechet", "held-out renders"), ("frechetOnTheBeat", "held-out renders with the beats of the seed image")):
        frechet = result.get(name, {})
        if "generatedToReal" not in frechet:
            continue
        size = f"{frechet['clips']} clips of {frechet['labels']} labels in each set, {frechet['dimension']} dimensions"
        rows.append((f"Fréchet distance to {which} ({size})", f"{frechet['generatedToReal']:.2f}"))
        rows.append(("the same between two halves of the renders", f"{frechet['realToReal']:.2f}"))
        if "otherToReal" in frechet:
            rows.append(("the same for the other model", f"{frechet['otherToReal']:.2f}"))
    for name, row in result.get("interpolation", {}).items():
        share = f"{100 * row['monotone']:.0f} % ({100 * row['monotoneWithinTolerance']:.0f} % within {row['tolerance']})"
        rows.append((f"{name}: of {row['seeds']} seeds, those that change at every step", share))
    onsets = result.get("onsets", {})
    if "mean" in onsets:
        chance = f" (with other seed images {onsets['otherSeedImages']:.2f})" if onsets["otherSeedImages"] is not None else ""
        rows.append((f"onset correlation with the seed image, {onsets['clips']} clips", f"{onsets['mean']:.2f}{chance}"))
    memory = result.get("memorisation", {})
    for name, words in (
        ("fromNoise", "made from noise"),
        ("fromSeedImage", "made from a seed image"),
        ("heldOut", "held-out renders"),
    ):
        if name in memory:
            figures = f"median {memory[name]['median']:.2f}, most {memory[name]['most']:.2f}"
            rows.append((f"correlation with the nearest of {memory['trainingClips']} training clips, {words}", figures))
    return "\n".join(["| what | figure |", "|---|---|", *(f"| {what} | {figure} |" for what, figure in rows)]) + "\n"
