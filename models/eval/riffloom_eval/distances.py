"""How far sets of clips are apart: within a set, between two sets, and from each clip to its nearest."""

from __future__ import annotations

import numpy as np


def pairwise(features: np.ndarray) -> np.ndarray:
    """Euclidean distances of all pairs in [N, D], as a vector of N (N - 1) / 2."""
    first, second = np.triu_indices(len(features), 1)
    return np.linalg.norm(features[first] - features[second], axis=1)


def gaussian(features: np.ndarray, ridge: float = 1e-3) -> tuple[np.ndarray, np.ndarray]:
    """Mean and regularised covariance of [N, D]: `ridge` times the mean variance is added to every variance."""
    covariance = np.cov(features, rowvar=False).reshape(features.shape[1], -1)
    return features.mean(0), covariance + ridge * np.trace(covariance) / len(covariance) * np.eye(len(covariance))


def frechet_gaussian(mean_a: np.ndarray, cov_a: np.ndarray, mean_b: np.ndarray, cov_b: np.ndarray) -> float:
    """|a - b|² + tr(A + B - 2 (A½ B A½)½), the squared Fréchet distance of two Gaussians."""
    values, vectors = np.linalg.eigh(cov_a)
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    cross = np.sqrt(np.linalg.eigvalsh(root @ cov_b @ root).clip(0)).sum()
    return float(((mean_a - mean_b) ** 2).sum() + np.trace(cov_a) + np.trace(cov_b) - 2 * cross)


def principal_axes(real: np.ndarray, dimension: int) -> np.ndarray:
    """[D, dimension]: the directions in which [N, D] varies most."""
    _, _, axes = np.linalg.svd(real - real.mean(0), full_matrices=False)
    return axes[:dimension].T


def frechet(a: np.ndarray, b: np.ndarray, axes: np.ndarray) -> float:
    """Between two sets [N, D] seen along `axes`."""
    return frechet_gaussian(*gaussian(a @ axes), *gaussian(b @ axes))


def unit_images(images: np.ndarray) -> np.ndarray:
    """float32 [N, pixels] without mean and of length 1, so that products are correlations."""
    flat = images.reshape(len(images), -1).astype(np.float32)
    flat -= flat.mean(1, keepdims=True)
    return flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)


def nearest_correlation(images: np.ndarray, others: np.ndarray, chunk: int = 2048) -> np.ndarray:
    """For each of uint8 [N, h, w] the highest correlation with any of [M, h, w]."""
    units, best = unit_images(images), np.full(len(images), -1.0, np.float32)
    for k in range(0, len(others), chunk):
        best = np.maximum(best, (units @ unit_images(others[k : k + chunk]).T).max(1))
    return best


def within_correlation(images: np.ndarray) -> np.ndarray:
    """Correlations of all pairs in uint8 [N, h, w]."""
    units = unit_images(images)
    first, second = np.triu_indices(len(images), 1)
    return (units[first] * units[second]).sum(1)
