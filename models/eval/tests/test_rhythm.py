"""Onsets and the tempo spectrum on click tracks whose beats are known."""

import numpy as np
import pytest
import torch
from clicks import click_image

from riffloom_eval.classifier import CYCLES, tempo_spectrum
from riffloom_eval.onsets import onset_correlation, onset_strength


def _spectrum(beats: int, shift: int = 0) -> np.ndarray:
    rise = onset_strength(click_image(beats, shift))
    return tempo_spectrum(torch.from_numpy(rise)[None, None]).numpy()[0, 0]


@pytest.mark.parametrize("beats", [6, 8, 10, 12])
def test_a_click_track_has_its_energy_at_multiples_of_its_beats(beats: int):
    spectrum = _spectrum(beats)
    at_beats = np.arange(1, CYCLES + 1) % beats == 0
    assert spectrum[: 2 * beats - 1].argmax() + 1 == beats
    assert (spectrum[at_beats] ** 2).sum() > 20 * (spectrum[~at_beats] ** 2).sum()


@pytest.mark.parametrize("beats", [6, 8, 10, 12])
def test_turning_the_loop_leaves_the_tempo_spectrum_alone(beats: int):
    difference = np.abs(_spectrum(beats) - _spectrum(beats, 37))
    assert difference.max() < 0.1 * _spectrum(beats).max()


def test_onsets_stand_where_the_clicks_are():
    strength = onset_strength(click_image(8, shift=20))
    peaks = np.flatnonzero(
        (strength > np.roll(strength, 1)) & (strength >= np.roll(strength, -1)) & (strength > strength.max() / 2)
    )
    assert np.abs(peaks - (20 + 64 * np.arange(8))).max() <= 1


def test_a_shift_of_two_frames_is_forgiven_and_more_is_not():
    clicks = click_image(8)
    assert onset_correlation(clicks, click_image(8, shift=2, seed=1)) > 0.95
    assert onset_correlation(clicks, click_image(8, shift=-2, seed=1)) > 0.95
    assert onset_correlation(clicks, click_image(8, shift=32, seed=1)) < 0.1


def test_another_tempo_and_silence_do_not_correlate():
    assert onset_correlation(click_image(8), click_image(10, shift=13, seed=1)) < 0.3
    assert onset_correlation(click_image(8), np.full((512, 512), 255, np.uint8)) == 0


def test_clicks_are_found_under_a_louder_chord():
    chord = 255 - (np.random.default_rng(0).random((512, 1)) < 0.1) * np.full((1, 512), 200.0)
    both = np.minimum(chord, click_image(8, seed=1)).astype(np.uint8)
    assert onset_correlation(click_image(8), both) > 0.9
