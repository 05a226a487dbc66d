"""Seed images: beats and textures to grow any prompt from.

They are sparse on purpose. From a fuller texture (a pad, a loud shaker) quiet or bare sounds such as a flute could not
free themselves at the usual denoising.
"""
from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from . import figures as f
from .families import MAJOR, gm, kit, synth
from .music import HOP, SAMPLE_RATE, Bar, Note, Part, Piece, Song
from .render import render
from .soundfont import SoundFontSynth
from .spectrogram import FFT, MELS, POWER, TOP_HZ, WINDOW, mel_magnitudes, to_image

FIFTH = (60, 67, 72)
"""An open fifth and its octave: no mode, so it contradicts no prompt."""


@dataclass(frozen=True)
class SeedImage:
    id: str
    title: str
    beats: int
    parts: tuple[Part, ...]


def _hits(beats: Iterable[float], pitches: tuple[int, ...], length: float, loud: int, accent: int, every: int) -> tuple[Note, ...]:
    """Each pitch at each beat; every so many beats one is struck as an accent."""
    return tuple(Note(b, length, p, accent if b % every == 0 else loud) for b in beats for p in pitches)


def _pulse(beats: int) -> tuple[Part, ...]:
    """A marimba's fifth on every beat and a faint shaker on its halves."""
    return (
        Part(gm(12), _hits(range(beats), FIFTH, 0.9, 80, 100, beats), 0.5),
        Part(kit(0), _hits([b / 2 for b in range(2 * beats)], (f.SHAKER,), 0.2, 70, 70, 1), 0.08),
    )


def _backbeat(beats: int) -> tuple[Part, ...]:
    """A soft kit: kick on the odd beats, rim on the even ones, over the marimba."""
    return (
        Part(gm(12), _hits(range(0, beats, 2), FIFTH, 0.9, 84, 96, beats), 0.4),
        Part(kit(0), _hits(range(0, beats, 2), (f.KICK,), 0.2, 96, 104, 4), 0.3),
        Part(kit(0), _hits(range(1, beats, 2), (f.RIM,), 0.2, 92, 92, 1), 0.12),
    )


def _waltz(beats: int) -> tuple[Part, ...]:
    """One low, two high."""
    weak = [b for b in range(beats) if b % 3]
    return (
        Part(gm(12), _hits(range(0, beats, 3), (48, 55), 0.9, 100, 100, 3), 0.4),
        Part(gm(12), _hits(weak, FIFTH, 0.5, 76, 76, 3), 0.3),
    )


def _clockwork(beats: int) -> tuple[Part, ...]:
    """Quarter beats, up and down the fifths."""
    tune = (60, 67, 72, 67)
    notes = tuple(Note(k / 4, 0.3, tune[k % 4], 100 if k % 4 == 0 else 74) for k in range(4 * beats))
    return (Part(gm(12), notes, 0.5),)


def _drift(beats: int) -> tuple[Part, ...]:
    """No beat: a pad that swells once in each half of the loop."""
    return (Part(synth("pad"), tuple(Note(b, beats / 2 + 1, p, 80) for b in (0, beats / 2) for p in (48, *FIFTH)), 0.4),)


SEED_IMAGES = (
    SeedImage("pulse-6", "Slow pulse", 6, _pulse(6)),
    SeedImage("pulse-8", "Even pulse", 8, _pulse(8)),
    SeedImage("pulse-10", "Walking pulse", 10, _pulse(10)),
    SeedImage("pulse-12", "Quick pulse", 12, _pulse(12)),
    SeedImage("backbeat-8", "Backbeat", 8, _backbeat(8)),
    SeedImage("waltz-6", "Waltz", 6, _waltz(6)),
    SeedImage("clockwork-10", "Clockwork", 10, _clockwork(10)),
    SeedImage("drift-8", "Drift, without a beat", 8, _drift(8)),
)


def write_image(path: Path, sound: np.ndarray) -> None:
    """The format's PNG with its parameters in EXIF, the scale of the magnitudes among them."""
    magnitudes = mel_magnitudes(sound, circular=True)
    exif = Image.Exif()
    milliseconds = [samples * 1000 // SAMPLE_RATE for samples in (HOP, WINDOW, FFT)]
    tags = {11000: SAMPLE_RATE, 11005: False, 11010: milliseconds[0], 11020: milliseconds[1], 11030: milliseconds[2]}
    tags |= {11040: MELS, 11050: 0, 11060: int(TOP_HZ), 11070: POWER, 11080: float(magnitudes.max())}
    for tag, value in tags.items():
        exif[tag] = value
    grey = to_image(magnitudes)
    Image.fromarray(np.repeat(grey[:, :, None], 3, axis=2)).save(path, exif=exif, optimize=True)


def write_seed_images(folder: Path, soundfont: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    synth = SoundFontSynth(soundfont)
    index = []
    for image in SEED_IMAGES:
        bar = Bar(0.0, float(image.beats), (0, 7))
        song = Song(image.beats, 0, MAJOR, (bar,), swing=False, density=0.5)
        write_image(folder / f"{image.id}.png", render(Piece(0, song, image.parts, ""), synth))
        index.append({"id": image.id, "title": image.title, "beats": image.beats, "file": f"{image.id}.png"})
    (folder / "seed_images.json").write_text(json.dumps(index, indent=2) + "\n")
