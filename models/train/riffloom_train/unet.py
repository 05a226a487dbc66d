"""The denoiser: Stable Diffusion's UNet, small, trained to predict v on 64 x 64 x 4 latents."""
from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import torch
from diffusers import UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor

from . import runtime, text
from .together import Team

BETA_START, BETA_END, TIMESTEPS = 0.00085, 0.012, 1000

SHARES = (1, 2, 4)
"""A batch holds whole clips, halves or quarters, as chance has it; the second half of the training sees only whole ones."""


def build() -> UNet2DConditionModel:
    """10.7 M parameters. The block types and names are those of Stable Diffusion 1.5, with attention at 16 and 8 only."""
    return UNet2DConditionModel(
        sample_size=64,
        in_channels=4,
        out_channels=4,
        block_out_channels=(32, 64, 128, 192),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D", "UpBlock2D"),
        cross_attention_dim=text.WIDTH,
        attention_head_dim=4,  # the number of heads, whatever its name says
        norm_num_groups=8,
    )


def alphas_cumulative() -> torch.Tensor:
    """float32 [1000], the scaled-linear schedule of Stable Diffusion."""
    betas = torch.linspace(BETA_START**0.5, BETA_END**0.5, TIMESTEPS, dtype=torch.float64) ** 2
    return torch.cumprod(1 - betas, 0).float()


class Captions:
    """Embeddings of every distinct caption, and of the empty one, computed once (the text encoder is frozen here)."""

    @torch.no_grad()
    def __init__(self, pieces: list[dict[str, str]], tokenizer_folder: Path, encoder: torch.nn.Module):
        tokenizer = text.read_tokenizer(tokenizer_folder)
        distinct = ["", *sorted({p["caption"] for p in pieces})]
        ids = text.tokens(tokenizer, distinct)
        self._table = torch.cat([text.embed(encoder, ids[k : k + 64]) for k in range(0, len(ids), 64)])
        position = {caption: k for k, caption in enumerate(distinct)}
        self._of_piece = torch.tensor([position[p["caption"]] for p in pieces], device=runtime.device())

    def batch(self, indices: torch.Tensor, dropout: float) -> torch.Tensor:
        """float32 [N, 77, 128]; a share of them is the empty caption's, for classifier-free guidance."""
        rows = self._of_piece[indices]
        rows = torch.where(torch.rand(len(rows), device=rows.device) < dropout, torch.zeros_like(rows), rows)
        return self._table[rows]


@torch.no_grad()
def update_average(average: torch.nn.Module, model: torch.nn.Module, step: int, decay: float) -> None:
    """EMA that forgets its random start: the decay grows from 0 to its full value."""
    keep = min(decay, (1 + step) / (40 + step))
    torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - keep)


def _batch(data: torch.Tensor, batch: int, progress: float) -> tuple[torch.Tensor, torch.Tensor]:
    """(indices, float32 [N, 4, 64, 64 / share]) of clips drawn at random, half of them turned by half a clip.

    What a sound is shows in any second of it, so a step on four times as many quarters teaches that sooner at the same
    cost; what a whole clip is like has the last word.
    """
    share = SHARES[torch.randint(len(SHARES), ()).item()] if progress < 1 / 2 else 1
    count = batch * share
    chosen = torch.randint(len(data), (count,), device=data.device)
    clean = data[chosen].float()
    # Every beat count puts a beat at the middle, so a loop turned by half its length is a loop on the beat.
    turned = torch.rand(count, 1, 1, 1, device=data.device) < 0.5
    clean = torch.where(turned, clean.roll(clean.shape[3] // 2, 3), clean)
    return chosen, clean[..., : clean.shape[3] // share]


def train(
    latents: np.ndarray,
    captions: Captions,
    checkpoint: Path,
    budget: runtime.Budget,
    batch: int,
    rate: float,
    ema: float = 0.999,
    start: UNet2DConditionModel | None = None,
    together_every: int = 4,
    seed: int = 3,
) -> None:
    """Trains into the checkpoint; latents: float16 [N, 4, 64, 64], unit variance. Resumes if it can.

    Begins at random, or with an exported denoiser (`start`).
    """
    team = Team()
    where = runtime.device()
    torch.manual_seed(seed)
    model = (copy.deepcopy(start) if start else build()).train().to(where)
    if where.type == "cpu":
        model.set_attn_processor(AttnProcessor())  # its plain matrix products make a step a tenth quicker than the fused kernel
    average = copy.deepcopy(model).requires_grad_(False)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
    step = 0
    if state := runtime.load(checkpoint):
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, budget.spent = state["step"], state["seconds"]
    torch.manual_seed(seed + step * team.size + team.rank)
    data = torch.from_numpy(latents).to(where)
    alphas = alphas_cumulative().to(where)
    saved = budget.seconds()
    report = runtime.Report("unet", budget)
    progress = team.first_says(budget.progress(step))
    while progress < 1:
        chosen, clean = _batch(data, batch, progress)
        noise = torch.randn_like(clean)
        times = torch.randint(TIMESTEPS, (len(clean),), device=where)
        signal, spread = (x.sqrt()[:, None, None, None] for x in (alphas[times], 1 - alphas[times]))
        with runtime.mixed_precision():
            predicted = model(signal * clean + spread * noise, times, captions.batch(chosen, 0.1)).sample
        loss = (predicted.float() - (signal * noise - spread * clean)).square().mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for group in optimizer.param_groups:
            group["lr"] = rate * budget.rate_factor(step, 200)
        optimizer.step()
        step += 1
        if step % together_every == 0:
            team.average(list(model.parameters()))
            progress = team.first_says(budget.progress(step))
            if team.rank == 0:
                update_average(average, model, step, ema**together_every)
        if team.rank > 0:
            continue
        report(step, len(clean) * team.size, loss=loss.item())
        if budget.seconds() - saved > 120 or progress >= 1:
            saved = budget.seconds()
            parts = {"model": model, "average": average, "optimizer": optimizer}
            runtime.save(checkpoint, {**{k: v.state_dict() for k, v in parts.items()}, "step": step, "seconds": saved})


def read_average(checkpoint: Path) -> UNet2DConditionModel:
    """The averaged weights of a checkpoint, also of one that is still training."""
    state = runtime.load(checkpoint)
    if state is None:
        raise SystemExit(f"{checkpoint}: no denoiser has been trained; the stage that does is unet")
    model = build()
    model.load_state_dict(state["average"])
    return model.eval()
