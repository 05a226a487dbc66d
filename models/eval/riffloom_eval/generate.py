"""Generation with diffusers, for readings during training. The figure itself is measured on the Java program's sound."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from diffusers import StableDiffusionImg2ImgPipeline, StableDiffusionPipeline
from PIL import Image


def open_pipeline(folder: Path) -> StableDiffusionPipeline:
    pipeline = StableDiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to("cuda" if torch.cuda.is_available() else "cpu")


def generate(
    pipeline: StableDiffusionPipeline,
    prompts: Iterable[str],
    seeds: Iterable[int],
    steps: int,
    guidance: float,
    seed_image: Path | None,
    denoising: float,
) -> np.ndarray:
    """uint8 [prompts * seeds, 512, 512], prompt by prompt."""
    seeds = list(seeds)
    options: dict[str, object] = {"guidance_scale": guidance, "output_type": "np"}
    if seed_image:
        pipeline = StableDiffusionImg2ImgPipeline(**pipeline.components, requires_safety_checker=False)
        pipeline.set_progress_bar_config(disable=True)
        # diffusers runs steps * strength of them; ask for so many that `steps` are run.
        options |= {
            "image": [Image.open(seed_image).convert("RGB")] * len(seeds),
            "strength": denoising,
            "num_inference_steps": round(steps / denoising),
        }
    else:
        options |= {"num_inference_steps": steps}
    made = []
    for prompt in prompts:
        generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        images = pipeline([prompt] * len(seeds), generator=generators, **options).images
        made.append((images.mean(3) * 255).round().astype(np.uint8))
    return np.concatenate(made)


def contact_sheet(images: np.ndarray, columns: int, path: Path) -> None:
    small = images.reshape(len(images), 128, 4, 128, 4).mean((2, 4)).astype(np.uint8)
    rows = small.reshape(-1, columns, 128, 128)
    Image.fromarray(np.vstack([np.hstack(list(row)) for row in rows])).save(path)
