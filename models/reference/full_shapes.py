"""Makes a checkpoint of Stable Diffusion 1.5's shapes with random weights, and what the libraries compute with it.

    python full_shapes.py FOLDER

FOLDER gets the diffusers layout in single precision, 4.3 GB, and `figures.safetensors`, 7 MB: text encoder, one step of
the UNet for a batch of two, VAE encoder and decoder on fixed inputs. A folder that has figures is left as it is, so the
command may be repeated. One network at a time is in memory: it takes 6 GB and two minutes on two cores.

The tokenizer is the small one of the test fixture `epsilon`; its words use the first 716 of CLIP's 49,408 embeddings.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderKL, PNDMScheduler, UNet2DConditionModel
from PIL import Image
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from philox import randn

TOKENIZER = Path(__file__).parents[2] / "src/test/resources/org/riffloom/diffusion/epsilon/model/tokenizer"
FIGURES = "figures.safetensors"
PROMPT = "jazz piano"
TIMESTEP = 500

TEXT_ENCODER = {
    "vocab_size": 49408,
    "hidden_size": 768,
    "intermediate_size": 3072,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "max_position_embeddings": 77,
    "hidden_act": "quick_gelu",
    "projection_dim": 768,
}
UNET = {
    "sample_size": 64,
    "block_out_channels": (320, 640, 1280, 1280),
    "down_block_types": ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
    "up_block_types": ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
    "layers_per_block": 2,
    "attention_head_dim": 8,
    "cross_attention_dim": 768,
}
VAE = {
    "block_out_channels": (128, 256, 512, 512),
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
    "layers_per_block": 2,
    "norm_num_groups": 32,
    "sample_size": 512,
}


def build(seed, make):
    """A network with the library's own random start, whose ones and zeros are moved so that no term can hide."""
    torch.manual_seed(seed)
    network = make()
    for p in network.parameters():
        if p.dim() == 1 and (p == p[0]).all():
            p.add_(0.1 * torch.randn(p.shape))
    return network.eval()


def picture():
    """512x512 pixels of stripes and folds, [height, width, 3] of uint8."""
    y, x = torch.meshgrid(torch.arange(512), torch.arange(512), indexing="ij")
    return torch.stack([(x * 7 + y * 3) % 256, (x * y // 16) % 256, (255 - 5 * y) % 256], -1).to(torch.uint8)


def copy_tokenizer(folder):
    folder.mkdir(parents=True)
    for name in ("vocab.json", "merges.txt"):
        shutil.copy(TOKENIZER / name, folder)
    config = json.loads((TOKENIZER / "tokenizer_config.json").read_text())
    # The fixture keeps one special token in the long form of old checkpoints, which transformers no longer reads.
    config["eos_token"] = config["eos_token"]["content"]
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2))


def text_encoder(folder, figures):
    tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer")
    ids = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
    config = CLIPTextConfig(**TEXT_ENCODER, **ids, pad_token_id=tokenizer.eos_token_id)
    network = build(1, lambda: CLIPTextModel(config))
    network.save_pretrained(folder / "text_encoder")
    for name, text in (("negative", ""), ("start", PROMPT)):
        tokens = tokenizer(text, padding="max_length", max_length=77, truncation=True, return_tensors="pt")
        figures[f"text.{name}"] = network(tokens.input_ids).last_hidden_state


def unet(folder, figures):
    network = build(2, lambda: UNet2DConditionModel(**UNET))
    network.save_pretrained(folder / "unet", max_shard_size="16GB")
    sample = torch.cat([randn(7, (1, 4, 64, 64))] * 2)
    context = torch.cat([figures["text.negative"], figures["text.start"]])
    figures["unet.sample"] = sample
    figures[f"unet.{TIMESTEP}"] = network(sample, TIMESTEP, encoder_hidden_states=context).sample


def vae(folder, figures):
    network = build(3, lambda: AutoencoderKL(**VAE))
    network.save_pretrained(folder / "vae")
    pixels = picture()
    posterior = network.encode(2.0 * (pixels.permute(2, 0, 1)[None].float() / 255.0) - 1.0).latent_dist
    figures["vae.pixels"] = pixels.to(torch.int32)
    figures["vae.mean"], figures["vae.logvar"] = posterior.mean, posterior.logvar
    figures["vae.latents"] = randn(9, (1, 4, 64, 64))
    figures["vae.decoded"] = network.decode(figures["vae.latents"]).sample


@torch.no_grad()
def make(folder):
    shutil.rmtree(folder, ignore_errors=True)
    copy_tokenizer(folder / "tokenizer")
    scheduler = PNDMScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", skip_prk_steps=True, steps_offset=1
    )
    scheduler.save_pretrained(folder / "scheduler")
    (folder / "seed_images").mkdir()
    Image.fromarray(picture().numpy()).save(folder / "seed_images" / "folds.png")
    image = {"id": "folds", "title": "Folds", "beats": 0, "file": "folds.png"}
    (folder / "seed_images" / "seed_images.json").write_text(json.dumps([image], indent=2))
    parts = {
        "scheduler": ["diffusers", "PNDMScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
        "safety_checker": [None, None],
        "feature_extractor": [None, None],
    }
    index = {"_class_name": "StableDiffusionPipeline", "requires_safety_checker": False, **parts}
    (folder / "model_index.json").write_text(json.dumps(index, indent=2))
    figures = {}
    for part in (text_encoder, unet, vae):
        part(folder, figures)
        print(part.__name__, "done", flush=True)
    for name, figure in figures.items():
        print(f"{name:16} {list(figure.shape)} deviation {figure.float().std():.3g}")
    # Last, and in one move, since its presence says that all is there.
    save_file({name: figure.contiguous() for name, figure in figures.items()}, folder / "unfinished")
    (folder / "unfinished").rename(folder / FIGURES)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    target = parser.parse_args().folder
    if not (target / FIGURES).exists():
        make(target)
