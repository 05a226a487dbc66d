"""Encodes the data set once: float16 [N, 4, 64, 64], zero mean and unit variance in every channel."""
from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL

from . import runtime, vae
from .dataset import open_images, read_pieces

SAVED_EVERY_SECONDS = 120
"""What an encoding that is cut off loses at most."""


def normalised(trained: Path, folded: Path, data: Path) -> AutoencoderKL:
    """The autoencoder with its latents' statistics folded in; made once from the trained one."""
    model = vae.build().to(runtime.device())
    if state := runtime.load(folded):
        model.load_state_dict(state["model"])
        return model.eval()
    model.load_state_dict(runtime.load(trained)["model"])
    count = min(200, len(read_pieces(data)))
    mean, std = vae.latent_statistics(model.eval(), np.array(open_images(data)[:count]))
    print(f"latent mean {mean.tolist()} std {std.tolist()}", flush=True)
    vae.fold_normalisation(model, mean, std)
    runtime.save(folded, {"model": model.state_dict()})
    return model


@torch.no_grad()
def encode(model: AutoencoderKL, data: Path, folder: Path, part: int = 0, parts: int = 1) -> None:
    """Encodes clips part, part + parts, … into one shard, or what a longer set adds to it; several processes can share the work.

    One clip at a time on a CPU: a batch's first layers (8 channels of 512 x 512) do not fit its caches, which costs a third.
    """
    batch = 8 if runtime.device().type == "cuda" else 1
    path = folder / f"{part}of{parts}.npy"
    folder.mkdir(parents=True, exist_ok=True)
    indices = range(part, len(read_pieces(data)), parts)
    images = open_images(data)
    latents = np.empty((len(indices), 4, images.shape[1] // 8, images.shape[2] // 8), np.float16)
    done = 0
    if path.exists():
        earlier = np.load(path)[: len(indices)]
        done = len(earlier)
        latents[:done] = earlier
    if done == len(indices):
        return
    begin = last = saved = time.time()
    for k in range(done, len(indices), batch):
        with runtime.mixed_precision():
            means = model.encode(vae.to_input(images[indices[k : k + batch]])).latent_dist.mean
        latents[k : k + batch] = (means.float() * vae.SCALING).cpu().numpy()
        if time.time() - last > 20:
            last = time.time()
            rate = (k + batch - done) / (last - begin)
            print(f"latents {k + batch}/{len(indices)} {rate:.1f}/s, {(len(indices) - k) / rate / 60:.1f} min left", flush=True)
        if time.time() - saved > SAVED_EVERY_SECONDS:
            saved = time.time()
            _save(path, latents[: k + batch])
    _save(path, latents)
    print(f"latents mean {latents.mean(dtype=np.float32):.3f} std {latents.std(dtype=np.float32):.3f}", flush=True)


def _save(path: Path, latents: np.ndarray) -> None:
    partial = path.with_name(f"partial-{path.name}")
    np.save(partial, latents)
    os.replace(partial, path)


def read(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """(indices of the clips, their latents) as far as the shards go."""
    indices, latents = [], []
    for path in sorted(folder.glob("[0-9]*of*.npy")):
        part, parts = (int(x) for x in path.stem.split("of"))
        shard = np.load(path)
        latents.append(shard)
        indices.append(part + parts * np.arange(len(shard)))
    return np.concatenate(indices), np.concatenate(latents)


VARIATION_ROWS, VARIATION_COMPONENTS = 8, 8


def spectral_variation(latents: np.ndarray) -> np.ndarray:
    """float32 [components, 4, rows]: how the set's spectra differ; the program tints seed images with it.

    The principal components of the latents' means over time and a few rows, each as long as its standard deviation.
    """
    count, channels, height, _ = latents.shape
    means = latents.mean(3, dtype=np.float32).reshape(count, channels, VARIATION_ROWS, height // VARIATION_ROWS).mean(3)
    flat = means.reshape(count, -1)
    _, scales, directions = np.linalg.svd(flat - flat.mean(0), full_matrices=False)
    kept = directions[:VARIATION_COMPONENTS] * (scales[:VARIATION_COMPONENTS, None] / np.sqrt(count))
    # The sign of a direction means nothing; let it not depend on the library.
    kept *= np.sign(kept.sum(1, keepdims=True))
    return kept.reshape(-1, channels, VARIATION_ROWS)
