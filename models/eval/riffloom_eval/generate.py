"""Samples made with diffusers, for readings during training. The card's figures are measured on the Java program's sound."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import torch
from diffusers import StableDiffusionImg2ImgPipeline, StableDiffusionPipeline
from PIL import Image


def open_pipeline(folder: Path) -> StableDiffusionPipeline:
    pipeline = StableDiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to("cuda" if torch.cuda.is_available() else "cpu")


def _embeddings(pipeline: StableDiffusionPipeline, prompt: dict, alpha: float, count: int) -> dict[str, torch.Tensor]:
    encode = lambda text: pipeline.encode_prompt(text, pipeline.device, count, True)
    positive, negative = encode(prompt["prompt"])
    if alpha:
        positive = torch.lerp(positive, encode(prompt["end"])[0], alpha)
    return {"prompt_embeds": positive, "negative_prompt_embeds": negative}


def recipes(group: dict, seeds: int | None, seed_images: dict[str, dict], default: str | None) -> Iterator[tuple[dict, dict]]:
    """Each (prompt, recipe) of a group, all seeds of one kind together, as PromptSamples expands it."""
    each = group.get("seedImages") == "each"
    for prompt in group["prompts"]:
        for name in seed_images if each else [default]:
            for alpha in group.get("alphas", [0.0]):
                count = min(seeds, group["seeds"]) if seeds else group["seeds"]
                beats = seed_images[name]["beats"] if name and prompt["pulse"] else 0
                yield prompt, {"seeds": range(count), "seedImage": name, "alpha": alpha, "beats": str(beats) if beats else None}


def generate(
    model: Path, plan: dict, out: Path, steps: int, guidance: float, denoising: float, from_noise: bool, seeds: int | None
) -> None:
    """Writes PNG files and their samples.json; the groups that need seed images are left out when starting from noise."""
    pipeline = open_pipeline(model)
    from_image = StableDiffusionImg2ImgPipeline(**pipeline.components, requires_safety_checker=False)
    from_image.set_progress_bar_config(disable=True)
    index = model / "seed_images" / "seed_images.json"
    pictures = {image["id"]: image for image in (json.loads(index.read_text()) if index.exists() else [])}
    profile = model / "riffloom.json"
    default = None if from_noise else json.loads(profile.read_text())["defaults"].get("seedImage") if profile.exists() else None
    samples = []
    for group in plan["groups"]:
        if from_noise and group.get("seedImages") == "each":
            continue
        (out / group["name"]).mkdir(parents=True, exist_ok=True)
        strength = group.get("denoising", denoising)
        for prompt, recipe in recipes(group, seeds, pictures, default):
            count = len(recipe["seeds"])
            options = _embeddings(pipeline, prompt, recipe["alpha"], count) | {"guidance_scale": guidance, "output_type": "np"}
            options["generator"] = [torch.Generator().manual_seed(seed) for seed in recipe["seeds"]]
            if recipe["seedImage"]:
                picture = Image.open(index.parent / pictures[recipe["seedImage"]]["file"]).convert("RGB")
                # diffusers runs steps * strength of them; ask for so many that `steps` are run.
                options |= {"image": [picture] * count, "strength": strength, "num_inference_steps": round(steps / strength)}
                images = from_image(**options).images
            else:
                images = pipeline(**options, num_inference_steps=steps).images
            for seed, image in zip(recipe["seeds"], images):
                parts = [prompt["prompt"].replace(" ", "-"), recipe["seedImage"] or "noise", f"{recipe['alpha']:.2f}", str(seed)]
                file = f"{group['name']}/{'__'.join(parts)}.png"
                Image.fromarray((image.mean(2) * 255).round().astype("uint8")).save(out / file)
                samples.append({"file": file, "group": group["name"], **prompt, **recipe, "seeds": None, "seed": seed})
        print(f"{group['name']}: {len(samples)} clips so far", flush=True)
        manifest = {"model": str(model.resolve()), "samples": [{k: v for k, v in s.items() if k != "seeds"} for s in samples]}
        (out / "samples.json").write_text(json.dumps(manifest, indent=1) + "\n")
