"""The format's image: 44.1 kHz sound to 512 x 512 mel magnitudes, dark = loud, low frequencies at the bottom."""
from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft
from scipy import sparse

from .music import FRAMES, HOP, SAMPLE_RATE

WINDOW = 4_410
FFT = 17_640
MELS = 512
TOP_HZ = 10_000.0
POWER = 0.25


@lru_cache(maxsize=1)
def mel_filters() -> sparse.csr_matrix:
    """[512, bins up to 10 kHz] triangular HTK filters without normalisation."""
    mel = lambda hz: 2595.0 * np.log10(1.0 + hz / 700.0)
    edges = 700.0 * (10 ** (np.linspace(0.0, mel(TOP_HZ), MELS + 2) / 2595.0) - 1.0)
    hz = np.arange(int(TOP_HZ * FFT / SAMPLE_RATE) + 2) * (SAMPLE_RATE / FFT)
    rising = (hz[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - hz[None]) / (edges[2:] - edges[1:-1])[:, None]
    return sparse.csr_matrix(np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32))


@lru_cache(maxsize=1)
def _window() -> np.ndarray:
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


def mel_magnitudes(sound: np.ndarray, circular: bool) -> np.ndarray:
    """float32 [512 mels, frames]. A loop is continued with itself at both ends, other sound is mirrored."""
    # Zero-padding a centred window to n_fft changes only phases, so the window is laid at the buffer's start.
    padded = np.pad(sound.astype(np.float32), FFT // 2, mode="wrap" if circular else "reflect")
    first = FFT // 2 - WINDOW // 2
    frames = np.lib.stride_tricks.sliding_window_view(padded[first:], WINDOW)[::HOP]
    frames = frames[: len(sound) // HOP + (0 if circular else 1)]
    filters = mel_filters()
    columns = []
    for block in range(0, len(frames), 64):
        spectrum = scipy.fft.rfft(frames[block : block + 64] * _window(), n=FFT, axis=1)
        columns.append(filters @ np.abs(spectrum[:, : filters.shape[1]]).T)
    return np.concatenate(columns, axis=1)


def to_image(magnitudes: np.ndarray, scale: float | None = None) -> np.ndarray:
    """uint8 [512, frames]. Black is `scale`, or without it the clip's own maximum."""
    scaled = np.minimum(1.0, magnitudes / max(scale or float(magnitudes.max()), 1e-9)) ** POWER
    return np.rint(255.0 * (1.0 - scaled))[::-1].astype(np.uint8)


def clip_image(sound: np.ndarray, circular: bool) -> np.ndarray:
    """uint8 [512, 512] of the first 5.12 s."""
    return to_image(mel_magnitudes(sound, circular)[:, :FRAMES])


def loop_images(sound: np.ndarray) -> np.ndarray:
    """uint8 [clips, 512, 512] of a loop that is whole clips long; each image is scaled to its own maximum."""
    magnitudes = mel_magnitudes(sound, circular=True)
    return np.stack([to_image(magnitudes[:, k : k + FRAMES]) for k in range(0, magnitudes.shape[1], FRAMES)])
