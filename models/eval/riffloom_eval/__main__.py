"""Judges the embedded model: `python -m riffloom_eval COMMAND --help`; the README says in which order."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]


def _render(arguments: argparse.Namespace) -> None:
    """Renders the held-out pieces, which no generator is trained on; several processes can share the work."""
    from riffloom_train import dataset

    part, parts = arguments.part
    dataset.render_set(arguments.work / "held_out", arguments.clips, dataset.HELD_OUT, arguments.soundfont, part, parts)


def _train(arguments: argparse.Namespace) -> None:
    """Trains the classifier on nine tenths of the held-out pieces and reports its accuracy on the last."""
    import torch

    from . import classifier, measures
    from .held_out import open_held_out
    from .labels import Labels

    held = open_held_out(arguments.work, arguments.clips)
    labels = Labels.of_tables()
    classes = labels.encode(held.pieces)
    model = classifier.train(held.small[~held.test], classes[torch.from_numpy(~held.test)], labels, arguments.epochs)
    classifier.save(model, arguments.classifier)
    result = measures.accuracy_of_held_out(classifier.load(arguments.classifier), held)
    print(json.dumps(result, indent=1))
    _write(arguments.json, result)


def _prompts(arguments: argparse.Namespace) -> None:
    """Prints the plan of what to generate, from the tables of families and styles."""
    from .prompts import plan

    print(json.dumps(plan(), indent=1))


def _generate(arguments: argparse.Namespace) -> None:
    """Makes samples with diffusers and judges the decoded images: an early reading, since no sound is made."""
    from .generate import generate
    from .prompts import plan

    chosen = {"groups": [group for group in plan()["groups"] if group["name"] in arguments.groups]}
    generate(
        arguments.model,
        chosen,
        arguments.folder,
        arguments.steps,
        arguments.guidance,
        arguments.denoising,
        arguments.noise,
        arguments.seeds,
    )
    _classify(arguments)


def _classify(arguments: argparse.Namespace) -> None:
    """Names the clips of a folder with samples.json, and draws a contact sheet for each group."""
    import numpy as np

    from . import classifier, measures
    from .report import judge, show
    from .samples import read_samples
    from .sheet import contact_sheet

    reading = measures.read(classifier.load(arguments.classifier), read_samples(arguments.folder, arguments.groups))
    results = {}
    for name in reading.samples.groups():
        group = reading.group(name)
        results[name] = judge(group.entries, group.probabilities, reading.labels)
        print(show(results[name], f"== {name}: {len(group.entries)} clips"))
        if arguments.sheets:
            rows: dict[str, list[np.ndarray]] = {}
            for entry, image in zip(group.entries, group.samples.images):
                rows.setdefault(_row(entry), []).append(image)
            contact_sheet({k: np.stack(v) for k, v in rows.items()}, arguments.sheets / f"{name}.png")
    _write(arguments.json, results)


def _row(entry: dict) -> str:
    """What the clips of one row of a contact sheet share."""
    if "end" in entry:
        return f"{entry['prompt']} > {entry['end']} seed {entry['seed']}"
    return entry["prompt"]


def _loss(arguments: argparse.Namespace) -> None:
    """Takes the denoiser's loss on held-out renders, of a model or of a training that is still going on."""
    from riffloom_train import dataset, unet

    from .generate import open_pipeline
    from .losses import denoising_loss

    folder = arguments.work / "held_out"
    pieces = dataset.read_pieces(folder)[: arguments.clips]
    pipeline = open_pipeline(arguments.model)
    if arguments.checkpoint:
        pipeline.unet = unet.read_average(arguments.checkpoint)
    result = denoising_loss(pipeline, dataset.open_images(folder)[: len(pieces)], [piece["caption"] for piece in pieces])
    print(json.dumps(result, indent=1))
    _write(arguments.json, result)


def _figures(arguments: argparse.Namespace) -> None:
    """Computes every figure of the model's card over one folder of samples."""
    from . import classifier
    from .figures import compute, table
    from .held_out import open_held_out
    from .samples import read_samples

    result = compute(
        classifier.load(arguments.classifier),
        read_samples(arguments.folder),
        open_held_out(arguments.work, arguments.clips),
        arguments.training,
        arguments.work / "training-64x64.u8",
        read_samples(arguments.other, ["families", "styles"]) if arguments.other else None,
    )
    _write(arguments.json or arguments.folder / "figures.json", result)
    (arguments.folder / "figures.md").write_text(table(result))
    print(table(result))


def _write(path: Path | None, result: dict) -> None:
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(result, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m riffloom_eval", description=__doc__)
    commands = parser.add_subparsers(required=True)

    def command(name: str, run) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        added.set_defaults(run=run)
        if name != "prompts":
            added.add_argument("--threads", type=int, default=1)
            added.add_argument("--classifier", type=Path, default=HERE / "classifier.pt")
            added.add_argument("--json", type=Path, help="write the result here as well")
        return added

    render = command("render", _render)
    render.add_argument("--clips", type=int, default=12_000)
    render.add_argument("--soundfont")
    render.add_argument("--part", type=int, nargs=2, default=(0, 1), metavar=("K", "N"), help="make part K of N")
    train = command("train", _train)
    train.add_argument("--epochs", type=int, default=14)
    train.add_argument("--clips", type=int, help="use only the first so many")
    command("prompts", _prompts)
    generate = command("generate", _generate)
    generate.add_argument("model", type=Path, help="a diffusers folder")
    generate.add_argument("folder", type=Path, help="for the samples")
    generate.add_argument("--seeds", type=int, help="at most so many of each prompt")
    generate.add_argument("--steps", type=int, default=10)
    generate.add_argument("--guidance", type=float, default=3.5)
    generate.add_argument("--noise", action="store_true", help="from noise instead of the default seed image")
    generate.add_argument("--denoising", type=float, default=0.8)
    classify = command("classify", _classify)
    classify.add_argument("folder", type=Path)
    for added, groups in ((generate, ["families", "styles"]), (classify, None)):
        added.add_argument("--groups", nargs="+", default=groups)
        added.add_argument("--sheets", type=Path, help="folder for contact sheets")
    loss = command("loss", _loss)
    loss.add_argument("model", type=Path, help="a diffusers folder")
    loss.add_argument("--checkpoint", type=Path, help="unet.pt of a training, whose averaged denoiser takes the model's place")
    loss.add_argument("--clips", type=int, default=400, help="use only the first so many held-out clips")
    figures = command("figures", _figures)
    figures.add_argument("folder", type=Path)
    figures.add_argument("--training", type=Path, help="the generator's rendered training set")
    figures.add_argument("--other", type=Path, help="another model's samples of the same plan, for the Fréchet distance")
    figures.add_argument("--clips", type=int, help="use only the first so many held-out clips")
    for added in (render, train, loss, figures):
        added.add_argument("--work", type=Path, required=True, help="folder of the held-out renders")
    arguments = parser.parse_args()
    if hasattr(arguments, "threads"):
        import torch

        torch.set_num_threads(arguments.threads)
    arguments.run(arguments)


if __name__ == "__main__":
    main()
