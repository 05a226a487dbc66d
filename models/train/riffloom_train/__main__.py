"""From an empty folder to the exported model: `python -m riffloom_train --work FOLDER --out FOLDER --preset cpu`.

Stages run in order (render, vae, latents, text, unet, export); each leaves its result in the work folder, and one that
is there already is not made again, so the same command resumes after an interruption. `--stages` runs some of them.
"""
from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Preset:
    clips: int
    vae_steps: int
    vae_batch: int
    vae_rate: float
    captions: int
    text_steps: int
    unet_steps: int
    unet_batch: int
    unet_rate: float
    ema: float


PRESETS = {
    "tiny": Preset(40, 30, 4, 2e-3, 200, 20, 30, 4, 5e-4, 0.9),
    "cpu": Preset(24_000, 3_500, 16, 2e-3, 20_000, 1_500, 60_000, 4, 6e-4, 0.9995),
    "gpu": Preset(60_000, 20_000, 64, 2e-3, 60_000, 4_000, 60_000, 256, 1e-3, 0.9995),
}
STAGES = ("render", "vae", "latents", "text", "unet", "export")


def run(arguments: argparse.Namespace) -> None:
    # Imported late: the allocator's settings must be in the environment before torch is loaded.
    import torch
    from diffusers import AutoencoderKL, ModelMixin, UNet2DConditionModel

    from . import dataset, export, jobs, latents, runtime, seeds, text, unet, vae

    preset = PRESETS[arguments.preset]
    if arguments.clips:
        preset = replace(preset, clips=arguments.clips)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    work: Path = arguments.work
    data, tokenizer = work / "train", work / "tokenizer"
    trained_vae, folded_vae, words = work / "vae.pt", work / "vae_folded.pt", work / "text.pt"
    minutes = arguments.minutes or float("inf")
    on_cpu = runtime.device().type == "cpu"

    def started(part: str, kind: type[ModelMixin]) -> ModelMixin | None:
        """That part of the model which training starts from, if it starts from one."""
        return kind.from_pretrained(arguments.start, subfolder=part, torch_dtype=torch.float32) if arguments.start else None

    def in_shares(stage: str, team: bool = False) -> bool:
        """Whether the stage was done just now by several processes."""
        if arguments.jobs == 1:
            return False
        jobs.run(arguments.given, stage, arguments.jobs, team)
        return True

    if "render" in arguments.stages and not in_shares("render"):
        dataset.render_set(data, preset.clips, dataset.TRAINING, arguments.soundfont, *arguments.part)
    if "vae" in arguments.stages:
        budget = runtime.Budget(preset.vae_steps, minutes)
        vae.train(data, trained_vae, budget, preset.vae_batch, preset.vae_rate, started("vae", AutoencoderKL))
    if "latents" in arguments.stages:
        if arguments.start and not (trained_vae.exists() or folded_vae.exists()):
            runtime.save(folded_vae, {"model": started("vae", AutoencoderKL).state_dict()})
        autoencoder = latents.normalised(trained_vae, folded_vae, data)
        if not (on_cpu and in_shares("latents")):
            latents.encode(autoencoder, data, work / "latents", *arguments.part)
    if {"text", "unet", "export"} & set(arguments.stages):
        if arguments.start and "text" not in arguments.stages and not words.exists():
            text.adopt(arguments.start, tokenizer, words)
        if not (tokenizer / "vocab.json").exists():
            text.write_tokenizer(tokenizer)
        encoder = text.pretrain(lambda: dataset.describe(preset.captions), tokenizer, words, preset.text_steps)
    if "unet" in arguments.stages and not (on_cpu and in_shares("unet", team=True)):
        indices, encoded = latents.read(work / "latents")
        budget = runtime.Budget(preset.unet_steps, minutes)
        pieces = dataset.read_pieces(data)
        known = unet.Captions([pieces[k] for k in indices], tokenizer, encoder)
        start = started("unet", UNet2DConditionModel)
        unet.train(encoded, known, work / "unet.pt", budget, preset.unet_batch, preset.unet_rate, preset.ema, start)
    if "export" in arguments.stages:
        autoencoder = latents.normalised(trained_vae, folded_vae, data)
        variation = latents.spectral_variation(latents.read(work / "latents")[1])
        kept = None if (work / "unet.pt").exists() else started("unet", UNet2DConditionModel)
        denoiser = kept or unet.read_average(work / "unet.pt")
        export.export(arguments.out, tokenizer, encoder, denoiser, autoencoder, variation)
        seeds.write_seed_images(arguments.out / "seed_images")
        export.assert_loads(arguments.out)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m riffloom_train", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for data and checkpoints (about 7 GB)")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[2] / "riffloom-mini")
    parser.add_argument("--start", type=Path, help="model folder whose autoencoder and denoiser training begins with, instead of at random; parts whose stage is left out are that model's")
    parser.add_argument("--preset", choices=PRESETS, default="cpu")
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES)
    parser.add_argument("--clips", type=int, help="how many clips to render, instead of the preset's number")
    parser.add_argument("--part", type=int, nargs=2, default=(0, 1), metavar=("K", "OF"), help="render or encode one share of the clips")
    parser.add_argument("--minutes", type=float, help="end a training stage after so many minutes if its steps take longer")
    parser.add_argument("--threads", type=int, help="CPU threads")
    parser.add_argument("--jobs", type=int, default=1, help="processes for rendering, and on a CPU for encoding and training")
    parser.add_argument("--soundfont", help="FluidR3Mono_GM.sf3; else RIFFLOOM_SOUNDFONT, else the usual places")
    # What a process for one share of a stage is given besides that share; of an option said twice the last counts.
    run(parser.parse_args(namespace=argparse.Namespace(given=sys.argv[1:])))


if __name__ == "__main__":
    from .runtime_environment import MALLOC

    if any(os.environ.get(key) != value for key, value in MALLOC.items()):
        os.execve(sys.executable, [sys.executable, "-m", "riffloom_train", *sys.argv[1:]], os.environ | MALLOC)
    main()
