"""Figures over samples that were made up so that the right figure is known."""

import json

import numpy as np
from clicks import click_image
from PIL import Image

from riffloom_eval import measures
from riffloom_eval.held_out import HeldOut
from riffloom_eval.labels import Labels
from riffloom_eval.measures import Reading
from riffloom_eval.prompts import expectation, plan
from riffloom_eval.report import judge, show
from riffloom_eval.samples import Samples, read_image, read_samples

LABELS = Labels(("bells", "beats"), ("jazz", "funk"), ("6", "8", "10", "12"))


def _reading(entries: list[dict], family: list[float], features: np.ndarray | None = None) -> Reading:
    count = len(entries)
    p = np.array(family)
    probabilities = {"family": np.stack([p, 1 - p], 1), "style": np.full((count, 2), 0.5), "beats": np.full((count, 4), 0.25)}
    samples = Samples(None, None, entries, np.zeros((count, 512, 512), np.uint8))
    small = np.random.default_rng(0).integers(0, 256, (count, 128, 256), dtype=np.uint8)
    return Reading(samples, LABELS, small, probabilities, np.zeros((count, 3)) if features is None else features)


def _path(seed: int) -> list[dict]:
    ends = {"prompt": "bells", "end": "beats", "family": ["bells"], "style": [], "endFamily": ["beats"], "endStyle": []}
    return [ends | {"seed": seed, "alpha": alpha} for alpha in (0.0, 0.25, 0.5, 0.75, 1.0)]


def test_interpolation_counts_the_seeds_that_change_at_every_step():
    steady, wavering, slightly = [0.9, 0.7, 0.5, 0.3, 0.1], [0.9, 0.5, 0.6, 0.3, 0.1], [0.9, 0.904, 0.5, 0.3, 0.1]
    reading = _reading(_path(0) + _path(1) + _path(2) + _path(3), steady + wavering + slightly + steady)
    row = measures.interpolation(reading)["bells > beats"]
    assert row["seeds"] == 4 and row["monotone"] == 0.5 and row["monotoneWithinTolerance"] == 0.75


def test_interpolation_does_not_mind_the_order_of_files():
    reading = _reading(_path(0)[::-1], [0.1, 0.3, 0.5, 0.7, 0.9])
    assert measures.interpolation(reading)["bells > beats"]["monotone"] == 1


def test_any_right_answer_counts_and_confusions_are_named():
    entries = [
        {"prompt": "x", "family": ["bells", "beats"], "style": []},
        {"prompt": "y", "family": ["beats"], "style": [], "beats": 6},
    ]
    reading = _reading(entries, [0.1, 0.8])
    result = judge(entries, reading.probabilities, LABELS)
    assert result["family"]["right"] == 1 and result["family"]["of"] == 2 and "style" not in result
    assert result["family"]["confusions"] == [{"asked": "beats", "heard": "bells", "clips": 1}]
    assert list(result["prompts"]["y"]["family"]["top"]) == ["bells", "beats"]
    assert "50.0 %" in show(result)


def _held(count: int, caption: str) -> HeldOut:
    piece = {"clip": 0, "caption": caption, "kind": "solo", "family": "bells", "named": "yes", "style": "none", "beats": "8"}
    small = np.random.default_rng(1).integers(0, 256, (count, 128, 256), dtype=np.uint8)
    return HeldOut([piece] * count, small, np.ones(count, bool))


def test_variety_is_a_share_of_the_renders_own():
    rng = np.random.default_rng(2)
    features = rng.standard_normal((400, 8))
    entries = [{"prompt": "bells", "family": ["bells"], "style": [], "beats": "8"}] * 200
    row = measures.variety(_reading(entries, [0.9] * 200, features[:200] / 2), _held(200, "bells"), features[200:])["bells"]
    assert abs(row["ofReal"] - 0.5) < 0.03 and row["realClips"] == 200 and row["identicalPairs"] == 0


def test_variety_sees_copies():
    entries = [{"prompt": "bells", "family": ["bells"], "style": []}] * 3
    reading = _reading(entries, [0.9] * 3)
    reading.small[1] = reading.small[0]
    row = measures.variety(reading, _held(8, "other"), np.zeros((8, 3)))["bells"]
    assert row["identicalPairs"] == 1 and "ofReal" not in row


