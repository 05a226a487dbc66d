"""Writes the model as a diffusers folder that any Stable Diffusion 1.x code can read."""
from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from . import text, unet, vae

NAME = "riffloom-mini"
WEIGHTS_NAME = {"unet": "diffusion_pytorch_model.safetensors", "vae": "diffusion_pytorch_model.safetensors"}

MODEL_INDEX = {
    "_class_name": "StableDiffusionPipeline",
    "_diffusers_version": "0.35.0",
    "feature_extractor": [None, None],
    "image_encoder": [None, None],
    "requires_safety_checker": False,
    "safety_checker": [None, None],
    "scheduler": ["diffusers", "DPMSolverMultistepScheduler"],
    "text_encoder": ["transformers", "CLIPTextModel"],
    "tokenizer": ["transformers", "CLIPTokenizer"],
    "unet": ["diffusers", "UNet2DConditionModel"],
    "vae": ["diffusers", "AutoencoderKL"],
}

SCHEDULER = {
    "_class_name": "DPMSolverMultistepScheduler",
    "_diffusers_version": "0.35.0",
    "algorithm_type": "dpmsolver++",
    "beta_end": unet.BETA_END,
    "beta_schedule": "scaled_linear",
    "beta_start": unet.BETA_START,
    "clip_sample": False,
    "lower_order_final": True,
    "num_train_timesteps": unet.TIMESTEPS,
    "prediction_type": "v_prediction",
    "solver_order": 2,
    "solver_type": "midpoint",
    "steps_offset": 1,
    "timestep_spacing": "trailing",
    "use_karras_sigmas": False,
}

EXAMPLES = (
    "church bells",
    "jazz piano",
    "funk bassline with a jazzy saxophone solo",
    "electronic beats",
    "lo-fi hip hop",
    "acoustic folk fiddle solo",
    "bossa nova",
    "blues guitar",
    "music box",
    "techno beat",
    "gospel choir",
    "reggae",
    "steel drums",
    "afrobeat",
    "typewriter",
    "ambient harp",
    "sitar",
    "waltz",
    "acid bass",
    "jazzy saxophone",
)
"""Prompts that the model does well, for the page to offer."""
DEFAULTS = {"steps": 10, "guidance": 3.5, "denoising": 0.8, "seedImage": "pulse-8"}


def _json(path: Path, value: object) -> None:
    """Lists of numbers stand on one line."""
    text = json.dumps(value, indent=2)
    path.write_text(re.sub(r"\[[-\d.,\s]+\]", lambda match: f"[{' '.join(match[0][1:-1].split())}]", text) + "\n")


def _weights(path: Path, model: torch.nn.Module, prefix: str = "") -> None:
    """Half precision, contiguous, under the names that Stable Diffusion 1.5 checkpoints use."""
    state = {k: v.detach().cpu().half().contiguous() for k, v in model.state_dict().items() if not k.endswith("position_ids")}
    save_file({k if k.startswith(prefix) else prefix + k: v for k, v in state.items()}, path, metadata={"format": "pt"})


def _config(path: Path, config: dict[str, object], drop: tuple[str, ...] = ()) -> None:
    _json(path, {k: v for k, v in config.items() if k not in drop})


def export(
    folder: Path,
    tokenizer: Path,
    encoder: torch.nn.Module,
    denoiser: torch.nn.Module,
    autoencoder: torch.nn.Module,
    variation: np.ndarray,
) -> None:
    """Builds the folder beside its final place and swaps it in whole. What else lies in the old one is kept."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    if folder.exists():
        shutil.copytree(folder, fresh)
    for part in ("text_encoder", "unet", "vae", "scheduler", "tokenizer"):
        (fresh / part).mkdir(parents=True, exist_ok=True)
    for file in tokenizer.iterdir():
        shutil.copyfile(file, fresh / "tokenizer" / file.name)
    _json(fresh / "model_index.json", MODEL_INDEX)
    _json(fresh / "scheduler" / "scheduler_config.json", SCHEDULER)
    profile = {"name": NAME, "defaults": DEFAULTS, "examplePrompts": list(EXAMPLES)}
    _json(fresh / "riffloom.json", profile | {"spectralVariation": np.round(variation.astype(float), 4).tolist()})
    encoder_config = {"architectures": ["CLIPTextModel"], **encoder.config.to_diff_dict(), "torch_dtype": "float16"}
    for key, default in (("hidden_act", "quick_gelu"), ("layer_norm_eps", 1e-5), ("max_position_embeddings", text.MAX_LENGTH)):
        encoder_config.setdefault(key, default)
    _config(fresh / "text_encoder" / "config.json", encoder_config, drop=("dtype", "transformers_version"))
    _weights(fresh / "text_encoder" / "model.safetensors", encoder, "text_model.")
    for part, model in (("unet", denoiser), ("vae", autoencoder)):
        _config(fresh / part / "config.json", dict(model.config), drop=("_name_or_path", "_use_default_values"))
        _weights(fresh / part / WEIGHTS_NAME[part], model)
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def assert_loads(folder: Path) -> None:
    """Every weight has its place and none is missing."""
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32)
    for model, fresh in ((pipeline.vae, vae.build()), (pipeline.unet, unet.build())):
        assert set(model.state_dict()) == set(fresh.state_dict())
