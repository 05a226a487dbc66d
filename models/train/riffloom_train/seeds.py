"""Seed images: beats and textures to grow any prompt from.

They are strokes of noise, as of brushes on a skin, over an even hiss, and on the whole as grey as the training pictures
are. A picture whose latents are near the mean of all of them says when something sounds and leaves open what: from notes
in black on white, say, rain or a pad could not free themselves at a denoising that keeps the beat.
"""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.fft
from PIL import Image

from .music import CLIP_SAMPLES, HOP, SAMPLE_RATE
from .spectrogram import FFT, MELS, POWER, TOP_HZ, WINDOW, mel_magnitudes, to_image

BRIGHTNESS = 0.31
"""Mean of 1 - pixel / 255 over the training set."""
EVERYTHING, LOW, HIGH = (0.0, TOP_HZ), (0.0, 500.0), (1500.0, TOP_HZ)


@dataclass(frozen=True)
class Stroke:
    """Where it begins and how fast it fades, in beats; how strong it is, 1 being full; and which frequencies it has."""

    start: float
    fade: float = 0.4
    level: float = 1.0
    band: tuple[float, float] = EVERYTHING


@dataclass(frozen=True)
class SeedImage:
    id: str
    title: str
    beats: int
    """0 for none."""
    strokes: tuple[Stroke, ...]
    hiss: float = 0.5
    """Between strokes, as a share of a full stroke's darkness in the picture: 0.5 is -24 dB, 0.25 is -48 dB."""
    swells: int = 0
    """How often the whole swells and sinks in the loop."""


def _pulse(beats: int, fade: float) -> tuple[Stroke, ...]:
    return tuple(Stroke(b, fade) for b in range(beats))


def _backbeat(beats: int) -> tuple[Stroke, ...]:
    """Low and long, high and short, and light taps on the halves."""
    low = [Stroke(b, 0.6, 1.0, LOW) for b in range(0, beats, 2)]
    high = [Stroke(b, 0.3, 1.0, HIGH) for b in range(1, beats, 2)]
    return (*low, *high, *(Stroke(b + 0.5, 0.15, 0.5, HIGH) for b in range(beats)))


def _waltz(beats: int) -> tuple[Stroke, ...]:
    """One strong, two weak."""
    return tuple(Stroke(b, 0.6, 0.75 if b % 3 else 1.0) for b in range(beats))


def _clockwork(beats: int) -> tuple[Stroke, ...]:
    """Quarter beats, every fourth one strong."""
    return tuple(Stroke(k / 4, 0.12, 0.6 if k % 4 else 1.0) for k in range(4 * beats))


# Slow beats are further apart, and the silence between them must say that nothing falls on their halves.
SEED_IMAGES = (
    SeedImage("pulse-6", "Slow pulse", 6, _pulse(6, 0.6), hiss=0.12),
    SeedImage("pulse-8", "Even pulse", 8, _pulse(8, 0.5), hiss=0.25),
    SeedImage("pulse-10", "Walking pulse", 10, _pulse(10, 0.4)),
    SeedImage("pulse-12", "Quick pulse", 12, _pulse(12, 0.4)),
    SeedImage("backbeat-8", "Backbeat", 8, _backbeat(8)),
    SeedImage("waltz-6", "Waltz", 6, _waltz(6), hiss=0.12),
    SeedImage("clockwork-10", "Clockwork", 10, _clockwork(10)),
    SeedImage("drift", "Drift", 0, (), swells=2),
)


def _in_band(hz: np.ndarray, low: float, high: float) -> np.ndarray:
    """Magnitudes of a band with edges an octave wide or so."""
    rising = 1.0 if low == 0 else 1 / np.sqrt(1 + (low / np.maximum(hz, 1)) ** 8)
    return rising / np.sqrt(1 + (hz / high) ** 8)


def _fading(beat: np.ndarray, stroke: Stroke, beats: int) -> np.ndarray:
    """1 where the stroke begins, and what is left of it later in the loop; it takes 5 ms to rise."""
    since = (beat - stroke.start) % beats
    return np.minimum(1, since * (5.12 / beats) / 0.005) * np.exp(-since / stroke.fade)


def sound_of(image: SeedImage) -> np.ndarray:
    """float32 [225792], a loop without a seam.

    A picture shows the fourth root of a magnitude, so that is what rises and fades evenly here. The noise has as much in
    every mel band.
    """
    rng = np.random.default_rng(SEED_IMAGES.index(image))
    loop = np.arange(CLIP_SAMPLES) / CLIP_SAMPLES
    hz = np.linspace(0, SAMPLE_RATE / 2, CLIP_SAMPLES // 2 + 1)
    swell = 0.5 - 0.5 * np.cos(2 * np.pi * image.swells * loop)
    sound = np.zeros(CLIP_SAMPLES)
    for band in sorted({EVERYTHING, *(stroke.band for stroke in image.strokes)}):
        least = image.hiss if band == EVERYTHING else 0.0
        dark = least + (1 - least) * swell * (band == EVERYTHING)
        for stroke in image.strokes:
            if stroke.band == band:
                dark = np.maximum(dark, least + (1 - least) * stroke.level * _fading(loop * image.beats, stroke, image.beats))
        spectrum = rng.standard_normal(2 * len(hz)).view(np.complex128) * _in_band(hz, *band) / (1 + hz / 700)
        sound += scipy.fft.irfft(spectrum, CLIP_SAMPLES) * dark ** (1 / POWER)
    return (sound * (0.5 / np.abs(sound).max())).astype(np.float32)


def write_image(path: Path, sound: np.ndarray) -> None:
    """The format's PNG with its parameters in EXIF, the scale of the magnitudes among them."""
    magnitudes = mel_magnitudes(sound, circular=True)
    scale = float((magnitudes**POWER).mean() / BRIGHTNESS) ** (1 / POWER)
    exif = Image.Exif()
    milliseconds = [samples * 1000 // SAMPLE_RATE for samples in (HOP, WINDOW, FFT)]
    tags = {11000: SAMPLE_RATE, 11005: False, 11010: milliseconds[0], 11020: milliseconds[1], 11030: milliseconds[2]}
    tags |= {11040: MELS, 11050: 0, 11060: int(TOP_HZ), 11070: POWER, 11080: scale}
    for tag, value in tags.items():
        exif[tag] = value
    grey = to_image(magnitudes, scale)
    Image.fromarray(np.repeat(grey[:, :, None], 3, axis=2)).save(path, exif=exif, optimize=True)


def write_seed_images(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    index = []
    for image in SEED_IMAGES:
        write_image(folder / f"{image.id}.png", sound_of(image))
        index.append({"id": image.id, "title": image.title, "beats": image.beats, "file": f"{image.id}.png"})
    (folder / "seed_images.json").write_text(json.dumps(index, indent=2) + "\n")
