"""The tokenizer and the text encoder: CLIP's formats and layers, with a vocabulary and width that fit a small model."""
from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from tokenizers.pre_tokenizers import ByteLevel
from torch import nn
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from . import runtime
from .captions import vocabulary

BOS, EOS = "<|startoftext|>", "<|endoftext|>"
MAX_LENGTH = 77
WIDTH = 128
SPLIT = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"

OTHER_WORDS = (
    "music song sound solo band quiet loud soft hard deep high low warm cold fast slow long short with and the of in on "
    "classical rock pop funk soul disco house techno trance ambient folk country blues latin samba reggae metal punk "
    "piano guitar bass drum drums synth voice choir trumpet horn clarinet oboe cello violin harp banjo marimba"
)
"""Words that no caption holds yet, so that a prompt which does is cut into few pieces."""


def write_tokenizer(folder: Path, merges: int = 1100) -> None:
    """Writes vocab.json and merges.txt in CLIP's form: bytes, bytes that end a word, merges, BOS, EOS."""
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>", continuing_subword_prefix=""))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(SPLIT), "removed", invert=True), ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    # No initial alphabet and no limit on it: only merges are taken from this training.
    trainer = trainers.BpeTrainer(vocab_size=512 + merges, end_of_word_suffix="</w>", show_progress=False)
    tokenizer.train_from_iterator([*vocabulary() * 4, OTHER_WORDS], trainer)
    learned = [tuple(m) for m in json.loads(tokenizer.to_str())["model"]["merges"]][:merges]
    alphabet = sorted(ByteLevel.alphabet())
    tokens = [*alphabet, *(a + "</w>" for a in alphabet), *(a + b for a, b in learned)]
    tokens = [*dict.fromkeys(tokens), BOS, EOS]
    folder.mkdir(parents=True, exist_ok=True)
    ids = {token: k for k, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in learned))
    special = {"bos_token": BOS, "eos_token": EOS, "unk_token": EOS, "pad_token": EOS}
    (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2) + "\n")
    config = {
        **special,
        "add_prefix_space": False,
        "do_lower_case": True,
        "errors": "replace",
        "model_max_length": MAX_LENGTH,
        "tokenizer_class": "CLIPTokenizer",
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def read_tokenizer(folder: Path) -> CLIPTokenizer:
    return CLIPTokenizer.from_pretrained(folder)


def build(tokenizer: CLIPTokenizer) -> CLIPTextModel:
    """3 layers of width 128; 0.75 M parameters."""
    bos, eos = tokenizer.convert_tokens_to_ids([BOS, EOS])
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=WIDTH,
            intermediate_size=4 * WIDTH,
            projection_dim=WIDTH,
            num_hidden_layers=3,
            num_attention_heads=4,
            max_position_embeddings=MAX_LENGTH,
            hidden_act="quick_gelu",
            bos_token_id=bos,
            eos_token_id=eos,
            pad_token_id=eos,
        )
    )


def tokens(tokenizer: CLIPTokenizer, texts: list[str]) -> torch.Tensor:
    """int64 [N, 77], padded as the pipeline pads."""
    kept = tokenizer(texts, padding="max_length", max_length=MAX_LENGTH, truncation=True, return_tensors="pt")
    return kept.input_ids.to(runtime.device())


def embed(encoder: CLIPTextModel, ids: torch.Tensor) -> torch.Tensor:
    """float32 [N, 77, 128]: the last layer after its norm, as the pipeline uses it; no mask over the padding."""
    return encoder(ids).last_hidden_state


def adopt(model: Path, tokenizer_folder: Path, checkpoint: Path) -> None:
    """Takes the tokenizer and the encoder of an exported model, whose denoiser knows no other words."""
    shutil.copytree(model / "tokenizer", tokenizer_folder, dirs_exist_ok=True)
    encoder = CLIPTextModel.from_pretrained(model, subfolder="text_encoder", torch_dtype=torch.float32)
    runtime.save(checkpoint, {"model": encoder.state_dict()})


FACTS = ("kind", "family", "other", "style", "colour", "beats", "mood", "density", "backing")
"""What the encoder learns to read out of a caption; a caption that is silent on one teaches how common its values are."""


def readable(piece: dict[str, str]) -> dict[str, str]:
    """The facts as the caption could tell them: a lead that it does not name has no family."""
    return {name: piece[name] for name in FACTS} | ({"family": "unnamed"} if piece["named"] == "no" else {})


class AttributeHeads(nn.Module):
    """Reads a piece's facts out of its caption's embedding; used in pre-training only."""

    def __init__(self, classes: dict[str, list[str]]):
        super().__init__()
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH, len(values)) for name, values in classes.items()})

    def forward(self, embedding: torch.Tensor) -> dict[str, torch.Tensor]:
        # The mean over all positions: the many pads after the caption have read it whole, and the UNet sees them all.
        pooled = embedding.mean(1)
        return {name: head(pooled) for name, head in self.heads.items()}


def pretrain(
    describe: Callable[[], list[dict[str, str]]], tokenizer_folder: Path, checkpoint: Path, steps: int, batch: int = 32
) -> CLIPTextModel:
    """Teaches the encoder to tell captions apart by what they mean, so that cross-attention starts from something.

    `describe` yields captions with their pieces' facts; it is asked only when there is no checkpoint yet.
    """
    torch.manual_seed(2)
    tokenizer = read_tokenizer(tokenizer_folder)
    encoder = build(tokenizer).to(runtime.device())
    if state := runtime.load(checkpoint):
        encoder.load_state_dict(state["model"])
        return encoder.eval()
    pieces = describe()
    facts = [readable(p) for p in pieces]
    classes = {name: sorted({f[name] for f in facts}) for name in FACTS}
    heads = AttributeHeads(classes).to(runtime.device())
    optimizer = torch.optim.AdamW([*encoder.parameters(), *heads.parameters()], lr=1e-3, weight_decay=0.01)
    labels = {n: torch.tensor([classes[n].index(f[n]) for f in facts], device=runtime.device()) for n in FACTS}
    ids = tokens(tokenizer, [p["caption"] for p in pieces])
    budget = runtime.Budget(steps)
    report = runtime.Report("text", budget)
    for step in range(steps):
        chosen = torch.randint(len(pieces), (batch,), device=runtime.device())
        with runtime.mixed_precision():
            predicted = heads(embed(encoder, ids[chosen]))
        losses = {n: nn.functional.cross_entropy(predicted[n].float(), labels[n][chosen]) for n in FACTS}
        optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * budget.rate_factor(step, 50)
        optimizer.step()
        report(step + 1, batch, **{n: float(v.detach()) for n, v in losses.items()})
    runtime.save(checkpoint, {"model": encoder.state_dict()})
    return encoder.eval()