def test_frechet_takes_as_many_of_each_and_grows_with_a_shift():
    rng = np.random.default_rng(3)
    features = rng.standard_normal((400, 8))
    entries = [{"prompt": "bells", "family": ["bells"], "style": []}] * 100
    held = _held(400, "bells")
    near = measures.frechet_distances(_reading(entries, [0.9] * 100, rng.standard_normal((100, 8))), held, features)
    far = measures.frechet_distances(_reading(entries, [0.9] * 100, rng.standard_normal((100, 8)) + 1), held, features)
    assert near["clips"] == 100 and near["labels"] == 1
    assert abs(near["generatedToReal"] - near["realToReal"]) < 0.5
    assert 7 < far["generatedToReal"] < 10  # a shift of 1 in each of 8 dimensions


def test_frechet_on_the_beat_leaves_out_renders_with_other_beats():
    rng = np.random.default_rng(4)
    entries = [{"prompt": "bells", "family": ["bells"], "style": [], "beats": "8"}] * 100
    held = _held(800, "bells")
    off = np.arange(800) % 2 == 1
    for k in np.flatnonzero(off):
        held.pieces[k] = held.pieces[k] | {"beats": "10"}
    features = rng.standard_normal((800, 8)) + 2.0 * off[:, None]
    reading = _reading(entries, [0.9] * 100, rng.standard_normal((100, 8)))
    any_beats = measures.frechet_distances(reading, held, features)
    on_the_beat = measures.frechet_distances(reading, held, features, on_the_beat=True)
    assert any_beats["clips"] == on_the_beat["clips"] == 100
    assert any_beats["generatedToReal"] > 8 and on_the_beat["generatedToReal"] < 1


def test_samples_and_seed_images_are_found(tmp_path):
    model, folder = tmp_path / "model", tmp_path / "samples"
    (model / "seed_images").mkdir(parents=True)
    folder.mkdir()
    for name, beats in (("pulse-8", 8), ("pulse-10", 10)):
        Image.fromarray(click_image(beats)).save(model / "seed_images" / f"{name}.png")
    index = [{"id": n, "file": f"{n}.png"} for n in ("pulse-8", "pulse-10")]
    (model / "seed_images" / "seed_images.json").write_text(json.dumps(index))
    Image.fromarray(click_image(8, shift=1, seed=3)).save(folder / "a.png")
    entry = {"file": "a.png", "group": "onsets", "prompt": "x", "seed": 0, "seedImage": "pulse-8"}
    (folder / "samples.json").write_text(json.dumps({"model": str(model), "samples": [entry, entry | {"group": "other"}]}))
    samples = read_samples(folder)
    assert samples.groups() == ["onsets", "other"] and len(samples.group("onsets").entries) == 1
    result = measures.onsets(samples.group("onsets"))
    assert result["mean"] > 0.95 and result["otherSeedImages"] < 0.3


def test_sound_is_read_from_where_its_image_begins(tmp_path):
    import soundfile

    sound = np.zeros(44_100 * 6, np.float32)
    click = round(44_100 * 1.05)
    sound[click : click + 4410] = np.random.default_rng(0).standard_normal(4410) * 0.1
    soundfile.write(tmp_path / "a.wav", sound, 44_100)
    loud = [np.flatnonzero(read_image(tmp_path / "a.wav", offset).min(0) < 128).mean() for offset in (0.0, 0.05)]
    assert abs(loud[0] - loud[1] - 5) < 0.6


def test_the_plan_asks_for_what_the_tables_know():
    groups = {group["name"]: group for group in plan()["groups"]}
    assert all(prompt["family"] == [prompt["prompt"]] for prompt in groups["families"]["prompts"])
    assert all(prompt["style"] == [prompt["prompt"]] for prompt in groups["styles"]["prompts"])
    assert all(prompt["family"] or prompt["style"] for group in groups.values() for prompt in group["prompts"])
    funk = expectation("funk bassline with a jazzy saxophone solo")
    assert funk["family"] == ["saxophone"] and sorted(funk["style"]) == ["funk", "jazz"]
    assert expectation("rain")["pulse"] is False
