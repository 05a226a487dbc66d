"""Distances of sets against closed forms and against cases that can be seen."""

import numpy as np
import pytest

from riffloom_eval import distances as d


def test_frechet_distance_of_gaussians_along_the_axes():
    """With diagonal covariances: |a - b|² + sum of (sqrt(variance a) - sqrt(variance b))²."""
    a, b = np.array([1.0, 2.0, 3.0]), np.array([4.0, 2.0, -1.0])
    va, vb = np.array([1.0, 4.0, 0.25]), np.array([9.0, 4.0, 1.0])
    expected = ((a - b) ** 2).sum() + ((np.sqrt(va) - np.sqrt(vb)) ** 2).sum()
    assert d.frechet_gaussian(a, np.diag(va), b, np.diag(vb)) == pytest.approx(expected)


def test_frechet_distance_does_not_depend_on_the_axes():
    rng = np.random.default_rng(1)
    turn, _ = np.linalg.qr(rng.standard_normal((5, 5)))
    a, b = rng.standard_normal((2, 5))
    ca, cb = (m @ m.T for m in rng.standard_normal((2, 5, 5)))
    straight = d.frechet_gaussian(a, ca, b, cb)
    turned = d.frechet_gaussian(turn @ a, turn @ ca @ turn.T, turn @ b, turn @ cb @ turn.T)
    assert turned == pytest.approx(straight) and straight > 0
    assert d.frechet_gaussian(b, cb, a, ca) == pytest.approx(straight)
    assert d.frechet_gaussian(a, ca, a, ca) == pytest.approx(0, abs=1e-9)


def test_frechet_distance_of_samples_approaches_the_closed_form():
    rng = np.random.default_rng(2)
    scale, shift = np.linspace(0.5, 2, 8), np.linspace(0, 1, 8)
    a = rng.standard_normal((40_000, 8))
    b = rng.standard_normal((40_000, 8)) * scale + shift
    expected = (shift**2).sum() + ((1 - scale) ** 2).sum()
    assert d.frechet(a, b, np.eye(8)) == pytest.approx(expected, rel=0.03)


def test_principal_axes_keep_what_varies():
    rng = np.random.default_rng(3)
    features = np.zeros((200, 6))
    features[:, 4] = rng.standard_normal(200)
    axes = d.principal_axes(features, 1)
    assert np.abs(axes[:, 0]) == pytest.approx([0, 0, 0, 0, 1, 0], abs=1e-9)


def test_few_samples_leave_a_covariance_that_can_be_used():
    features = np.random.default_rng(4).standard_normal((6, 20))
    _, covariance = d.gaussian(features)
    assert np.linalg.eigvalsh(covariance).min() > 0


def test_pairwise_distances_of_a_right_triangle():
    assert sorted(d.pairwise(np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 4.0]]))) == pytest.approx([3, 4, 5])
    assert len(d.pairwise(np.zeros((16, 3)))) == 120


def test_correlations_see_a_copy_whatever_its_contrast():
    rng = np.random.default_rng(5)
    images = rng.integers(0, 256, (5, 64, 64), dtype=np.uint8)
    copy = (images[3] // 2 + 60).astype(np.uint8)
    nearest = d.nearest_correlation(np.stack([copy, 255 - images[0]]), images, chunk=2)
    assert nearest[0] > 0.999 and abs(nearest[1]) < 0.1
    assert d.within_correlation(np.stack([images[3], copy, images[1]])).max() > 0.999
