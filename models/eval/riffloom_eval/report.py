"""Accuracy over a set of images with known prompts, as numbers for people and as JSON."""
from __future__ import annotations

import numpy as np

from .classifier import Classifier, probabilities

FIGURE_PROMPTS = ("church bells", "jazz piano", "electronic beats", "acoustic guitar", "strings", "flute")
"""The prompts of the project's figure; chance among them is 17 %."""


def slug(prompt: str) -> str:
    return prompt.replace(" ", "-")


def judge(model: Classifier, images: np.ndarray, prompts: list[str]) -> dict[str, object]:
    """`accuracy` chooses among the six prompts of the figure, `accuracyOverAll` among every family known."""
    every = probabilities(model, images)
    six = [model.families.index(p) for p in FIGURE_PROMPTS]
    result: dict[str, object] = {"clips": len(prompts)}
    for name, columns in (("accuracy", six), ("accuracyOverAll", list(range(len(model.families))))):
        answers = [model.families[columns[int(k)]] for k in every[:, columns].argmax(1)]
        rows = {}
        for prompt in dict.fromkeys(prompts):
            given = [a for a, p in zip(answers, prompts) if p == prompt]
            heard = {a: given.count(a) for a in sorted(set(given), key=given.count, reverse=True)}
            rows[prompt] = {"right": given.count(prompt), "of": len(given), "heard": heard}
        right = sum(a == p for a, p in zip(answers, prompts))
        result[name] = round(right / len(prompts), 4)
        result[name + "ByPrompt"] = rows
    return result


def show(result: dict[str, object]) -> str:
    lines = []
    for name, words in (("accuracy", "among the six prompts"), ("accuracyOverAll", "among all families")):
        lines.append(f"{words}: {100 * result[name]:.1f} % of {result['clips']} clips")
        for prompt, row in result[name + "ByPrompt"].items():
            heard = ", ".join(f"{k} {v}" for k, v in row["heard"].items())
            lines.append(f"  {prompt:18s} {row['right']:3d}/{row['of']:<3d} heard: {heard}")
    return "\n".join(lines)
