"""Writes the small files of torch.save that the Java reader is tested with; see README.md."""

import os
import pickle
import sys
import zipfile
from pathlib import Path

import torch
from safetensors.torch import save_file


class Hostile:
    """What an attacker would publish as weights."""

    def __reduce__(self):
        return os.system, ("echo owned > owned.txt",)


def archive(path, data):
    """An archive like torch.save's, around a pickle that torch.save would not write."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("archive/data.pkl", data)
        file.writestr("archive/version", "3\n")


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    generator = torch.Generator().manual_seed(7)
    random = torch.randn(6, 4, 3, 3, generator=generator)
    table = torch.randn(5, 8, generator=generator)
    weights = {
        "conv.weight": random,
        "conv.half": random.half(),
        "conv.bfloat16": random.bfloat16(),
        "extremes": torch.tensor([0.0, -0.0, torch.inf, -torch.inf, torch.nan, 1e-45, 3.4e38]),
        "ids": torch.arange(77).unsqueeze(0),
        "scalar": torch.tensor(2.5),
        "empty": torch.empty(0, 3),
        "view.all": table,
        "view.rows": table[2:4],
    }
    save_file({name: tensor.clone() for name, tensor in weights.items()}, folder / "weights.safetensors")
    torch.save(weights, folder / "weights.bin")
    torch.save({"w": torch.nn.Parameter(torch.ones(2))}, folder / "parameter.bin")
    torch.save(torch.nn.Conv2d(2, 3, 1).state_dict(), folder / "module.bin")
    torch.save({"w": torch.ones(2)}, folder / "before-1.6.bin", _use_new_zipfile_serialization=False)
    torch.save({"w": torch.ones(2, 3).t()}, folder / "transposed.bin")
    torch.save({"state_dict": {"w": torch.ones(2)}}, folder / "nested.bin")
    torch.save(torch.nn.Linear(2, 2), folder / "whole-module.bin")
    torch.jit.save(torch.jit.script(torch.nn.Identity()), folder / "program.bin")
    for protocol in (2, 4):
        archive(folder / f"hostile-{protocol}.bin", pickle.dumps({"w": Hostile()}, protocol=protocol))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
