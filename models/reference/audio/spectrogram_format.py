"""Riffusion's spectrogram format, with torchaudio: the reference that the Java code is measured against.

The analysis is torchaudio's own Spectrogram and MelScale with the format's parameters; the image conversion follows the
format's definition: pixel = trunc(255 - 255 * (mel / max) ** 0.25), lowest band at the bottom, one column per hop.
"""

import numpy as np
import torch
import torchaudio
from PIL import Image

SAMPLE_RATE = 44_100
HOP = 441
WINDOW = 4_410
FFT_SIZE = 17_640
BANDS = 512
MAX_FREQUENCY = 10_000
POWER = 0.25

# EXIF tags, with the values of the default format; MAX_VALUE (11080) is each image's own.
TAGS = {
    11000: SAMPLE_RATE,
    11005: False,
    11010: 10,
    11020: 100,
    11030: 400,
    11040: BANDS,
    11050: 0,
    11060: MAX_FREQUENCY,
    11070: POWER,
}

_spectrogram = torchaudio.transforms.Spectrogram(
    n_fft=FFT_SIZE, hop_length=HOP, win_length=WINDOW, power=None, center=True, pad_mode="reflect"
)
_mel = torchaudio.transforms.MelScale(
    n_mels=BANDS, sample_rate=SAMPLE_RATE, f_min=0, f_max=MAX_FREQUENCY, n_stft=FFT_SIZE // 2 + 1, norm=None, mel_scale="htk"
)


def filter_bank(sample_rate: int, fft_size: int) -> np.ndarray:
    """-> (bins, bands) weights."""
    return torchaudio.functional.melscale_fbanks(
        fft_size // 2 + 1, 0, MAX_FREQUENCY, BANDS, sample_rate, norm=None, mel_scale="htk"
    ).numpy()


def mel_from_samples(samples: np.ndarray) -> np.ndarray:
    """(channels, samples) in -1..1 -> (channels, bands, frames); magnitudes are those of 16-bit integer samples."""
    waveform = torch.from_numpy(np.asarray(samples, dtype=np.float32) * 32768)
    return _mel(torch.abs(_spectrogram(waveform))).numpy()


def pixels_from_mel(mel: np.ndarray, maximum: float) -> np.ndarray:
    """(channels, bands, frames) magnitudes -> the same shape of bytes, still with the lowest band first."""
    data = 255 - np.power(mel / np.float32(maximum), POWER) * 255
    return data.astype(np.uint8)


def image_from_mel(mel: np.ndarray) -> Image.Image:
    """One channel becomes grey, two become green and blue. The tags are in getexif()."""
    maximum = float(np.max(mel))
    pixels = pixels_from_mel(mel, maximum)[:, ::-1, :]
    if len(pixels) == 1:
        image = Image.fromarray(pixels[0]).convert("RGB")
    else:
        image = Image.fromarray(np.stack([np.zeros_like(pixels[0]), pixels[0], pixels[1]], axis=-1))
    image.getexif().update(TAGS | {11005: len(pixels) == 2, 11080: maximum})
    return image


def mel_from_image(image: Image.Image, stereo: bool = False) -> np.ndarray:
    """-> (channels, bands, frames) magnitudes, scaled by the image's MAX_VALUE or, without one, 30e6."""
    maximum = image.getexif().get(11080, 30e6)
    pixels = np.asarray(image.convert("RGB")).transpose(2, 0, 1)[:, ::-1, :]
    pixels = pixels[1:3] if stereo else pixels[0:1]
    return np.power((255 - pixels.astype(np.float32)) / 255, 1 / POWER) * np.float32(maximum)
