"""Builds the tiny checkpoints and the reference figures that the Java tests compare with; see README.md."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, DPMSolverMultistepScheduler, UNet2DConditionModel
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from tokenizers import Regex
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from entry import enter
from philox import randn
from schedules import make_schedules

BOS, EOS = "<|startoftext|>", "<|endoftext|>"
SPLIT = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
PROMPTS = [
    "",
    "jazz piano",
    "  Church   Bells,\tringing\nfar away  ",
    "a 1980s synth-pop groove @ 120 bpm (4/4)!",
    "it's what they'll play, we've heard; I'd, you're, can't, I'm",
    "café música naïve Ångström straße",
    "cafe\u0301 decomposed",
    "日本の太鼓 と 한국 가야금",
    "🎷🎹 saxophone 👩‍🎤 solo 🎶🎶",
    "Ωμέγα δ'έ привет мир",
    "no-break\u00a0space and\u2003em space \u200b zero width",
    "<|endoftext|> inside <|startoftext|> a prompt",
    "don''t ''s 's'S 12345 x2y3",
    "~!@#$%^&*()_+{}|:\"<>?-=[]\\;',./`",
    "slow " * 100,
    "extraordinarily internationalisation " * 12,
    "\u0130stanbul D\u017eungla \ufb01ddle",
]


def perturb(module, generator):
    """Moves norms and biases away from one and zero, so that no term of the arithmetic can hide."""
    with torch.no_grad():
        for p in module.parameters():
            p.add_(0.1 * torch.randn(p.shape, generator=generator))
    return module.eval()


def byte_pair_tokenizer(folder, size):
    """A byte-pair tokenizer in CLIP's arrangement, trained on these prompts' own letters."""
    tokenizer = Tokenizer(models.BPE(continuing_subword_prefix="", end_of_word_suffix="</w>", unk_token=EOS))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    # CLIP's own alphabet: every byte, alone and at the end of a word.
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = "piano jazz church bells slow drums groove synth the and play guitar saxophone solo strings bass techno"
    seen = Tokenizer(models.BPE(continuing_subword_prefix="", end_of_word_suffix="</w>"))
    seen.normalizer, seen.pre_tokenizer = tokenizer.normalizer, tokenizer.pre_tokenizer
    seen.train_from_iterator(
        [words] * 4 + PROMPTS[:10],
        trainers.BpeTrainer(
            vocab_size=size, initial_alphabet=alphabet, end_of_word_suffix="</w>", show_progress=False
        ),
    )
    merges = json.loads(seen.to_str())["model"]["merges"]
    merges = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in merges]
    vocab = {}
    for token in alphabet + [a + "</w>" for a in alphabet] + ["".join(m) for m in merges] + [BOS, EOS]:
        vocab.setdefault(token, len(vocab))
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False), encoding="utf-8")
    (folder / "merges.txt").write_text(
        "#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges), encoding="utf-8"
    )
    tokenizer.model = models.BPE(
        vocab=vocab, merges=merges, continuing_subword_prefix="", end_of_word_suffix="</w>", unk_token=EOS
    )
    return tokenizer, vocab, merges


def save_tokenizer(folder, vocab, merges, tokenizer_json):
    clip = CLIPTokenizer(vocab=vocab, merges=merges, model_max_length=77)
    config = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": 77,
        "bos_token": BOS,
        "eos_token": {"content": EOS, "lstrip": False, "rstrip": False, "normalized": False},
        "unk_token": EOS,
        "pad_token": EOS,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2))
    if tokenizer_json:
        clip.backend_tokenizer.save(str(folder / "tokenizer.json"))
        (folder / "vocab.json").unlink()
        (folder / "merges.txt").unlink()
    return clip


def cfg_step(unet, scheduler, latents, t, context, guidance):
    both = unet(torch.cat([latents] * 2), t, encoder_hidden_states=context).sample
    uncond, cond = both.chunk(2)
    return scheduler.step(uncond + guidance * (cond - uncond), t, latents).prev_sample


def text_to_image(unet, scheduler, noise, context, guidance, steps):
    scheduler.set_timesteps(steps)
    latents, trace = noise * scheduler.init_noise_sigma, []
    for t in scheduler.timesteps:
        latents = cfg_step(unet, scheduler, latents, t, context, guidance)
        trace.append(latents)
    return torch.stack(trace)


def image_to_image(unet, scheduler, init, noise, context, guidance, steps, strength):
    scheduler.set_timesteps(steps)
    latents, timesteps = enter(scheduler, init, noise, steps, strength)
    trace = []
    for t in timesteps:
        latents = cfg_step(unet, scheduler, latents, t, context, guidance)
        trace.append(latents)
    return torch.stack(trace)


def slerp(t, a, b):
    a, b = a.double().numpy(), b.double().numpy()
    dot = np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b))
    if abs(dot) > 0.9995:
        return torch.from_numpy((1 - t) * a + t * b).float()
    theta = np.arccos(dot)
    return torch.from_numpy((np.sin(theta - theta * t) * a + np.sin(theta * t) * b) / np.sin(theta)).float()


def make(name, out, text, unet_options, vae_options, schedulers, half, tokenizer_json, old_attention_names):
    folder = out / name / "model"
    shutil.rmtree(out / name, ignore_errors=True)
    generator = torch.Generator().manual_seed(len(name))
    torch.manual_seed(len(name))
    tokenizer, vocab, merges = byte_pair_tokenizer(folder / "tokenizer", 560)
    clip_tokenizer = save_tokenizer(folder / "tokenizer", vocab, merges, tokenizer_json)

    text_model = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(vocab),
            bos_token_id=vocab[BOS],
            eos_token_id=vocab[EOS],
            pad_token_id=vocab[EOS],
            max_position_embeddings=77,
            projection_dim=16,
            **text,
        )
    )
    unet = UNet2DConditionModel(**unet_options)
    vae = AutoencoderKL(**vae_options)
    for model in (text_model, unet, vae):
        perturb(model, generator)
        if half:
            # The figures are those of the stored half-precision weights, computed in single precision.
            model.half().float()

    variant = {"variant": "fp16"} if half else {}
    for model, part in ((text_model, "text_encoder"), (unet, "unet"), (vae, "vae")):
        (model.half() if half else model).save_pretrained(folder / part, **variant)
        model.float()
    if old_attention_names:
        file = folder / "vae" / "diffusion_pytorch_model.safetensors"
        names = {".to_q.": ".query.", ".to_k.": ".key.", ".to_v.": ".value.", ".to_out.0.": ".proj_attn."}
        tensors = {}
        for key, value in load_file(file).items():
            for new, old in names.items():
                key = key.replace(new, old)
            tensors[key] = value
        save_file(tensors, file)
        file = folder / "text_encoder" / "model.safetensors"
        tensors = {f"text_model.{key.removeprefix('text_model.')}": value for key, value in load_file(file).items()}
        tensors["text_model.embeddings.position_ids"] = torch.arange(77)[None]
        save_file(tensors, file)
    schedulers[0].save_pretrained(folder / "scheduler")
    (folder / "model_index.json").write_text(
        json.dumps(
            {
                "_class_name": "StableDiffusionPipeline",
                "scheduler": ["diffusers", type(schedulers[0]).__name__],
                "text_encoder": ["transformers", "CLIPTextModel"],
                "tokenizer": ["transformers", "CLIPTokenizer"],
                "unet": ["diffusers", "UNet2DConditionModel"],
                "vae": ["diffusers", "AutoencoderKL"],
                "safety_checker": [None, None],
            },
            indent=2,
        )
    )

    tokens = []
    for prompt in PROMPTS:
        ids = clip_tokenizer(prompt, padding="max_length", max_length=77, truncation=True).input_ids
        tokens.append({"text": prompt, "ids": ids})
    (out / name / "tokens.json").write_text(json.dumps(tokens, ensure_ascii=False).replace("}, {", "},\n{"))

    figures = {}

    def embed(prompt):
        ids = clip_tokenizer(prompt, padding="max_length", max_length=77, truncation=True, return_tensors="pt")
        return text_model(ids.input_ids).last_hidden_state

    start, end, negative = embed("jazz piano"), embed("church bells"), embed("")
    figures["text.start"], figures["text.negative"] = start, negative

    channels, size = unet.config.in_channels, unet.config.sample_size
    shape = (1, channels, size, size)
    sample = randn(7, (2,) + shape[1:])
    figures["unet.sample"] = sample
    pair = torch.cat([negative, start])
    for t in (0, 1, 500, 999):
        figures[f"unet.{t}"] = unet(sample, t, encoder_hidden_states=pair).sample

    side = size * 2 ** (len(vae.config.block_out_channels) - 1)
    y, x = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    pixels = torch.stack([(x * 7 + y * 3) % 256, (x * y) % 256, (255 - 5 * y) % 256], -1).to(torch.uint8)
    image = 2.0 * (pixels.permute(2, 0, 1)[None].float() / 255.0) - 1.0
    posterior = vae.encode(image).latent_dist
    figures["vae.pixels"] = pixels.to(torch.int32)
    figures["vae.mean"], figures["vae.logvar"] = posterior.mean, posterior.logvar
    figures["vae.decoded"] = vae.decode(randn(9, shape)).sample

    seed_a, seed_b, alpha, guidance, steps, strength = 42, 43, 0.25, 5.0, 10, 0.75
    noise_a, noise_b = randn(seed_a, shape), randn(seed_b, shape)
    noise = slerp(alpha, noise_a, noise_b)
    figures["noise.a"], figures["noise.b"], figures["noise.slerp"] = noise_a, noise_b, noise
    context = torch.cat([negative, start + alpha * (end - start)])
    init = vae.config.scaling_factor * (posterior.mean + posterior.std * noise_a)
    figures["init"] = init
    for key, scheduler in zip(("default", "other"), schedulers):
        figures[f"{key}.text2image"] = text_to_image(unet, scheduler, noise, context, guidance, steps)
        figures[f"{key}.image2image"] = image_to_image(
            unet, scheduler, init, noise, context, guidance, steps, strength
        )
    final = figures["default.image2image"][-1]
    decoded = vae.decode(final / vae.config.scaling_factor).sample
    figures["default.picture"] = ((decoded / 2 + 0.5).clamp(0, 1)[0].permute(1, 2, 0) * 255).round().to(torch.int32)
    schedulers[1].save_pretrained(out / name / "other_scheduler")
    save_file({key: value.contiguous() for key, value in figures.items()}, out / name / "figures.safetensors")


@torch.no_grad()
def main(out):
    out.mkdir(parents=True, exist_ok=True)
    common = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
    make_schedules(out / "schedules")
    make(
        "epsilon",
        out,
        text={"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2},
        unet_options={
            "sample_size": 16,
            "block_out_channels": (8, 8, 16),
            "down_block_types": ("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
            "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
            "layers_per_block": 2,
            "attention_head_dim": 2,
            "cross_attention_dim": 16,
            "norm_num_groups": 4,
        },
        vae_options={
            "block_out_channels": (8, 16),
            "down_block_types": ("DownEncoderBlock2D",) * 2,
            "up_block_types": ("UpDecoderBlock2D",) * 2,
            "layers_per_block": 2,
            "norm_num_groups": 4,
            "sample_size": 32,
        },
        schedulers=(
            DDIMScheduler(**common, clip_sample=False, set_alpha_to_one=False, steps_offset=1),
            DPMSolverMultistepScheduler(**common),
        ),
        half=False,
        tokenizer_json=False,
        old_attention_names=True,
    )
    make(
        "velocity",
        out,
        text={
            "hidden_size": 24,
            "intermediate_size": 40,
            "num_hidden_layers": 3,
            "num_attention_heads": 3,
            "hidden_act": "gelu",
        },
        unet_options={
            "sample_size": 16,
            "block_out_channels": (8, 8, 16),
            "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            "layers_per_block": 1,
            "attention_head_dim": (1, 2, 4),
            "cross_attention_dim": 24,
            "norm_num_groups": 4,
            "use_linear_projection": True,
        },
        vae_options={
            "block_out_channels": (8, 8, 16),
            "down_block_types": ("DownEncoderBlock2D",) * 3,
            "up_block_types": ("UpDecoderBlock2D",) * 3,
            "layers_per_block": 1,
            "norm_num_groups": 4,
            "sample_size": 64,
            "scaling_factor": 0.5,
        },
        schedulers=(
            DPMSolverMultistepScheduler(
                **common, prediction_type="v_prediction", timestep_spacing="trailing", solver_order=2
            ),
            DDIMScheduler(
                **common,
                prediction_type="v_prediction",
                timestep_spacing="trailing",
                clip_sample=False,
                set_alpha_to_one=False,
            ),
        ),
        half=True,
        tokenizer_json=True,
        old_attention_names=False,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
