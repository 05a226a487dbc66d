"""Where sounds begin in a mel image, and whether two images agree on it."""

from __future__ import annotations

import numpy as np

SMOOTHING = np.hanning(7)[1:-1] / np.hanning(7)[1:-1].sum()
"""Five frames of 10 ms, 30 ms wide at half its height."""


def onset_strength(image: np.ndarray) -> np.ndarray:
    """float64 [frames]: the spectral flux of uint8 [mels, frames], i.e. by how much all bands together grow louder.

    The first frame follows the last, as in a loop; without it the beat on which most clips begin would not count.
    """
    loudness = 1 - image.astype(np.float64) / 255
    flux = np.maximum(loudness - np.roll(loudness, 1, axis=1), 0).sum(0)
    side = len(SMOOTHING) // 2
    return np.convolve(np.pad(flux, side, mode="wrap"), SMOOTHING, "valid")


def onset_correlation(image: np.ndarray, other: np.ndarray, lags: int = 2) -> float:
    """The highest correlation of two onset strengths over shifts of up to `lags` frames (of 10 ms)."""
    a, b = onset_strength(image), onset_strength(other)
    n = len(a)
    return max(_correlation(a[max(0, k) : n + min(0, k)], b[max(0, -k) : n - max(0, k)]) for k in range(-lags, lags + 1))


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a - a.mean(), b - b.mean()
    length = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / length) if length > 0 else 0.0
