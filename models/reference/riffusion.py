"""Whole requests as Riffusion's pipeline understands them, on top of the blocks of diffusers and transformers.

    python riffusion.py ../../src/test/resources/org/riffloom/diffusion

adds the folder `riffusion` with figures of the tiny checkpoint `epsilon`, which must be there.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, PNDMScheduler, UNet2DConditionModel
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import CLIPTextModel, CLIPTokenizer

from entry import enter, offset_of
from philox import randn

WINDOW, WINDOWS = 77, 3
LONG = "4/4 slow church bells & jazz piano, (saxophone solo @ 120 bpm:1.4), " * 14
TEXTS = {
    "plain": "jazz piano",
    "weighted": "(jazz:1.3) piano [drums] ((strings)) \\(live\\)",
    "open": "slow (bells and [techno",
    "long": LONG[:400],
    "longest": LONG,
    "nothing": "(:1.2)",
}


def pieces(text):
    """Text and weight of each piece; round brackets multiply by 1.1 or a number, square ones divide by 1.1."""
    out, opened = [], {"(": [], "[": []}

    def scale(first, factor):
        for piece in out[first:]:
            piece[1] *= factor

    rest = text
    while rest:
        if rest[0] == "\\":
            size = 2 if rest[1:2] and rest[1] in "()[]\\" else 1
            out.append([rest[1:size], 1.0])
        elif rest[0] in "([":
            size = 1
            opened[rest[0]].append(len(out))
        elif (number := re.match(r":([+-]?[.\d]+)\)", rest)) and opened["("]:
            size = number.end()
            scale(opened["("].pop(), float(number[1]))
        elif rest[0] == ")" and opened["("]:
            size = 1
            scale(opened["("].pop(), 1.1)
        elif rest[0] == "]" and opened["["]:
            size = 1
            scale(opened["["].pop(), 1 / 1.1)
        else:
            size = number.end() if number else re.match(r"[^\\()\[\]:]+|.", rest, re.S).end()
            out.append([rest[:size], 1.0])
        rest = rest[size:]
    for bracket, factor in (("(", 1.1), ("[", 1 / 1.1)):
        for first in opened[bracket]:
            scale(first, factor)
    joined = []
    for piece, weight in out:
        if joined and joined[-1][1] == weight:
            joined[-1][0] += piece
        else:
            joined.append([piece, weight])
    return joined or [["", 1.0]]


@dataclass
class Point:
    prompt: str
    negative: str
    seed: int
    denoising: float
    guidance: float


class Riffusion:
    def __init__(self, folder):
        self.folder = folder
        self.text_model = CLIPTextModel.from_pretrained(folder / "text_encoder").eval()
        self.unet = UNet2DConditionModel.from_pretrained(folder / "unet").eval()
        self.vae = AutoencoderKL.from_pretrained(folder / "vae").eval()
        vocab = json.loads((folder / "tokenizer/vocab.json").read_text(encoding="utf-8"))
        lines = (folder / "tokenizer/merges.txt").read_text(encoding="utf-8").splitlines()[1:]
        self.tokenizer = CLIPTokenizer(vocab=vocab, merges=[tuple(line.split(" ")) for line in lines])

    def tokens(self, text):
        ids, weights = [], []
        for piece, weight in pieces(text):
            more = self.tokenizer(piece).input_ids[1:-1]
            ids += more
            weights += [weight] * len(more)
        limit = WINDOWS * (WINDOW - 2)
        return ids[:limit], weights[:limit]

    def embeddings(self, texts):
        """Of all texts, with as many windows as the longest one needs."""
        tokens = [self.tokens(text) for text in texts]
        room = WINDOW - 2
        windows = max(1, max(-(-len(ids) // room) for ids, _ in tokens))
        return [self.embedding(ids, weights, windows) for ids, weights in tokens]

    def embedding(self, ids, weights, windows):
        room = WINDOW - 2
        bos, eos = self.tokenizer.bos_token_id, self.tokenizer.eos_token_id
        parts, factors = [], []
        for at in range(0, windows * room, room):
            words, scales = ids[at : at + room], weights[at : at + room]
            window = [bos] + words + [eos] * (WINDOW - 1 - len(words))
            parts.append(self.text_model(torch.tensor([window])).last_hidden_state)
            factors += [1.0] + scales + [1.0] * (WINDOW - 1 - len(words))
        plain = torch.cat(parts, 1)
        weighted = plain * torch.tensor(factors)[None, :, None]
        return weighted * (plain.mean() / weighted.mean())

    def latents(self, start, end, alpha, image, mask, steps, scheduler):
        def mid(a, b):
            return (1 - alpha) * a + alpha * b

        texts = [start.negative, end.negative, start.prompt, end.prompt]
        negative_a, negative_b, a, b = self.embeddings(texts)
        context = torch.cat([torch.lerp(negative_a, negative_b, alpha), torch.lerp(a, b, alpha)])
        guidance = mid(start.guidance, end.guidance)

        pixels = torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float()
        posterior = self.vae.encode(2 * (pixels / 255) - 1).latent_dist
        noise_a, noise_b = (randn(point.seed, posterior.mean.shape) for point in (start, end))
        original = self.vae.config.scaling_factor * (posterior.mean + posterior.std * noise_a)
        noise = arc(alpha, noise_a, noise_b)
        small = mask.convert("L").resize(original.shape[:1:-1], resample=Image.NEAREST)
        keep = 1 - torch.from_numpy(np.asarray(small).astype(np.float32)) / 255

        scheduler.set_timesteps(steps)
        x, timesteps = enter(scheduler, original, noise, steps, mid(start.denoising, end.denoising))
        assert offset_of(scheduler) == 1
        for t in timesteps:
            without, with_text = self.unet(torch.cat([x, x]), t, encoder_hidden_states=context).sample.chunk(2)
            x = scheduler.step(without + guidance * (with_text - without), t, x).prev_sample
            x = keep * scheduler.add_noise(original, noise, t[None]) + (1 - keep) * x
        return x


def arc(t, a, b):
    a64, b64 = a.double(), b.double()
    angle = torch.arccos((a64 * b64).sum() / (a64.norm() * b64.norm()))
    return ((torch.sin((1 - t) * angle) * a64 + torch.sin(t * angle) * b64) / torch.sin(angle)).float()


@torch.no_grad()
def main(out):
    pipeline = Riffusion(out / "epsilon/model")
    figures = {}
    for name, text in TEXTS.items():
        figures[f"text.{name}"] = pipeline.embeddings([text])[0]
    figures["text.plain.padded"] = pipeline.embeddings([TEXTS["plain"], TEXTS["long"]])[0]

    pixels = load_file(out / "epsilon/figures.safetensors")["vae.pixels"].numpy().astype(np.uint8)
    side = pixels.shape[0]
    # A kept half, a painted half, colours and grey between them.
    mask = np.zeros((side, side, 3), np.uint8)
    mask[:, side // 2 :] = 255
    mask[: side // 4, : side // 2] = 128
    mask[side // 4 : side // 2, : side // 2] = (255, 40, 90)
    figures["mask"] = torch.from_numpy(mask.astype(np.int32))

    start = Point("(jazz:1.3) piano, [drums]", "bass", 42, 0.75, 7.0)
    end = Point("slow ((church)) bells", "techno (synth:0.7)", 43, 0.85, 5.0)
    config = json.loads((out / "epsilon/model/scheduler/scheduler_config.json").read_text())
    pndm = PNDMScheduler.from_config(DDIMScheduler.from_config(config).config, skip_prk_steps=True)
    for name, scheduler in (("ddim", DDIMScheduler.from_config(config)), ("pndm", pndm)):
        figures[f"latents.{name}"] = pipeline.latents(
            start, end, 0.4, Image.fromarray(pixels), Image.fromarray(mask), 12, scheduler
        )
    folder = out / "riffusion"
    folder.mkdir(exist_ok=True)
    texts = json.dumps(TEXTS, ensure_ascii=False, indent=1)
    (folder / "texts.json").write_text(texts + "\n", encoding="utf-8")
    save_file({key: value.contiguous() for key, value in figures.items()}, folder / "figures.safetensors")
    for name, value in figures.items():
        print(f"{name:20} {tuple(value.shape)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
