"""The tokenizer's form, the autoencoder's folded statistics, and a tiny run of every stage."""
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from test_music import needs_soundfont

from riffloom_train import dataset, export, latents, runtime, text, unet, vae


def test_tokenizer_is_clip_shaped(tmp_path: Path):
    text.write_tokenizer(tmp_path)
    vocabulary = json.loads((tmp_path / "vocab.json").read_text())
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))
    for line in (tmp_path / "merges.txt").read_text().splitlines()[1:]:
        a, b = line.split(" ")
        assert a in vocabulary and b in vocabulary and a + b in vocabulary
    tokenizer = text.read_tokenizer(tmp_path)
    assert tokenizer.tokenize("Church  BELLS") == ["church</w>", "bells</w>"]
    ids = text.tokens(tokenizer, ["jazz piano", "grüße, 日本 123"])
    assert ids.shape == (2, 77) and ids[0, 0] == vocabulary[text.BOS] and ids[0, -1] == vocabulary[text.EOS]


def test_folded_normalisation_changes_latents_and_not_images():
    torch.manual_seed(0)
    model = vae.build().eval()
    images = np.random.default_rng(0).integers(0, 256, (2, 64, 64), dtype=np.uint8)
    before = vae.reconstruct(model, images)
    vae.fold_normalisation(model, *vae.latent_statistics(model, images))
    mean, std = vae.latent_statistics(model, images)
    torch.testing.assert_close(mean * vae.SCALING, torch.zeros(4), atol=1e-4, rtol=0)
    torch.testing.assert_close(std * vae.SCALING, torch.ones(4), atol=1e-4, rtol=0)
    assert np.abs(vae.reconstruct(model, images).astype(int) - before).max() <= 1


def test_training_goes_on_from_an_exported_autoencoder():
    torch.manual_seed(0)
    exported = vae.build().eval()
    images = np.random.default_rng(0).integers(0, 256, (2, 64, 64), dtype=np.uint8)
    vae.fold_normalisation(exported, *vae.latent_statistics(exported, images))
    unfolded = vae.unfolded(exported).eval()
    mean, std = vae.latent_statistics(unfolded, images)
    torch.testing.assert_close(mean, torch.zeros(4), atol=1e-4, rtol=0)
    torch.testing.assert_close(std, torch.ones(4), atol=1e-4, rtol=0)
    before, after = (vae.reconstruct(model, images).astype(int) for model in (exported, unfolded))
    assert np.abs(after - before).max() <= 1


def test_training_goes_on_from_an_exported_denoiser(tmp_path: Path):
    torch.manual_seed(0)
    exported = unet.build()
    text.write_tokenizer(tmp_path)
    captions = unet.Captions([{"caption": "flute"}], tmp_path, text.build(text.read_tokenizer(tmp_path)))
    silence = np.zeros((1, 4, 64, 64), np.float16)
    unet.train(silence, captions, tmp_path / "unet.pt", runtime.Budget(1), 1, 0.0, start=exported)
    trained = unet.read_average(tmp_path / "unet.pt").state_dict()
    assert all(torch.equal(value, trained[name]) for name, value in exported.state_dict().items())


def test_training_goes_on_with_the_words_of_an_exported_model(tmp_path: Path):
    torch.manual_seed(0)
    tokenizer, out = tmp_path / "tokenizer", tmp_path / "model"
    text.write_tokenizer(tokenizer, merges=10)
    encoder = text.build(text.read_tokenizer(tokenizer)).half().float()
    export.export(out, tokenizer, encoder, unet.build(), vae.build(), np.zeros((8, 4, 8)))
    text.adopt(out, tmp_path / "adopted", tmp_path / "text.pt")
    adopted = text.pretrain(lambda: pytest.fail("trained"), tmp_path / "adopted", tmp_path / "text.pt", 1)
    ids = text.tokens(text.read_tokenizer(tmp_path / "adopted"), ["jazz piano"])
    assert torch.equal(ids, text.tokens(text.read_tokenizer(tokenizer), ["jazz piano"]))
    torch.testing.assert_close(text.embed(adopted, ids), text.embed(encoder.eval(), ids))


