"""A small network that names a clip's sound family, style and beats from its mel image.

It is independent of the generator: it is trained on renders of pieces that the generator never saw, never on anything
generated, and shares no weights or latents with it, only the definition of the mel image.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from riffloom_train.runtime import mixed_precision
from torch import nn

from .held_out import FRAMES, MELS
from .labels import ABSENT, HEADS, Labels

CYCLES = 72
"""The tempo spectrum's length in cycles per clip: six onsets to each of 12 beats."""
TIMBRE, RHYTHM = 96, 64
FEATURES = TIMBRE + RHYTHM


def tempo_spectrum(signal: torch.Tensor) -> torch.Tensor:
    """How strongly each channel repeats: [N, C, T] to [N, C, CYCLES], entry k - 1 for k cycles per clip.

    Clips are loops, so this is the exact spectrum of the repeated loop, and turning the loop leaves it alone. A clip of
    8 beats has its energy at 8, 16, 32 …; at 4 and 2 where bars differ.
    """
    spectrum = torch.fft.rfft(signal.float(), dim=2)[:, :, 1 : CYCLES + 1]
    # The square root of the power with a floor, since the gradient of a magnitude has no value at 0.
    return ((spectrum.real**2 + spectrum.imag**2) / signal.shape[2] + 1e-4).sqrt()


