"""How well a denoiser tells sound from noise in renders that it never saw: one number for a model, quick to take."""

from __future__ import annotations

import math

import numpy as np
import torch
from diffusers import DDPMScheduler, StableDiffusionPipeline

MOMENTS = 8
"""Times at which each clip is looked at, one in each of as many equal parts of the schedule."""


@torch.no_grad()
def denoising_loss(pipeline: StableDiffusionPipeline, images: np.ndarray, captions: list[str]) -> dict[str, object]:
    """Mean squared error of the predicted velocity (Salimans and Ho 2022), with its standard error over clips.

    images: uint8 [N, 512, 512], captions: what each of them is called. `early` to `late` in the order of sampling are the
    means over quarters of the schedule, from nearly all noise to nearly none. A clip has the same noise whatever the model,
    so two models' losses differ by less chance than either has; the models must share an autoencoder, which sets the scale.
    """
    schedule = DDPMScheduler.from_config(pipeline.scheduler.config)
    if schedule.config.prediction_type != "v_prediction":
        raise ValueError(f"The model predicts {schedule.config.prediction_type}; only losses of v_prediction are known here")
    steps = schedule.config.num_train_timesteps
    losses = np.empty((len(images), MOMENTS))
    for k, (image, caption) in enumerate(zip(images, captions, strict=True)):
        pixels = torch.from_numpy(np.array(image)).float().div(127.5).sub(1).expand(1, 3, -1, -1).to(pipeline.device)
        clean = pipeline.vae.encode(pixels).latent_dist.mean * pipeline.vae.config.scaling_factor
        clean = clean.expand(MOMENTS, -1, -1, -1)
        chance = torch.Generator().manual_seed(k)
        noise = torch.randn(clean.shape, generator=chance).to(clean)
        times = (torch.arange(MOMENTS) + torch.rand(MOMENTS, generator=chance)) * (steps / MOMENTS)
        times = times.long().to(pipeline.device)
        words = pipeline.encode_prompt(caption, pipeline.device, 1, False)[0].expand(MOMENTS, -1, -1)
        predicted = pipeline.unet(schedule.add_noise(clean, noise, times), times, words).sample
        errors = (predicted - schedule.get_velocity(clean, noise, times)).square()
        losses[k] = errors.mean((1, 2, 3)).cpu().numpy()
    noisiest_first = losses.mean(0)[::-1].reshape(4, -1).mean(1)
    return {
        "clips": len(images),
        "loss": float(losses.mean()),
        "standardError": float(losses.mean(1).std(ddof=1) / math.sqrt(len(images))),
        "quarters": dict(zip(("early", "earlier", "later", "late"), noisiest_first.tolist())),
    }
