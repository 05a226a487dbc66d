"""Command line: `train` makes the classifier from real renders, `classify` judges WAV files, `generate` the model itself."""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import soundfile
import torch
from riffloom_train import dataset
from riffloom_train.families import FAMILIES
from riffloom_train.music import CLIP_SAMPLES, SAMPLE_RATE
from riffloom_train.spectrogram import clip_image

from . import classifier
from .report import FIGURE_PROMPTS, judge, show, slug


def _train(arguments: argparse.Namespace) -> None:
    """Renders pieces of its own, holds every tenth of them back, and reports the accuracy on those."""
    folder = arguments.work / "held_out"
    dataset.render_set(folder, arguments.clips, dataset.HELD_OUT, arguments.soundfont)
    pieces = dataset.read_pieces(folder)[: arguments.clips]
    raw = dataset.open_images(folder)
    images = torch.cat([classifier.shrink(raw[k : k + 64]) for k in range(0, len(pieces), 64)])[: len(pieces)]
    families = [family.name for family in FAMILIES]
    labels = torch.tensor([families.index(p["family"]) for p in pieces])
    test = (torch.arange(len(pieces)) // len(families)) % 10 == 9
    model = classifier.train(images[~test], labels[~test], families, arguments.epochs)
    classifier.save(model, arguments.classifier)
    test_images = np.stack([raw[k] for k in torch.nonzero(test).flatten().tolist()])
    print(show(judge(model, test_images, [families[k] for k in labels[test].tolist()])))


def _read_clip(path: Path) -> np.ndarray:
    """uint8 [512, 512] of a WAV's first 5.12 s, its channels mixed."""
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = sound.mean(1)
    if rate != SAMPLE_RATE:
        import librosa

        mono = librosa.resample(mono, orig_sr=rate, target_sr=SAMPLE_RATE)
    return clip_image(np.pad(mono[:CLIP_SAMPLES], (0, max(0, CLIP_SAMPLES - len(mono)))), circular=False)


def _classify(arguments: argparse.Namespace) -> None:
    """Files are named <prompt-slug>__<anything>.wav."""
    known = {slug(family.name): family.name for family in FAMILIES}
    files = sorted(p for p in arguments.folder.glob("*__*.wav") if p.name.split("__")[0] in known)
    if not files:
        raise SystemExit(f"no file in {arguments.folder} is named <prompt-slug>__<anything>.wav")
    images = np.stack([_read_clip(path) for path in files])
    result = judge(classifier.load(arguments.classifier), images, [known[p.name.split("__")[0]] for p in files])
    print(show(result))
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n")


def _generate(arguments: argparse.Namespace) -> None:
    """Generates with diffusers and judges the decoded images; an early reading, since no sound is made."""
    from .generate import contact_sheet, generate, open_pipeline

    pipeline = open_pipeline(arguments.model)
    model = classifier.load(arguments.classifier)
    seeds = range(arguments.seeds)
    images = generate(
        pipeline, FIGURE_PROMPTS, seeds, arguments.steps, arguments.guidance, arguments.seed_image, arguments.denoising
    )
    result = judge(model, images, [p for p in FIGURE_PROMPTS for _ in seeds])
    print(show(result))
    if arguments.sheet:
        contact_sheet(images, len(seeds), arguments.sheet)
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m riffloom_eval", description=__doc__)
    commands = parser.add_subparsers(required=True)
    default = Path(__file__).resolve().parents[1] / "classifier.pt"
    train = commands.add_parser("train", help=_train.__doc__)
    train.add_argument("--work", type=Path, required=True, help="folder for the rendered clips")
    train.add_argument("--clips", type=int, default=4000)
    train.add_argument("--epochs", type=int, default=12)
    train.add_argument("--soundfont")
    train.set_defaults(run=_train)
    classify = commands.add_parser("classify", help=_classify.__doc__)
    classify.add_argument("folder", type=Path)
    classify.set_defaults(run=_classify)
    generate = commands.add_parser("generate", help=_generate.__doc__)
    generate.add_argument("model", type=Path, help="a diffusers folder")
    generate.add_argument("--seeds", type=int, default=8)
    generate.add_argument("--steps", type=int, default=10)
    generate.add_argument("--guidance", type=float, default=3.0)
    generate.add_argument("--seed-image", type=Path, help="image to image from this PNG; without it, from noise")
    generate.add_argument("--denoising", type=float, default=0.75)
    generate.add_argument("--sheet", type=Path, help="write a contact sheet here")
    generate.set_defaults(run=_generate)
    for command in (train, classify, generate):
        command.add_argument("--classifier", type=Path, default=default)
    for command in (classify, generate):
        command.add_argument("--json", type=Path, help="write the result here as well")
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
