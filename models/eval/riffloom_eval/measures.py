"""The figures beyond accuracy, each over samples that a classifier has read, as plain values for JSON."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import classifier
from .classifier import Classifier
from .distances import frechet, nearest_correlation, pairwise, principal_axes, within_correlation
from .held_out import HeldOut, piece_numbers, plain
from .labels import HEADS, Labels, name_of
from .onsets import onset_correlation
from .report import expected
from .samples import Samples, seed_images

IDENTICAL = 0.995
"""Correlation at 64 x 64 from which two clips count as the same."""


@dataclass(frozen=True)
class Reading:
    """Clips with what the classifier made of them."""

    samples: Samples
    labels: Labels
    small: np.ndarray
    probabilities: dict[str, np.ndarray]
    features: np.ndarray

    def where(self, keep: list[bool] | np.ndarray) -> Reading:
        keep = np.asarray(keep, bool)
        return Reading(
            self.samples.where(keep),
            self.labels,
            self.small[keep],
            {head: p[keep] for head, p in self.probabilities.items()},
            self.features[keep],
        )

    def group(self, *names: str) -> Reading:
        return self.where([entry["group"] in names for entry in self.entries])

    @property
    def entries(self) -> list[dict]:
        return self.samples.entries


def read(model: Classifier, samples: Samples) -> Reading:
    small = samples.small
    return Reading(samples, model.labels, small, *classifier.read(model, small))


def _one_clip_a_piece(held: HeldOut) -> np.ndarray:
    """bool [N]: the first clip of every piece; its other clips resemble it more than another piece would."""
    numbers = piece_numbers(held.pieces)
    return np.diff(numbers, prepend=-1) > 0


def variety(reading: Reading, held: HeldOut, held_features: np.ndarray) -> dict[str, dict]:
    """For each prompt: how far its clips are apart, beside renders with that very caption."""
    alone = _one_clip_a_piece(held)
    captions = np.array([piece["caption"] for piece in held.pieces])
    result = {}
    for prompt in dict.fromkeys(entry["prompt"] for entry in reading.entries):
        made = reading.where([entry["prompt"] == prompt for entry in reading.entries])
        real = alone & (captions == prompt)
        beats = {expected(entry, "beats")[0] for entry in made.entries if expected(entry, "beats")}
        on_beat = real & np.array([piece["beats"] in beats for piece in held.pieces])
        distances, alike = pairwise(made.features), within_correlation(plain(made.small))
        row = {
            "clips": len(made.entries),
            "meanDistance": round(float(distances.mean()), 4),
            "nearestDistance": round(float(distances.min()), 4),
            "nearestCorrelation": round(float(alike.max()), 4),
            "identicalPairs": int((alike > IDENTICAL).sum()),
        }
        for name, chosen in (("real", real), ("realOfSameBeats", on_beat)):
            if chosen.sum() >= 6:
                mean = float(pairwise(held_features[chosen]).mean())
                row |= {name + "Clips": int(chosen.sum()), name + "MeanDistance": round(mean, 4)}
                row |= {"of" + name[0].upper() + name[1:]: round(float(distances.mean()) / mean, 4)}
        result[prompt] = row
    return result


def _asked(entry: dict, with_beats: bool) -> str:
    beats = f", {'/'.join(expected(entry, 'beats'))} beats" if with_beats else ""
    for head in ("style", "family"):
        if len(expected(entry, head)) == 1:
            return f"{head} {expected(entry, head)[0]}{beats}"
    return ""


def _is(piece: dict, with_beats: bool) -> str:
    """A band as its style, one sound alone as its family, like the bare prompts of the plan; anything else as nothing."""
    head = {"band": "style", "solo": "family"}.get(piece["kind"])
    beats = f", {name_of(piece, 'beats') or ''} beats" if with_beats else ""
    return f"{head} {name_of(piece, head)}{beats}" if head else ""


DRAWS = 8
"""With the renders that it is taken to, a distance of a few hundred clips changes by a tenth."""


def frechet_distances(
    reading: Reading, held: HeldOut, held_features: np.ndarray, other: Reading | None = None, on_the_beat: bool = False
) -> dict[str, object]:
    """Between generated clips and held-out renders of the same mix of labels, two halves of the renders, and another model's.

    All sets have the same number of clips for each label, since the distance of finite samples depends on their size; which
    of the clips there are is drawn several times, and the mean distance counts. With `on_the_beat` only renders count that
    have the beats of a clip's seed image: clips from one image have its beats, as they should, and renders have any.
    """
    asked = lambda made: np.array([_asked(entry, on_the_beat) for entry in made.entries])
    generated, others = asked(reading), asked(other or reading)
    real = np.array([_is(piece, on_the_beat) for piece in held.pieces])
    available = lambda label: min((real == label).sum() // 2, (generated == label).sum(), (others == label).sum())
    counts = {label: int(available(label)) for label in sorted({*generated.tolist()} - {""})}
    clips = sum(counts.values())
    if clips < 32:
        return {"clips": clips, "note": "too few clips with renders of the same labels"}
    dimension = min(64, clips // 4)
    axes = principal_axes(held_features, dimension)
    distances: dict[str, list[float]] = {}
    for draw in range(DRAWS):
        rng = np.random.default_rng(draw)
        pick = lambda names, label, count: rng.permutation(np.flatnonzero(names == label))[:count]
        mix = lambda names: np.concatenate([pick(names, label, count) for label, count in counts.items()])
        renders = [np.split(pick(real, label, 2 * count), 2) for label, count in counts.items()]
        halves = [held_features[np.concatenate(half)] for half in zip(*renders)]
        between = lambda made: np.mean([frechet(made, half, axes) for half in halves])
        found = {"generatedToReal": between(reading.features[mix(generated)]), "realToReal": frechet(*halves, axes)}
        if other:
            found["otherToReal"] = between(other.features[mix(others)])
        for name, distance in found.items():
            distances.setdefault(name, []).append(distance)
    means = {name: round(float(np.mean(values)), 4) for name, values in distances.items()}
    return {"clips": clips, "labels": sum(count > 0 for count in counts.values()), "dimension": dimension} | means


def _probability(reading: Reading, head_names: dict[str, list[str]]) -> np.ndarray:
    """[N]: of the first head that has an answer, the probability of any of its answers."""
    head = next(head for head in ("family", "style") if head_names[head])
    columns = [reading.labels.of(head).index(name) for name in head_names[head]]
    return reading.probabilities[head][:, columns].sum(1)


def interpolation(reading: Reading, tolerance: float = 0.01) -> dict[str, object]:
    """From the first prompt to the second: how many seeds lose the first and gain the second at every step."""
    result: dict[str, object] = {}
    for start, end in dict.fromkeys((entry["prompt"], entry["end"]) for entry in reading.entries):
        of_pair = reading.where([(entry["prompt"], entry["end"]) == (start, end) for entry in reading.entries])
        seeds = {}
        for seed in dict.fromkeys(entry["seed"] for entry in of_pair.entries):
            path = of_pair.where([entry["seed"] == seed for entry in of_pair.entries])
            order = np.argsort([entry["alpha"] for entry in path.entries])
            entry = path.entries[0]
            first = _probability(path, {"family": expected(entry, "family"), "style": expected(entry, "style")})[order]
            second = _probability(path, {"family": expected(entry, "endFamily"), "style": expected(entry, "endStyle")})[order]
            seeds[str(seed)] = (first, second)
        strict = [bool((np.diff(a) < 0).all() and (np.diff(b) > 0).all()) for a, b in seeds.values()]
        nearly = [bool((np.diff(a) < tolerance).all() and (np.diff(b) > -tolerance).all()) for a, b in seeds.values()]
        result[f"{start} > {end}"] = {
            "seeds": len(seeds),
            "monotone": round(sum(strict) / len(strict), 4),
            "monotoneWithinTolerance": round(sum(nearly) / len(nearly), 4),
            "tolerance": tolerance,
            "meanFirst": [round(float(p), 4) for p in np.mean([a for a, _ in seeds.values()], 0)],
            "meanSecond": [round(float(p), 4) for p in np.mean([b for _, b in seeds.values()], 0)],
            "paths": {s: {"first": np.round(a, 5).tolist(), "second": np.round(b, 5).tolist()} for s, (a, b) in seeds.items()},
        }
    return result


def onsets(samples: Samples) -> dict[str, object]:
    """How much of a seed image's rhythm is in the clips made from it, beside the other seed images' as chance."""
    pictures = seed_images(samples.model)
    rows = [
        (e["prompt"], e["seedImage"], image) for e, image in zip(samples.entries, samples.images) if e["seedImage"] in pictures
    ]
    if not rows:
        return {"clips": 0, "note": f"no seed images in {samples.model}"}
    own = np.array([onset_correlation(pictures[name], image) for _, name, image in rows])
    foreign = [onset_correlation(p, image) for _, name, image in rows for other, p in pictures.items() if other != name]
    prompts = np.array([prompt for prompt, _, _ in rows])
    names = np.array([name for _, name, _ in rows])
    return {
        "clips": len(rows),
        "mean": round(float(own.mean()), 4),
        "least": round(float(own.min()), 4),
        "otherSeedImages": round(float(np.mean(foreign)), 4) if foreign else None,
        "byPrompt": {p: round(float(own[prompts == p].mean()), 4) for p in dict.fromkeys(prompts.tolist())},
        "bySeedImage": {n: round(float(own[names == n].mean()), 4) for n in dict.fromkeys(names.tolist())},
    }


def memorisation(reading: Reading, held: HeldOut, training: np.ndarray, renders: int = 400) -> dict[str, object]:
    """Correlation with the nearest of the training clips (uint8 [M, 64, 64]), beside that of held-out renders."""

    def summary(correlations: np.ndarray) -> dict[str, float]:
        return {
            "clips": len(correlations),
            "median": round(float(np.median(correlations)), 4),
            "most": round(float(correlations.max()), 4),
        }

    real = np.flatnonzero(_one_clip_a_piece(held) & held.test)[:renders]
    result: dict[str, object] = {
        "trainingClips": len(training),
        "heldOut": summary(nearest_correlation(plain(held.small[real]), training)),
    }
    for name, keep in (("fromNoise", lambda e: e["seedImage"] is None), ("fromSeedImage", lambda e: e["seedImage"] is not None)):
        made = reading.where([keep(entry) for entry in reading.entries])
        if made.entries:
            result[name] = summary(nearest_correlation(plain(made.small), training))
    return result


def accuracy_of_held_out(model: Classifier, held: HeldOut) -> dict[str, object]:
    """The classifier's own accuracy on the tenth it was not trained on, for each head and each family and style."""
    test = np.flatnonzero(held.test)
    probabilities, _ = classifier.read(model, held.small[test])
    pieces = [held.pieces[k] for k in test]
    classes = model.labels.encode(pieces).numpy()
    groups = [piece["style"] if piece["kind"] == "band" else piece["family"] for piece in pieces]
    result: dict[str, object] = {"clips": len(pieces)}
    for k, head in enumerate(HEADS):
        labelled = classes[:, k] >= 0
        right = probabilities[head].argmax(1) == classes[:, k]
        by_group = {g: right[labelled & (np.array(groups) == g)] for g in sorted(set(groups))}
        result[head] = {
            "of": int(labelled.sum()),
            "accuracy": round(float(right[labelled].mean()), 4) if labelled.any() else None,
            "by": {g: round(float(r.mean()), 3) for g, r in by_group.items() if len(r)},
        }
    return result
