"""What a classifier hears in samples, against what their prompts asked for."""

from __future__ import annotations

from collections import Counter

import numpy as np

from .labels import HEADS, Labels


def expected(entry: dict, head: str) -> list[str]:
    """Every right answer, or none where the prompt asks for nothing in particular."""
    answers = entry.get(head) or []
    return [str(answers)] if isinstance(answers, (str, int)) else list(answers)


def heard(probabilities: dict[str, np.ndarray], labels: Labels) -> dict[str, list[str]]:
    """The likeliest name for each clip and head."""
    return {head: [labels.of(head)[k] for k in p.argmax(1)] if len(p) else [] for head, p in probabilities.items()}


def _share(right: list[bool]) -> dict[str, object]:
    return {"right": sum(right), "of": len(right), "accuracy": round(sum(right) / len(right), 4)}


def _mean_top(probabilities: np.ndarray, names: tuple[str, ...], count: int = 3) -> dict[str, float]:
    mean = probabilities.mean(0)
    return {names[k]: round(float(mean[k]), 3) for k in mean.argsort()[::-1][:count]}


def judge(entries: list[dict], probabilities: dict[str, np.ndarray], labels: Labels) -> dict[str, object]:
    """For each head: accuracy, confusions (asked for, heard, how often); for each prompt: what is right and the top three."""
    answers = heard(probabilities, labels)
    result: dict[str, object] = {"clips": len(entries)}
    right = {head: {} for head in HEADS}
    for head in HEADS:
        asked = {k: expected(entry, head) for k, entry in enumerate(entries) if expected(entry, head)}
        if not asked:
            continue
        right[head] = {k: answers[head][k] in names for k, names in asked.items()}
        wrong = Counter((" / ".join(names), answers[head][k]) for k, names in asked.items() if not right[head][k])
        result[head] = _share(list(right[head].values()))
        result[head]["chance"] = round(1 / len(labels.of(head)), 4)
        result[head]["confusions"] = [{"asked": a, "heard": h, "clips": n} for (a, h), n in wrong.most_common()]
    result["prompts"] = {}
    for prompt in dict.fromkeys(entry["prompt"] for entry in entries):
        clips = [k for k, entry in enumerate(entries) if entry["prompt"] == prompt]
        row: dict[str, object] = {"clips": len(clips)}
        for head in HEADS:
            counted = [right[head][k] for k in clips if k in right[head]]
            row[head] = (_share(counted) if counted else {}) | {"top": _mean_top(probabilities[head][clips], labels.of(head))}
        result["prompts"][prompt] = row
    return result


def show(result: dict[str, object], title: str = "") -> str:
    """The result as lines for people."""
    lines = [title] if title else []
    for head in HEADS:
        if head in result:
            share = result[head]
            lines.append(
                f"{head}: {100 * share['accuracy']:.1f} % ({share['right']} of {share['of']}; chance {100 * share['chance']:.0f} %)"
            )
            confusions = [f"{c['asked']} > {c['heard']} {c['clips']}" for c in share["confusions"][:12]]
            lines += [f"    heard otherwise: {', '.join(confusions)}"] if confusions else []
    for prompt, row in result["prompts"].items():
        cells = []
        for head in HEADS:
            score = f"{row[head]['right']}/{row[head]['of']} " if "of" in row[head] else ""
            top = ", ".join(f"{name} {p:.2f}" for name, p in row[head]["top"].items())
            cells.append(f"{score}{top}")
        lines.append(f"  {prompt[:40]:40s} | " + " | ".join(cells))
    return "\n".join(lines)
