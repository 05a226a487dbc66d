"""The classifier learns what it is shown, passes over what is absent, and survives being saved."""

import numpy as np
import pytest
import torch
from clicks import click_image

from riffloom_eval import classifier
from riffloom_eval.held_out import shrink, shrunk, split
from riffloom_eval.labels import ABSENT, Labels, name_of

LABELS = Labels(("low", "high"), ("plain",), ("6", "8", "10", "12"))


def _clicks(count: int, seed: int) -> tuple[np.ndarray, torch.Tensor]:
    """Click tracks in the lower or upper half of the spectrum, some without a family; no style at all."""
    rng = np.random.default_rng(seed)
    images, classes = [], []
    for k in range(count):
        beats, high = int(rng.integers(4)), int(rng.integers(2))
        image = click_image(int(LABELS.beats[beats]), int(rng.integers(512)), decay=rng.uniform(3, 8), seed=seed + k).copy()
        image[256:] = 255 if high else image[256:]
        image[:256] = image[:256] if high else 255
        images.append(image)
        classes.append([high if k % 3 else ABSENT, ABSENT, beats])
    return shrink(np.stack(images)), torch.tensor(classes)


def test_it_counts_beats_and_tells_sounds_apart(tmp_path):
    torch.set_num_threads(1)
    model = classifier.train(*_clicks(256, 0), LABELS, epochs=15)
    small, classes = _clicks(48, 1000)
    path = tmp_path / "classifier.pt"
    classifier.save(model, path)
    loaded = classifier.load(path)
    assert loaded.labels == LABELS and path.stat().st_size < 1_500_000
    probabilities, features = classifier.read(loaded, small)
    assert features.shape == (48, classifier.FEATURES) and np.isfinite(features).all()
    assert (probabilities["beats"].argmax(1) == classes[:, 2].numpy()).mean() >= 0.9
    named = classes[:, 0] != ABSENT
    assert (probabilities["family"].argmax(1) == classes[:, 0].numpy())[named.numpy()].mean() >= 0.9
    assert probabilities["beats"].sum(1) == pytest.approx(1)


def test_an_absent_label_teaches_nothing():
    logits = torch.randn(4, 3, requires_grad=True)
    classifier._loss(logits, torch.full((4,), ABSENT)).backward()
    assert (logits.grad == 0).all()
    some = torch.tensor([0, ABSENT, 2, ABSENT])
    assert classifier._loss(logits, some).item() == pytest.approx(classifier._loss(logits[[0, 2]], some[[0, 2]]).item())


def test_what_a_clip_is_named():
    solo = {"kind": "solo", "family": "piano", "named": "yes", "style": "none", "beats": "8"}
    assert [name_of(solo, head) for head in ("family", "style", "beats")] == ["piano", None, "8"]
    band = solo | {"kind": "band", "style": "jazz"}
    assert name_of(band, "family") == "piano" and name_of(band, "style") == "jazz"
    assert name_of(band | {"named": "no"}, "family") is None
    for kind in ("duo", "fusion"):
        assert name_of(band | {"kind": kind}, "family") is None and name_of(band | {"kind": kind}, "style") is None
    assert name_of(solo | {"beats": "none"}, "beats") is None


def test_clips_of_a_piece_stay_together():
    pieces = [{"clip": k % 2} for k in range(4000)]
    test = split(pieces)
    assert (test[::2] == test[1::2]).all() and 0.07 < test.mean() < 0.13
    assert (split(pieces[:1000]) == test[:1000]).all()


def test_shrinking_takes_means():
    images = np.random.default_rng(0).integers(0, 256, (2, 512, 512), dtype=np.uint8)
    exact = images.reshape(2, 128, 4, 256, 2).mean((2, 4))
    assert np.abs(shrink(images) - exact).max() <= 0.51


def test_small_images_are_kept_extended_and_made_anew(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (3, 512, 512), dtype=np.uint8)
    cache = tmp_path / "small.u8"
    for rendered, count in ((images, 2), (images, 3), (images[::-1].copy(), 3)):
        rendered.tofile(tmp_path / "images.u8")
        assert (shrunk(tmp_path, count, cache, 64, 64) == shrink(rendered[:count], 64, 64)).all()