class Classifier(nn.Module):
    """Two branches, what sounds and when, joined into the feature vector that three linear heads read."""

    def __init__(self, labels: Labels):
        super().__init__()
        self.labels = labels

        def block(inside: int, outside: int, size: int, stride: int | tuple[int, int]) -> list[nn.Module]:
            return [
                nn.Conv2d(inside, outside, size, stride, size // 2, bias=False, padding_mode="zeros"),
                nn.BatchNorm2d(outside),
                nn.ReLU(),
            ]

        self.trunk = nn.Sequential(*block(1, 16, 5, 2), *block(16, 32, 3, 2), *block(32, 64, 3, 2), *block(64, 96, 3, (2, 1)))
        # Frequency keeps its place (where the energy lies tells sounds apart); time becomes a mean and a spread.
        self.timbre = nn.Sequential(nn.Dropout(0.2), nn.Linear(96 * MELS // 16 * 2, TIMBRE), nn.BatchNorm1d(TIMBRE), nn.ReLU())
        # Rhythm keeps the full 20 ms: learned bands of loudness and of its rise, and how often each repeats in a clip.
        self.bands = nn.Sequential(nn.Conv1d(2 * MELS, 24, 5, padding=2, padding_mode="circular"), nn.BatchNorm1d(24), nn.ReLU())
        self.rhythm = nn.Sequential(
            nn.BatchNorm1d(24 * CYCLES),
            nn.Dropout(0.2),
            nn.Linear(24 * CYCLES, 96),
            nn.BatchNorm1d(96),
            nn.ReLU(),
            nn.Linear(96, RHYTHM),
            nn.BatchNorm1d(RHYTHM),
            nn.ReLU(),
        )
        self.heads = nn.ModuleDict({head: nn.Linear(FEATURES, max(1, len(labels.of(head)))) for head in HEADS})

    def features(self, darkness: torch.Tensor) -> torch.Tensor:
        """[N, 128, 256] in 0 (silent) … 1 (loud) to [N, FEATURES]."""
        maps = self.trunk(darkness[:, None])
        timbre = self.timbre(torch.cat([maps.mean(3), maps.std(3)], 2).flatten(1))
        rise = (darkness - darkness.roll(1, 2)).relu()
        bands = self.bands(torch.cat([darkness, 4 * rise], 1))
        return torch.cat([timbre, self.rhythm(tempo_spectrum(bands).log().flatten(1))], 1)

    def forward(self, darkness: torch.Tensor) -> dict[str, torch.Tensor]:
        """[N, 128, 256] to logits [N, classes] for each head."""
        features = nn.functional.dropout(self.features(darkness), 0.2, self.training)
        return {head: layer(features) for head, layer in self.heads.items()}


def darkness(small: np.ndarray | torch.Tensor) -> torch.Tensor:
    """float32 in 0 (silent) … 1 (loud) of uint8."""
    return 1 - torch.as_tensor(small).float() / 255


def augment(clip: torch.Tensor) -> torch.Tensor:
    """What an image may suffer on its way through the autoencoder, the inversion and a second analysis; [N, 128, 256].

    Turned in time, shifted by a band, blurred, steeper or flatter, a raised floor, noise, another gain, and an end that
    fades or is missing (a sound made alone begins and ends in silence).
    """
    count = len(clip)
    each = lambda low, high: torch.empty(count, 1, 1).uniform_(low, high)
    clip = clip.roll((int(torch.randint(-1, 2, ())), int(torch.randint(FRAMES, ()))), (1, 2))
    if torch.rand(()) < 0.5:
        size = ((3, 1), (1, 3), (3, 3))[int(torch.randint(3, ()))]
        clip = nn.functional.avg_pool2d(clip[:, None], size, 1, (size[0] // 2, size[1] // 2))[:, 0]
    floor = each(0.0, 0.12)
    clip = floor + (each(0.85, 1.1) - floor) * clip.clamp(min=0) ** each(0.8, 1.25)
    clip = (clip + torch.randn_like(clip) * each(0.0, 0.05)).clamp(0, 1)
    if torch.rand(()) < 0.5:
        clip[:, :, FRAMES - int(torch.randint(1, 7, ())) :] *= float(torch.rand(()))
    return clip


def train(small: np.ndarray, classes: torch.Tensor, labels: Labels, epochs: int, seed: int = 5) -> Classifier:
    """Trains on uint8 [N, 128, 256] and int64 [N, 3] (ABSENT where a clip has no such label)."""
    torch.manual_seed(seed)
    model = Classifier(labels).to(memory_format=torch.channels_last)
    batch, peak = 64, 3e-3
    steps = max(3, epochs * (len(small) // batch))
    optimizer = torch.optim.AdamW(model.parameters(), lr=peak, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak, total_steps=steps)
    order = torch.empty(0, dtype=torch.int64)
    begin = time.time()
    model.train()
    for step in range(steps):
        if len(order) < batch:
            order = torch.cat([order, torch.randperm(len(small))])
        chosen, order = order[:batch], order[batch:]
        clips = augment(darkness(small[chosen.numpy()]))
        with mixed_precision():
            logits = model(clips)
        losses = {head: _loss(logits[head], classes[chosen, k]) for k, head in enumerate(HEADS)}
        optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        optimizer.step()
        schedule.step()
        if (step + 1) % 100 == 0 or step + 1 == steps:
            left = (time.time() - begin) / (step + 1) * (steps - step - 1) / 60
            shown = " ".join(f"{head} {loss.item():.3f}" for head, loss in losses.items())
            print(f"classifier step {step + 1}/{steps} {shown}, {left:.1f} min left", flush=True)
    return model.eval()


def _loss(logits: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    # Smoothed labels keep the probabilities off 0 and 1, where an interpolation's steps could no longer be told apart.
    total = nn.functional.cross_entropy(logits.float(), classes, ignore_index=ABSENT, label_smoothing=0.05, reduction="sum")
    return total / (classes != ABSENT).sum().clamp(min=1)


@torch.no_grad()
def read(model: Classifier, small: np.ndarray) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Probabilities float64 [N, classes] for each head, and feature vectors float64 [N, FEATURES], of uint8 [N, 128, 256]."""
    features = [model.features(darkness(small[k : k + 64])) for k in range(0, len(small), 64)]
    joined = torch.cat(features) if features else torch.empty(0, FEATURES)
    probabilities = {head: layer(joined).double().softmax(1).numpy() for head, layer in model.heads.items()}
    return probabilities, joined.double().numpy()


def save(model: Classifier, path: Path) -> None:
    """Half precision: half the size, and no clip is named otherwise for it."""
    weights = {k: v.half() if v.is_floating_point() else v for k, v in model.state_dict().items()}
    torch.save({"labels": {k: list(v) for k, v in asdict(model.labels).items()}, "weights": weights}, path)


def load(path: Path) -> Classifier:
    state = torch.load(path, weights_only=True)
    if "labels" not in state:
        raise SystemExit(f"{path} is a classifier of an older kind; train one with: python -m riffloom_eval train")
    model = Classifier(Labels(**{k: tuple(v) for k, v in state["labels"].items()}))
    model.load_state_dict(state["weights"])
    return model.eval()
