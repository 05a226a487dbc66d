"""The autoencoder: 512 x 512 spectrogram image to 64 x 64 x 4 latents and back."""
from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL

from . import runtime
from .dataset import open_images, read_pieces

SCALING = 0.18215
"""Stable Diffusion's own factor, so that code which has it built in is right here too."""


def build() -> AutoencoderKL:
    """0.65 M parameters; the layer and parameter names are Stable Diffusion's."""
    return AutoencoderKL(
        in_channels=3,
        out_channels=3,
        latent_channels=4,
        block_out_channels=(8, 16, 32, 64),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=1,
        norm_num_groups=8,
        sample_size=512,
        scaling_factor=SCALING,
    )


def to_input(images: np.ndarray) -> torch.Tensor:
    """uint8 [N, h, w] to float32 [N, 3, h, w] in -1 … 1, the three channels equal (mono)."""
    grey = torch.from_numpy(np.ascontiguousarray(images)).to(runtime.device()).float() / 127.5 - 1
    return grey[:, None].expand(-1, 3, -1, -1).contiguous()


def loss_terms(output: torch.Tensor, target: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(weighted absolute error, spectral convergence), both of the image's darkness d = magnitude^(1/4).

    Most of an image is quiet background, and the ear hears the loud pixels, so these weigh more; the second term is
    the error of the magnitudes themselves, where the fourth power turns small errors of dark pixels into large ones.
    """
    made, wanted = (1 - output) / 2, (1 - target) / 2
    absolute = ((0.25 + 2 * wanted) * (made - wanted).abs()).mean()
    error = made.clamp(0, 1.2) ** 4 - wanted**4
    # Over the whole batch: a crop of near silence has no meaningful convergence of its own.
    return absolute, error.norm() / (wanted**4).norm()


def spectral_convergence(made: np.ndarray, wanted: np.ndarray) -> float:
    """||m' - m|| / ||m|| of the mel magnitudes behind two uint8 images."""
    a, b = ((1 - x.astype(np.float64) / 255) ** 4 for x in (made, wanted))
    return float(np.linalg.norm(a - b) / np.linalg.norm(b))


def _crops(images: np.memmap, count: int, batch: int, height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """uint8 [batch, height, width]; half of the rows start at the bottom or reach it, where most of the sound is."""
    side = images.shape[1]
    crops = []
    for _ in range(batch):
        y = int(rng.integers(side - height + 1)) if rng.random() < 0.5 else side - height
        x = int(rng.integers(side - width + 1))
        crops.append(images[rng.integers(count), y : y + height, x : x + width])
    return np.stack(crops)


def train(
    data: Path,
    checkpoint: Path,
    budget: runtime.Budget,
    batch: int,
    rate: float,
    start: AutoencoderKL | None = None,
    seed: int = 1,
) -> AutoencoderKL:
    """Trains on crops, the last tenth on wide ones so that the attention sees what it will see; resumes if it can.

    Begins at random, or with an exported autoencoder (`start`).
    """
    torch.manual_seed(seed)
    model = (unfolded(start) if start else build()).to(runtime.device())
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, betas=(0.9, 0.99), weight_decay=1e-3)
    step = 0
    if state := runtime.load(checkpoint):
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, budget.spent = state["step"], state["seconds"]
    rng = np.random.default_rng([seed, step])
    images = open_images(data)
    count, saved = 0, budget.seconds()
    report = runtime.Report("vae", budget)
    while budget.progress(step) < 1:
        if step % 500 == 0 or not count:
            count = len(read_pieces(data))  # rendering may still be going on
        wide = budget.progress(step) > 0.9
        pixels = _crops(images, count, max(1, batch // 8) if wide else batch, *((512, 256) if wide else (128, 128)), rng)
        target = to_input(pixels)
        with runtime.mixed_precision():
            posterior = model.encode(target).latent_dist
            output = model.decode(posterior.sample()).sample
        absolute, convergence = loss_terms(output.float(), target)
        divergence = posterior.kl().mean() / posterior.mean[0].numel()
        loss = absolute + 0.05 * convergence + 2e-4 * divergence
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for group in optimizer.param_groups:
            group["lr"] = rate * budget.rate_factor(step, 100)
        optimizer.step()
        step += 1
        report(step, len(pixels), l1=absolute.item(), sc=convergence.item(), kl=divergence.item())
        if budget.seconds() - saved > 60 or budget.progress(step) >= 1:
            saved = budget.seconds()
            runtime.save(
                checkpoint,
                {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "seconds": saved},
            )
    return model.eval()


@torch.no_grad()
def latent_statistics(model: AutoencoderKL, images: np.ndarray, batch: int = 8) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and standard deviation [4] of the posterior means over these images."""
    means = [model.encode(to_input(images[k : k + batch])).latent_dist.mean for k in range(0, len(images), batch)]
    latents = torch.cat(means).float()
    return latents.mean((0, 2, 3)), latents.std((0, 2, 3))


@torch.no_grad()
def fold_normalisation(model: AutoencoderKL, mean: torch.Tensor, std: torch.Tensor) -> None:
    """Makes `latent * SCALING` zero-mean and unit-variance in every channel, by changing only the 1 x 1 convolutions.

    The pipeline has one scaling factor for all channels, so the affine map is folded into `quant_conv` (whose first
    half gives means, the second half log variances) and undone in `post_quant_conv`.
    """
    factor = 1 / (std * SCALING)
    model.quant_conv.weight[:4] *= factor[:, None, None, None]
    model.quant_conv.bias[:4] = (model.quant_conv.bias[:4] - mean) * factor
    model.quant_conv.bias[4:] += 2 * factor.log()
    weight = model.post_quant_conv.weight.clone()
    model.post_quant_conv.bias += (weight[:, :, 0, 0] * mean).sum(1)
    model.post_quant_conv.weight /= factor[None, :, None, None]


def unfolded(model: AutoencoderKL) -> AutoencoderKL:
    """The model with latents of unit variance before the scaling, as the loss's Kullback-Leibler term wants them."""
    model = copy.deepcopy(model)
    fold_normalisation(model, torch.zeros(4), torch.full((4,), 1 / SCALING**2))
    return model.train()


@torch.no_grad()
def reconstruct(model: AutoencoderKL, images: np.ndarray) -> np.ndarray:
    """uint8 [N, 512, 512] through the model and back."""
    with runtime.mixed_precision(False):
        output = model.decode(model.encode(to_input(images)).latent_dist.mean).sample
    return ((output.mean(1).clamp(-1, 1) + 1) * 127.5).round().byte().cpu().numpy()
