"""What every training stage shares: the device, the budget, checkpoints, and the line that says how it goes."""
from __future__ import annotations

import contextlib
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import torch


def device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def mixed_precision(enabled: bool = True) -> contextlib.AbstractContextManager:
    """bfloat16 autocast: always on CUDA, and on CPUs that multiply it in hardware (twice as fast there)."""
    kind = device().type
    fast = kind == "cuda" or torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast(kind, torch.bfloat16, enabled=enabled and fast)


def save(path: Path, state: dict[str, object]) -> None:
    """Writes a checkpoint so that a crash leaves the old one or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    os.replace(partial, path)


def load(path: Path) -> dict[str, object] | None:
    return torch.load(path, map_location=device(), weights_only=True) if path.exists() else None


@dataclass
class Budget:
    """How long a stage may train: steps, minutes, or whichever ends first. Minutes spent survive a restart."""

    steps: int
    minutes: float = math.inf
    spent: float = 0.0
    """Seconds of earlier runs."""

    def __post_init__(self) -> None:
        self._begin = time.time()

    def seconds(self) -> float:
        return self.spent + time.time() - self._begin

    def progress(self, step: int) -> float:
        """0 at the start … 1 at the end."""
        return min(1.0, max(step / self.steps, self.seconds() / 60 / self.minutes))

    def rate_factor(self, step: int, warm_up: int) -> float:
        """Learning rate: linear warm-up, flat, then a cosine decay to 2 % over the last third."""
        decay = max(0.0, (self.progress(step) - 2 / 3) * 3)
        return min(1.0, (step + 1) / warm_up) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * decay)))


class Report:
    """Prints a smoothed loss, samples a second and the time left, at most every `every` seconds."""

    def __init__(self, name: str, budget: Budget, every: float = 20.0):
        self._name, self._budget, self._every, self._begin = name, budget, every, time.time()
        self._last, self._samples, self._sums, self._count = 0.0, 0, {}, 0  # the first step is reported at once

    def __call__(self, step: int, samples: int, **values: float) -> None:
        self._samples += samples
        self._count += 1
        for key, value in values.items():
            self._sums[key] = self._sums.get(key, 0.0) + value
        now = time.time()
        progress = self._budget.progress(step)
        if now - self._last < self._every and progress < 1:
            return
        spent = self._budget.seconds()
        left = spent / max(progress, 1e-6) - spent
        means = " ".join(f"{k} {v / self._count:.4f}" for k, v in self._sums.items())
        rate = self._samples / max(now - max(self._last, self._begin), 1e-6)
        print(f"{self._name} step {step} {means} | {rate:.1f} samples/s, {left / 60:.1f} min left", flush=True)
        self._last, self._samples, self._sums, self._count = now, 0, {}, 0
