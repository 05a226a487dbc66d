"""Images of click tracks: what rhythm measures must be right about."""

import numpy as np


def click_image(beats: float, shift: int = 0, frames: int = 512, decay: float = 6.0, seed: int = 0) -> np.ndarray:
    """uint8 [512, frames]: `beats` equal clicks to the clip, the first `shift` frames late, over a little noise."""
    rng = np.random.default_rng(seed)
    age = np.min([(np.arange(frames) - shift - k * frames / beats) % frames for k in range(round(beats))], axis=0)
    loudness = 0.8 * np.exp(-age / decay) * np.linspace(0.5, 1, 512)[:, None]
    noisy = loudness + 0.03 * rng.random((512, frames))
    return (255 * (1 - noisy.clip(0, 1))).astype(np.uint8)
