"""A small CNN that names the family of a clip from its mel image.

It is independent of the generator: it is trained on renders of pieces that the generator never saw, never on anything
generated, and shares no weights or latents with it, only the definition of the mel image.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

SIDE = 128


class Classifier(nn.Module):
    def __init__(self, families: list[str]):
        super().__init__()
        self.families = families
        widths = (1, 24, 48, 96, 128)
        layers: list[nn.Module] = []
        for inside, outside in zip(widths, widths[1:]):
            layers += [nn.Conv2d(inside, outside, 3, padding=1), nn.BatchNorm2d(outside), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*layers)
        # Frequency keeps its place and only time is averaged: where the energy lies is what tells sounds apart.
        self.head = nn.Sequential(nn.Dropout(0.3), nn.Linear(widths[-1] * SIDE // 16, len(families)))

    def forward(self, darkness: torch.Tensor) -> torch.Tensor:
        """[N, 128, 128] in 0 (silent) … 1 (loud) to logits [N, families]."""
        return self.head(self.features(darkness[:, None]).mean(3).flatten(1))


def shrink(images: np.ndarray) -> torch.Tensor:
    """uint8 [N, 512, 512] to darkness float32 [N, 128, 128]."""
    darkness = 1 - torch.from_numpy(np.ascontiguousarray(images)).float() / 255
    return nn.functional.avg_pool2d(darkness[:, None], images.shape[1] // SIDE)[:, 0]


def augment(darkness: torch.Tensor) -> torch.Tensor:
    """Turned in time, blurred, noisier, steeper or flatter: what an inverted and re-analysed image may suffer."""
    count = len(darkness)
    darkness = darkness.roll(int(torch.randint(SIDE, ())), 2).roll(int(torch.randint(-2, 3, ())), 1)
    if torch.rand(()) < 0.5:
        size = (3, 1) if torch.rand(()) < 0.5 else (1, 3)
        darkness = nn.functional.avg_pool2d(darkness[:, None], size, 1, (size[0] // 2, size[1] // 2))[:, 0]
    exponent = torch.empty(count, 1, 1).uniform_(0.8, 1.25)
    floor = torch.empty(count, 1, 1).uniform_(0.0, 0.15)
    noise = torch.randn_like(darkness) * torch.empty(count, 1, 1).uniform_(0.0, 0.06)
    return (floor + (1 - floor) * darkness.clamp(0, 1) ** exponent + noise).clamp(0, 1)


def train(images: torch.Tensor, labels: torch.Tensor, families: list[str], epochs: int, seed: int = 5) -> Classifier:
    torch.manual_seed(seed)
    model = Classifier(families)
    batch = 64
    steps = epochs * (len(images) // batch)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps)
    model.train()
    for step in range(steps):
        chosen = torch.randint(len(images), (batch,))
        loss = nn.functional.cross_entropy(model(augment(images[chosen])), labels[chosen])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
        if (step + 1) % 100 == 0:
            print(f"classifier step {step + 1}/{steps} loss {loss.item():.3f}", flush=True)
    return model.eval()


@torch.no_grad()
def probabilities(model: Classifier, images: np.ndarray) -> torch.Tensor:
    """float32 [N, families] for uint8 [N, 512, 512]."""
    return torch.cat([model(shrink(images[k : k + 64])).softmax(1) for k in range(0, len(images), 64)])


def save(model: Classifier, path: Path) -> None:
    torch.save({"families": model.families, "weights": model.state_dict()}, path)


def load(path: Path) -> Classifier:
    state = torch.load(path, weights_only=True)
    model = Classifier(state["families"])
    model.load_state_dict(state["weights"])
    return model.eval()
