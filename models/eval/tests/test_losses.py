"""The denoising loss against its closed form, for latents of nothing and denoisers that know it, or do not."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from diffusers import DDPMScheduler

from riffloom_eval.losses import MOMENTS, denoising_loss

SCHEDULE = DDPMScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012, prediction_type="v_prediction")
SILENCE = np.zeros((6, 64, 64), np.uint8)


def _pipeline(denoise, schedule=SCHEDULE):
    latents = SimpleNamespace(latent_dist=SimpleNamespace(mean=torch.zeros(1, 4, 64, 64)))
    return SimpleNamespace(
        device=torch.device("cpu"),
        scheduler=schedule,
        vae=SimpleNamespace(encode=lambda pixels: latents, config=SimpleNamespace(scaling_factor=0.18215)),
        encode_prompt=lambda text, device, count, guided: (torch.zeros(1, 77, 8), None),
        unet=lambda noisy, times, words: SimpleNamespace(sample=denoise(noisy, times)),
    )


def _signal(times: torch.Tensor) -> torch.Tensor:
    return SCHEDULE.alphas_cumprod[times][:, None, None, None]


def test_who_knows_what_is_there_makes_no_error():
    result = denoising_loss(_pipeline(lambda noisy, t: noisy * (_signal(t) / (1 - _signal(t))).sqrt()), SILENCE, ["rain"] * 6)
    assert result["loss"] < 1e-10 and result["clips"] == 6


def test_who_says_nothing_misses_the_noise_as_far_as_the_schedule_asks_for_it():
    result = denoising_loss(_pipeline(lambda noisy, t: torch.zeros_like(noisy)), SILENCE, ["rain"] * 6)
    asked = SCHEDULE.alphas_cumprod.reshape(4, -1).mean(1).flip(0)
    assert list(result["quarters"].values()) == pytest.approx(asked.tolist(), abs=0.05)
    assert result["loss"] == pytest.approx(asked.mean().item(), abs=0.02)


def test_every_part_of_the_schedule_is_looked_at_with_the_same_noise_each_time():
    seen = []
    denoise = lambda noisy, t: seen.append((noisy, t)) or noisy
    first = denoising_loss(_pipeline(denoise), SILENCE, ["rain"] * 6)
    assert first == denoising_loss(_pipeline(denoise), SILENCE, ["rain"] * 6)
    assert all((t * MOMENTS // 1000).tolist() == list(range(MOMENTS)) for _, t in seen)
    assert not torch.equal(seen[0][0], seen[1][0])


def test_other_predictions_are_refused():
    schedule = DDPMScheduler.from_config(SCHEDULE.config, prediction_type="epsilon")
    with pytest.raises(ValueError, match="epsilon"):
        denoising_loss(_pipeline(lambda noisy, t: noisy, schedule), SILENCE, ["rain"] * 6)
