"""The held-out renders: clips of pieces that the generator never saw, as small images that fit into memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from riffloom_train import dataset

MELS, FRAMES = 128, 256
"""A small image: 4 mel bands to a row (26 Hz at 440 Hz), 2 frames (20 ms) to a column."""
PLAIN = 64
"""The side of the image in which clips are compared pixel by pixel."""


@dataclass(frozen=True)
class HeldOut:
    pieces: list[dict]
    """As `dataset.read_pieces` gives them, one for each clip."""
    small: np.ndarray
    """uint8 [N, 128, 256]"""
    test: np.ndarray
    """bool [N]: the tenth that the classifier is not trained on. Clips of one piece are on the same side."""


def shrink(images: np.ndarray, mels: int = MELS, frames: int = FRAMES) -> np.ndarray:
    """uint8 [N, mels, frames]: the mean over blocks of uint8 [N, 512, 512]."""
    n, height, width = images.shape
    blocks = np.ascontiguousarray(images).reshape(n, mels, height // mels, frames, width // frames)
    # Rows first, in 16 bits: the sum over both kinds of neighbour is at most 64 * 255.
    sums = blocks.sum(2, dtype=np.uint16).sum(3, dtype=np.uint16)
    return ((sums + (height // mels) * (width // frames) // 2) // ((height // mels) * (width // frames))).astype(np.uint8)


def shrunk(folder: Path, count: int, cache: Path, mels: int, frames: int) -> np.ndarray:
    """uint8 [count, mels, frames] of a rendered set, kept in `cache`; only what is not there yet is made."""
    size = mels * frames
    raw = dataset.open_images(folder)
    have = min(cache.stat().st_size // size if cache.exists() else 0, count)
    # A few clips tell whether the set was rendered anew since.
    for k in np.linspace(0, have - 1, 9).astype(int) if have else []:
        if np.fromfile(cache, np.uint8, size, offset=k * size).tobytes() != shrink(raw[k : k + 1], mels, frames).tobytes():
            have = 0
            break
    cache.parent.mkdir(parents=True, exist_ok=True)
    with cache.open("r+b" if cache.exists() else "w+b") as file:
        file.seek(have * size)
        for k in range(have, count, 64):
            file.write(shrink(raw[k : min(k + 64, count)], mels, frames).tobytes())
    return np.fromfile(cache, np.uint8, count * size).reshape(count, mels, frames)


def piece_numbers(pieces: list[dict]) -> np.ndarray:
    """int [N]: which piece each clip belongs to; a piece's clips stand together and its first has clip number 0."""
    return np.cumsum([int(piece.get("clip", 0)) == 0 for piece in pieces]) - 1


def split(pieces: list[dict]) -> np.ndarray:
    """bool [N]: true for every clip of a tenth of the pieces, drawn once for all (the same for longer sets' fronts)."""
    draws = np.random.default_rng(10).random(1_000_000)
    return draws[piece_numbers(pieces)] < 0.1


def open_held_out(work: Path, count: int | None = None) -> HeldOut:
    folder = work / "held_out"
    pieces = dataset.read_pieces(folder)[:count]
    if not pieces:
        raise SystemExit(f"{folder} has no rendered clips; make them with: python -m riffloom_eval render --work {work}")
    small = shrunk(folder, len(pieces), folder / f"small-{MELS}x{FRAMES}.u8", MELS, FRAMES)
    return HeldOut(pieces, small, split(pieces))


def plain(small: np.ndarray) -> np.ndarray:
    """uint8 [N, 64, 64] of uint8 [N, 128, 256]."""
    return shrink(small, PLAIN, PLAIN)
