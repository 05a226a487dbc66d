import numpy as np
import pytest
from PIL import Image
from riffloom_train import seeds
from riffloom_train.music import FRAMES


def _picture(image: seeds.SeedImage, folder) -> np.ndarray:
    seeds.write_image(folder / "image.png", seeds.sound_of(image))
    return 255.0 - np.asarray(Image.open(folder / "image.png").convert("L"))


def _onsets(darkness: np.ndarray) -> np.ndarray:
    """How much darker each column is than the one 100 ms (an analysis window) before; the loop goes round."""
    loudness = darkness.mean(0)
    return np.maximum(loudness - np.roll(loudness, 10), 0)


@pytest.mark.parametrize("image", seeds.SEED_IMAGES, ids=lambda image: image.id)
def test_pictures_are_as_grey_as_the_training_set(image, tmp_path):
    darkness = _picture(image, tmp_path)
    assert darkness.shape == (512, FRAMES)
    assert abs(darkness.mean() - 255 * seeds.BRIGHTNESS) < 1.5
    # No line of it is a note: over the whole loop neighbouring bands differ by little.
    assert np.abs(np.diff(darkness.mean(1)[8:-8])).max() < 12


@pytest.mark.parametrize("image", [i for i in seeds.SEED_IMAGES if i.beats], ids=lambda image: image.id)
def test_something_begins_at_every_beat(image, tmp_path):
    onsets = _onsets(_picture(image, tmp_path))
    beats = np.arange(image.beats) * FRAMES / image.beats
    around = [max(onsets[int(b + k) % FRAMES] for k in range(-3, 9)) for b in beats]
    assert min(around) > 3 * np.median(onsets)


def test_a_drift_has_no_beat(tmp_path):
    drift, pulse = (_onsets(_picture(next(i for i in seeds.SEED_IMAGES if i.id == name), tmp_path)) for name in ("drift", "pulse-8"))
    assert drift.max() < 0.4 * pulse.max()


def test_a_loop_has_no_seam(tmp_path):
    sound = seeds.sound_of(next(i for i in seeds.SEED_IMAGES if i.id == "drift")).astype(float)
    steps = np.abs(np.diff(sound))
    assert abs(sound[0] - sound[-1]) < steps.max()
