"""Seed images: a light pulse and a soft chord, one for each beat count, for img2img to grow any prompt from."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image

from . import figures as f
from .families import MAJOR, gm, kit
from .music import BEAT_COUNTS, HOP, SAMPLE_RATE, Bar, Note, Part, Piece, Song
from .render import render
from .soundfont import SoundFontSynth
from .spectrogram import FFT, MELS, POWER, TOP_HZ, WINDOW, mel_magnitudes, to_image

TITLES = {6: "Slow pulse", 8: "Even pulse", 10: "Walking pulse", 12: "Quick pulse"}


def _piece(beats: int) -> Piece:
    """Shaker on the half beats, a stick on the beats, an open fifth: no mode, so that no prompt is contradicted."""
    song = Song(beats, 0, MAJOR, (Bar(0.0, float(beats), (0, 7)),), False, 0.5)
    sticks = [Note(b, 0.2, f.RIM, 100 if b == 0 else 78) for b in range(beats)]
    shakes = [Note(b / 2, 0.2, f.SHAKER, 84 if b % 2 else 60) for b in range(2 * beats)]
    chord = [Note(0.0, float(beats), p, 70) for p in (48, 55, 60, 67, 72)]
    parts = (Part(kit(0), (*sticks, *shakes), 0.5), Part(gm(89), tuple(chord), 0.5))
    return Piece(0, "seed", song, parts, "")


def write_image(path: Path, sound: np.ndarray) -> None:
    """The format's PNG with its parameters in EXIF, the scale of the magnitudes among them."""
    magnitudes = mel_magnitudes(sound, circular=True)
    exif = Image.Exif()
    values = (SAMPLE_RATE, None, HOP * 1000 // SAMPLE_RATE, WINDOW * 1000 // SAMPLE_RATE, FFT * 1000 // SAMPLE_RATE)
    tags = dict(zip((11000, 11005, 11010, 11020, 11030), values))
    tags |= {11005: False, 11040: MELS, 11050: 0, 11060: int(TOP_HZ), 11070: POWER, 11080: float(magnitudes.max())}
    for tag, value in tags.items():
        exif[tag] = value
    grey = to_image(magnitudes)
    Image.fromarray(np.repeat(grey[:, :, None], 3, axis=2)).save(path, exif=exif, optimize=True)


def write_seed_images(folder: Path, soundfont: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    synth = SoundFontSynth(soundfont)
    index = []
    for beats in BEAT_COUNTS:
        name = f"pulse-{beats}"
        write_image(folder / f"{name}.png", render(_piece(beats), synth))
        index.append({"id": name, "title": TITLES[beats], "beats": beats, "file": f"{name}.png"})
    (folder / "seed_images.json").write_text(json.dumps(index, indent=2) + "\n")
