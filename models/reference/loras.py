"""LoRA files in the namings that are about, and what diffusers and peft make of the tiny checkpoint with them.

    python loras.py ../../src/test/resources/org/riffloom/diffusion

adds the folder `lora`; the checkpoint `epsilon` must be there.
"""

import shutil
import sys
from pathlib import Path
from unittest import mock

import torch
from diffusers import DDIMScheduler, LCMScheduler, StableDiffusionPipeline
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from safetensors.torch import load_file, save_file

from make_torch_files import Hostile
from philox import randn
from riffusion import Riffusion

PROMPT = "jazz piano"
UNET_ATTENTION = ["to_q", "to_k", "to_v", "to_out.0"]
TEXT = ["q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2"]
# Every kind of layer that a LoRA can be for, once: linear, 1x1 and 3x3, with stride, with and without a bias.
UNET_LAYERS = [
    "time_embedding.linear_1",
    "conv_in",
    "down_blocks.0.attentions.0.proj_in",
    "down_blocks.0.attentions.1.transformer_blocks.0.attn1.to_q",
    "down_blocks.0.attentions.1.transformer_blocks.0.attn2.to_k",
    "down_blocks.0.attentions.1.transformer_blocks.0.attn2.to_out.0",
    "down_blocks.0.downsamplers.0.conv",
    "down_blocks.1.resnets.0.conv1",
    "down_blocks.1.resnets.1.time_emb_proj",
    "down_blocks.2.resnets.0.conv_shortcut",
    "mid_block.attentions.0.transformer_blocks.0.ff.net.0.proj",
    "mid_block.attentions.0.transformer_blocks.0.ff.net.2",
    "mid_block.attentions.0.proj_out",
    "up_blocks.1.upsamplers.0.conv",
    "up_blocks.2.resnets.2.conv2",
    "conv_out",
]


def random_lora(model, config, generator):
    """The LoRA's tensors in peft's naming, with numbers that matter."""
    model.add_adapter(config, adapter_name="made")
    tensors = get_peft_model_state_dict(model, adapter_name="made")
    return {key: 0.3 * torch.randn(value.shape, generator=generator) for key, value in tensors.items()}


def in_order(config):
    """What peft would write, with its sets in the same order every time."""
    return {key: sorted(value) if isinstance(value, set) else value for key, value in config.to_dict().items()}


def peft_file(pipe, folder, generator):
    """As diffusers saves it today, with peft's own scales in the metadata: alphas by pattern, and rank-stabilised."""
    unet = LoraConfig(
        r=4, lora_alpha=6, target_modules=UNET_ATTENTION, rank_pattern={"attn2.to_k": 2}, alpha_pattern={"to_v": 3}
    )
    text = LoraConfig(r=2, lora_alpha=3, target_modules=TEXT, use_rslora=True)
    pipe.save_lora_weights(
        folder,
        unet_lora_layers=random_lora(pipe.unet, unet, generator),
        text_encoder_lora_layers=random_lora(pipe.text_encoder, text, generator),
        weight_name="peft.safetensors",
        unet_lora_adapter_metadata=in_order(unet),
        text_encoder_lora_adapter_metadata=in_order(text),
    )


def kohya_file(pipe, folder, generator):
    """As kohya's trainer saves it: an alpha beside each pair, convolutions with a rank of their own, half precision."""
    modules = {f"lora_unet_{name}": pipe.unet.get_submodule(name) for name in UNET_LAYERS}
    for name, module in pipe.text_encoder.named_modules():
        if name.rsplit(".", 1)[-1] in TEXT and ".layers.0." in name:
            modules[f"lora_te_text_model_{name.removeprefix('text_model.')}"] = module
    tensors = {}
    for name, module in modules.items():
        out, inner, *kernel = module.weight.shape
        rank = 3 if kernel else 4
        name = name.replace(".", "_")
        down = 0.3 * torch.randn((rank, inner, *kernel), generator=generator)
        up = 0.3 * torch.randn((out, rank, *[1] * len(kernel)), generator=generator)
        tensors[f"{name}.lora_down.weight"], tensors[f"{name}.lora_up.weight"] = down.half(), up.half()
        # Of the UNet's alphas, diffusers 0.42 only understands the most frequent one for attention.
        tensors[f"{name}.alpha"] = torch.tensor(1.5 if kernel == [3, 3] else 2.0).half()
    save_file(tensors, folder / "kohya.safetensors", metadata={"ss_network_dim": "4", "ss_base_model_version": "sd_v1"})


def old_file(folder, generator):
    """As diffusers saved attention processors in early 2023: no prefix, no alpha."""
    peft, tensors = load_file(folder / "peft.safetensors"), {}
    for key, value in peft.items():
        if key.startswith("unet.mid_block"):
            key = key.removeprefix("unet.").replace(".attn1.", ".attn1.processor.").replace(".attn2.", ".attn2.processor.")
            key = key.replace("to_out.0", "to_out").replace(".lora_A", "_lora.down").replace(".lora_B", "_lora.up")
            tensors[key] = 0.3 * torch.randn(value.shape, generator=generator)
    save_file(tensors, folder / "old.safetensors")


