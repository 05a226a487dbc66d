"""Seed images: a soft chord on every beat and a faint shaker, one for each beat count, to grow any prompt from.

They are sparse on purpose. From a fuller texture (a pad, a loud shaker) quiet or bare sounds such as a flute could not
free themselves at the usual denoising.
"""
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
    """An open fifth, which has no mode and contradicts no prompt, on a marimba; the first beat a little louder."""
    song = Song(beats, 0, MAJOR, (Bar(0.0, float(beats), (0, 7)),), False, 0.5)
    chords = [Note(float(b), 0.9, p, 80 if b else 100) for b in range(beats) for p in (60, 67, 72)]
    shakes = [Note(b / 2, 0.2, f.SHAKER, 70) for b in range(2 * beats)]
    parts = (Part(gm(12), tuple(chords), 0.5), Part(kit(0), tuple(shakes), 0.08))
    return Piece(0, "seed", song, parts, "")


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
    for beats in BEAT_COUNTS:
        name = f"pulse-{beats}"
        write_image(folder / f"{name}.png", render(_piece(beats), synth))
        index.append({"id": name, "title": TITLES[beats], "beats": beats, "file": f"{name}.png"})
    (folder / "seed_images.json").write_text(json.dumps(index, indent=2) + "\n")
