"""Generated clips on disk: `samples.json` beside WAV files (as the Java program makes them) or PNG files (as diffusers).

    {"model": "riffloom-mini", "samples": [{"file": "families/church-bells__0.wav", "group": "families",
     "prompt": "church bells", "seed": 0, "seedImage": "pulse-8", "denoising": 0.85, "imageOffsetSeconds": 0.06,
     "family": ["church bells"], "style": [], "beats": "8"}, …]}

`family` and `style` list every right answer, and are empty where there is nothing to say; `beats` is null then. A sample
of an interpolation also has `alpha`, `end` (the prompt at alpha 1), `endFamily` and `endStyle`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image
from riffloom_train.music import CLIP_SAMPLES, SAMPLE_RATE
from riffloom_train.spectrogram import clip_image

from .held_out import FRAMES, MELS, shrink

MODELS = Path(__file__).resolve().parents[2]
"""Where a model that is named without a folder lies."""


@dataclass(frozen=True)
class Samples:
    folder: Path
    model: Path
    """Of the network that made them, in diffusers layout."""
    entries: list[dict]
    images: np.ndarray
    """uint8 [N, 512, 512]"""

    @property
    def small(self) -> np.ndarray:
        """uint8 [N, 128, 256]"""
        return shrink(self.images) if len(self.images) else np.empty((0, MELS, FRAMES), np.uint8)

    def where(self, keep: list[bool] | np.ndarray) -> Samples:
        chosen = np.flatnonzero(np.asarray(keep, bool))
        return Samples(self.folder, self.model, [self.entries[k] for k in chosen], self.images[chosen])

    def group(self, name: str) -> Samples:
        return self.where([entry["group"] == name for entry in self.entries])

    def groups(self) -> list[str]:
        return list(dict.fromkeys(entry["group"] for entry in self.entries))


def read_samples(folder: Path, groups: list[str] | None = None) -> Samples:
    """Every sample of `folder`/samples.json, or of the named groups."""
    path = folder / "samples.json"
    if not path.exists():
        raise SystemExit(f"{folder} has no samples.json; PromptSamples (Java) or the command generate writes one.")
    manifest = json.loads(path.read_text())
    entries = [entry for entry in manifest["samples"] if not groups or entry["group"] in groups]
    images = [read_image(folder / entry["file"], entry.get("imageOffsetSeconds", 0.0)) for entry in entries]
    model = Path(manifest["model"])
    model = MODELS / model if not model.is_dir() and (MODELS / model).is_dir() else model
    return Samples(folder, model, entries, np.stack(images) if images else np.empty((0, 512, 512), np.uint8))


def read_image(path: Path, offset_seconds: float = 0.0) -> np.ndarray:
    """uint8 [512, 512] of a picture, or of the 5.12 s of a sound (its channels mixed) that begin at `offset_seconds`.

    The program's sound comes a little after its picture, since the inverter and the limiter look ahead; a clip made alone
    then lacks its last hundredths of a second, which stay silent here.
    """
    if path.suffix == ".png":
        return np.asarray(Image.open(path).convert("L"))
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = sound.mean(1)[round(offset_seconds * rate) :]
    if rate != SAMPLE_RATE:
        import librosa

        mono = librosa.resample(mono, orig_sr=rate, target_sr=SAMPLE_RATE)
    mono = mono[:CLIP_SAMPLES]
    return clip_image(np.pad(mono, (0, CLIP_SAMPLES - len(mono))), circular=False)


def seed_images(model: Path) -> dict[str, np.ndarray]:
    """uint8 [512, 512] of each seed image of a model, by id."""
    index = model / "seed_images" / "seed_images.json"
    listed = json.loads(index.read_text()) if index.exists() else []
    return {image["id"]: read_image(index.parent / image["file"]) for image in listed}
