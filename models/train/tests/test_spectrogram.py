"""The mel image against torchaudio's own."""
import numpy as np
import torch
import torchaudio

from riffloom_train import spectrogram as s
from riffloom_train.music import CLIP_SAMPLES, HOP, SAMPLE_RATE


def test_mel_equals_torchaudio():
    rng = np.random.default_rng(1)
    t = np.arange(CLIP_SAMPLES) / SAMPLE_RATE
    sound = (0.5 * np.sin(2 * np.pi * 440 * t) + 0.1 * rng.standard_normal(len(t))).astype(np.float32)
    reference = torchaudio.transforms.MelSpectrogram(
        SAMPLE_RATE, s.FFT, s.WINDOW, HOP, 0.0, s.TOP_HZ, n_mels=s.MELS, power=1.0, norm=None, mel_scale="htk"
    )(torch.from_numpy(sound)).numpy()  # fmt: skip
    made = s.mel_magnitudes(sound, circular=False)
    assert made.shape == reference.shape
    assert np.abs(made - reference).max() / reference.max() < 1e-4


def test_loud_is_dark_and_low_is_at_the_bottom():
    image = s.to_image(np.eye(512, dtype=np.float32) + np.linspace(0, 1, 512, dtype=np.float32)[:, None] * 0)
    assert image[511, 0] == 0 and image[0, 0] == 255 and image[0, 511] == 0
