"""The rendered data set on disk: `images.u8` ([N, 512, 512] uint8, raw), and `pieces.jsonl` (one line for each clip).

A piece is CLIPS clips long; clip i of a set is always the same clip of the same piece, so the set can be extended or
resumed, and a trainer may read the front of it while the back is still being rendered.
"""
from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np

from .compose import CLIPS, piece_of
from .render import render
from .soundfont import SoundFontSynth
from .spectrogram import loop_images

SIDE = 512
TRAINING, HELD_OUT = 0, 10_000_000
"""First seeds: pieces of the two sets never coincide."""


def render_set(folder: Path, count: int, first_seed: int, soundfont: str | None, part: int = 0, parts: int = 1) -> None:
    """Renders pieces part, part + parts, … of a set of `count` clips (several processes can share one set)."""
    folder.mkdir(parents=True, exist_ok=True)
    images_path = folder / "images.u8"
    if not images_path.exists() or images_path.stat().st_size < count * SIDE * SIDE:
        with images_path.open("ab") as f:
            f.truncate(count * SIDE * SIDE)
    lines_path = folder / f"pieces-{part}of{parts}.jsonl"
    done = sum(1 for _ in lines_path.open()) // CLIPS if lines_path.exists() else 0
    synth = SoundFontSynth(soundfont)
    images = np.memmap(images_path, np.uint8, "r+", shape=(count, SIDE, SIDE))
    begin, first = time.time(), done
    with lines_path.open("a") as lines:
        for number in range(part + done * parts, count // CLIPS, parts):
            piece = piece_of(number, first_seed)
            for clip, image in enumerate(loop_images(render(piece, synth))):
                index = number * CLIPS + clip
                images[index] = image
                lines.write(json.dumps({"index": index, "clip": clip, "caption": piece.caption, **piece.facts}) + "\n")
            done += 1
            if done % 100 == 0:
                lines.flush()
                rate = CLIPS * (done - first) / (time.time() - begin)
                left = (count / parts - CLIPS * done) / rate
                print(f"render {folder.name} {CLIPS * done}/{count // parts} {rate:.1f} clips/s, {left / 60:.1f} min left", flush=True)


def describe(count: int) -> list[dict[str, str]]:
    """Captions and facts of the training set's first pieces, rendered or not: words cost far less than sound."""
    pieces = (piece_of(number, TRAINING) for number in range(count))
    return [{"caption": piece.caption, **piece.facts} for piece in pieces]


def read_pieces(folder: Path) -> list[dict[str, str]]:
    """The finished clips' descriptions in order, up to the first gap."""
    found: dict[int, dict[str, str]] = {}
    for path in folder.glob("pieces-*.jsonl"):
        for line in path.read_text().splitlines():
            try:
                piece = json.loads(line)
            except json.JSONDecodeError:
                break  # a line that is being written right now
            found[piece["index"]] = piece
    count = next((k for k in range(len(found) + 1) if k not in found))
    return [found[k] for k in range(count)]


def open_images(folder: Path) -> np.memmap:
    """uint8 [N, 512, 512]; only the clips that `read_pieces` names are finished."""
    return np.memmap(folder / "images.u8", np.uint8, "r").reshape(-1, SIDE, SIDE)