def embedding_files(folder, generator):
    """Textual inversions: several vectors as the web UI saves them, and one as diffusers does."""
    save_file({"emb_params": torch.randn((3, 16), generator=generator)}, folder / "bell-tower.safetensors")
    save_file({"<choir>": torch.randn((16,), generator=generator)}, folder / "choir.safetensors")


def torch_files(folder):
    """The same tensors as torch.save writes them: the web UI's .pt, diffusers' and kohya's .bin; and a hostile one."""
    vectors = load_file(folder / "bell-tower.safetensors")["emb_params"]
    web_ui = {
        "string_to_token": {"*": 265},
        "string_to_param": {"*": torch.nn.Parameter(vectors)},
        "name": "another name",
        "step": 500,
        "sd_checkpoint": None,
        "sd_checkpoint_name": None,
    }
    torch.save(web_ui, folder / "bell-tower.pt")
    torch.save(load_file(folder / "choir.safetensors"), folder / "choir.bin")
    torch.save(load_file(folder / "kohya.safetensors"), folder / "kohya.bin")
    torch.save({"string_to_param": {"*": vectors}, "name": Hostile()}, folder / "hostile.pt")


def embed(pipe, prompt):
    ids = pipe.tokenizer(prompt, padding="max_length", max_length=77, return_tensors="pt").input_ids
    return pipe.text_encoder(ids).last_hidden_state


def outputs(pipe, name, figures, sample):
    text = embed(pipe, PROMPT)
    figures[f"{name}.text"] = text
    figures[f"{name}.unet"] = pipe.unet(sample, 500, encoder_hidden_states=text).sample


def with_loras(base, folder, weights, use):
    """Fuses LoRAs with weights into a fresh copy of the checkpoint."""
    pipe = pipeline(base)
    for name in weights:
        file = {"weight_name": f"{name}.safetensors", "adapter_name": name}
        if name == "old":
            pipe.unet.load_lora_adapter(folder, prefix=None, **file)
        else:
            pipe.load_lora_weights(folder, **file)
    pipe.set_adapters(list(weights), list(weights.values()))
    pipe.fuse_lora(adapter_names=list(weights))
    pipe.unload_lora_weights()
    return use(pipe)


def latent_consistency(pipe, guidance):
    """Four steps from noise, on the levels that the checkpoint names."""
    scheduler = LCMScheduler.from_config(pipe.scheduler.config)
    positive, negative = embed(pipe, PROMPT), embed(pipe, "drums")
    scheduler.set_timesteps(4)
    x = randn(5, (1, 4, 16, 16))
    draws = iter(range(1, 10))

    def fresh(shape, **_):
        return randn(5, shape, next(draws))

    with mock.patch("diffusers.schedulers.scheduling_lcm.randn_tensor", fresh):
        for t in scheduler.timesteps:
            out = pipe.unet(x, t, encoder_hidden_states=positive).sample
            if guidance > 1:
                without = pipe.unet(x, t, encoder_hidden_states=negative).sample
                out = without + guidance * (out - without)
            x = scheduler.step(out, t, x).prev_sample
    return x


def inverted(base, folder):
    pipe = pipeline(base)
    pipe.load_textual_inversion(folder / "bell-tower.safetensors", token="bell-tower")
    pipe.load_textual_inversion(folder / "choir.safetensors")
    return embed(pipe, pipe.maybe_convert_prompt("slow bell-tower, jazz <choir>s", pipe.tokenizer))


def pipeline(base):
    made = Riffusion(base)
    return StableDiffusionPipeline(
        vae=made.vae,
        text_encoder=made.text_model,
        tokenizer=made.tokenizer,
        unet=made.unet,
        scheduler=DDIMScheduler.from_pretrained(base / "scheduler"),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


@torch.no_grad()
def main(out):
    folder, base = out / "lora", out / "epsilon/model"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    generator = torch.Generator().manual_seed(1)
    peft_file(pipeline(base), folder, generator)
    kohya_file(pipeline(base), folder, generator)
    old_file(folder, generator)
    embedding_files(folder, generator)
    torch_files(folder)

    figures = {"sample": randn(8, (1, 4, 16, 16))}
    cases = {
        "peft": {"peft": 1.0},
        "kohya": {"kohya": 1.0},
        "old": {"old": 1.0},
        "weighted": {"kohya": -0.6},
        "both": {"peft": 0.7, "kohya": 0.4},
    }
    for name, weights in cases.items():
        with_loras(base, folder, weights, lambda pipe: outputs(pipe, name, figures, figures["sample"]))
    for name, guidance in (("lcm.unguided", 1.0), ("lcm.guided", 1.8)):
        figures[name] = with_loras(base, folder, {"kohya": 1.0}, lambda pipe: latent_consistency(pipe, guidance))
    figures["inversion"] = inverted(base, folder)
    save_file({key: value.contiguous() for key, value in figures.items()}, folder / "figures.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