def test_spectral_variation_is_the_covariance_of_the_means_over_time():
    rng = np.random.default_rng(0)
    shapes = rng.normal(size=(2, 4, 8))
    weights = rng.normal(size=(3000, 2)) * (2.0, 0.5)
    means = np.einsum("nk,kcr->ncr", weights, shapes)
    clips = np.repeat(np.repeat(means, 2, 2)[..., None], 4, 3).astype(np.float16)
    made = latents.spectral_variation(clips).reshape(latents.VARIATION_COMPONENTS, -1)
    flat = means.reshape(len(means), -1)
    np.testing.assert_allclose(made.T @ made, np.cov(flat.T, bias=True), atol=0.02)
    assert np.abs(made[2:]).max() < 0.01


def test_an_encoding_that_was_cut_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    np.random.default_rng(0).integers(0, 256, (3, dataset.SIDE, dataset.SIDE), np.uint8).tofile(tmp_path / "images.u8")
    lines = [json.dumps({"index": k, "caption": "flute"}) for k in range(3)]
    (tmp_path / "pieces-0of1.jsonl").write_text("\n".join(lines))
    torch.manual_seed(0)
    model = vae.build().eval()
    latents.encode(model, tmp_path, tmp_path / "whole")
    monkeypatch.setattr(latents, "SAVED_EVERY_SECONDS", -1)
    whole, encoded = model.encode, []

    def once(images):
        if encoded:
            raise KeyboardInterrupt
        encoded.append(images)
        return whole(images)

    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(model, "encode", once)
        latents.encode(model, tmp_path, tmp_path / "cut")
    assert latents.read(tmp_path / "cut")[0].tolist() == [0]
    latents.encode(model, tmp_path, tmp_path / "cut")
    for indices, made in (latents.read(tmp_path / "whole"), latents.read(tmp_path / "cut")):
        assert indices.tolist() == [0, 1, 2] and made.shape == (3, 4, 64, 64)
    np.testing.assert_array_equal(latents.read(tmp_path / "cut")[1], latents.read(tmp_path / "whole")[1])


def test_noise_schedule_is_stable_diffusions():
    alphas = unet.alphas_cumulative()
    assert alphas[0].item() == pytest.approx(0.99915, abs=1e-5) and alphas[999].item() == pytest.approx(0.00466, abs=1e-5)


@needs_soundfont
def test_tiny_run_learns_and_exports(tmp_path: Path):
    out = tmp_path / "riffloom-mini"
    command = [sys.executable, "-m", "riffloom_train", "--preset", "tiny", "--work", str(tmp_path / "work"), "--out", str(out)]
    done = subprocess.run([*command, "--threads", "1", "--jobs", "2"], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-2000:]
    for stage, measure in (("vae", "l1"), ("text", "family"), ("unet", "loss")):
        losses = [float(x) for x in re.findall(rf"^{stage} step \d+ .*?\b{measure} ([\d.]+)", done.stdout, re.M)]
        assert losses[-1] < losses[0], stage
    assert sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) < 40e6
    variation = np.array(json.loads((out / "riffloom.json").read_text())["spectralVariation"])
    assert variation.shape == (8, 4, 8) and np.abs(variation).max() > 0.1
    seeds = json.loads((out / "seed_images" / "seed_images.json").read_text())
    assert {s["beats"] for s in seeds} == {0, 6, 8, 10, 12} and all((out / "seed_images" / s["file"]).is_file() for s in seeds)

    # A part that is not trained again stays the model's from which training starts.
    (tmp_path / "work" / "unet.pt").unlink()
    again = [*command[:-1], str(tmp_path / "again"), "--start", str(out), "--stages", "export", "--threads", "1"]
    done = subprocess.run(again, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    denoisers = [(folder / "unet" / "diffusion_pytorch_model.safetensors").read_bytes() for folder in (out, tmp_path / "again")]
    assert denoisers[0] == denoisers[1]


def test_a_denoiser_that_was_not_trained_is_not_exported(tmp_path: Path):
    with pytest.raises(SystemExit, match="unet"):
        unet.read_average(tmp_path / "unet.pt")
