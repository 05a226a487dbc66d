"""The rendered data set on disk: `images.u8` ([N, 512, 512] uint8, raw), and `pieces.jsonl` (one line for each clip).

Clip i of a set is always the same piece, so the set can be extended or resumed, and a trainer may read the front of it
while the back is still being rendered.
"""
from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np

from .compose import compose
from .families import FAMILIES
from .render import render
from .soundfont import SoundFontSynth
from .spectrogram import clip_image

SIDE = 512
TRAINING, HELD_OUT = 0, 10_000_000
"""First seeds: pieces of the two sets never coincide."""


def render_set(folder: Path, count: int, first_seed: int, soundfont: str | None, part: int = 0, parts: int = 1) -> None:
    """Renders clips part, part + parts, … of the set (several processes can share one set)."""
    folder.mkdir(parents=True, exist_ok=True)
    images_path = folder / "images.u8"
    if not images_path.exists() or images_path.stat().st_size < count * SIDE * SIDE:
        with images_path.open("ab") as f:
            f.truncate(count * SIDE * SIDE)
    lines_path = folder / f"pieces-{part}of{parts}.jsonl"
    done = sum(1 for _ in lines_path.open()) if lines_path.exists() else 0
    synth = SoundFontSynth(soundfont)
    images = np.memmap(images_path, np.uint8, "r+", shape=(count, SIDE, SIDE))
    begin, first = time.time(), done
    with lines_path.open("a") as lines:
        for index in range(part + done * parts, count, parts):
            # Families take turns, so that every prefix of the set is balanced.
            piece = compose(first_seed + index, FAMILIES[index % len(FAMILIES)].name)
            images[index] = clip_image(render(piece, synth), circular=True)
            lines.write(json.dumps({"index": index, "caption": piece.caption, **piece.attributes}) + "\n")
            done += 1
            if done % 200 == 0:
                lines.flush()
                rate = (done - first) / (time.time() - begin)
                left = (count / parts - done) / rate
                print(f"render {folder.name} {done}/{count // parts} {rate:.1f} clips/s, {left / 60:.1f} min left", flush=True)


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
