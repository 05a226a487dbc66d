"""What a clip can be named: its sound family, its style and its beats. A clip need not have all three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

HEADS = ("family", "style", "beats")
ABSENT = -1
"""The class number of a head about which a clip says nothing; losses and accuracies pass over it."""


@dataclass(frozen=True)
class Labels:
    """The names that each head chooses among, in the order of its outputs."""

    family: tuple[str, ...]
    style: tuple[str, ...]
    beats: tuple[str, ...]

    @classmethod
    def of_tables(cls) -> Labels:
        from riffloom_train.families import FAMILIES
        from riffloom_train.music import BEAT_COUNTS
        from riffloom_train.styles import STYLES

        return cls(
            tuple(family.name for family in FAMILIES),
            tuple(style.name for style in STYLES),
            tuple(str(beats) for beats in BEAT_COUNTS),
        )

    def of(self, head: str) -> tuple[str, ...]:
        return getattr(self, head)

    def encode(self, pieces: Sequence[dict]) -> torch.Tensor:
        """int64 [N, 3]: class numbers in the order of HEADS, ABSENT where a clip has none."""
        names = [[name_of(piece, head) for head in HEADS] for piece in pieces]
        return torch.tensor(
            [[self.of(h).index(n) if n is not None else ABSENT for h, n in zip(HEADS, row)] for row in names]
        ).reshape(-1, len(HEADS))


def name_of(piece: dict, head: str) -> str | None:
    """What a clip of the data set should be named, or None.

    A band is heard as its style; it counts for its lead's family only where the caption names that lead, since the
    listener who typed the caption expects to hear it. Duos and fusions have two names each, so they only count beats. A
    texture has none to count.
    """
    kind = piece["kind"]
    if head == "family":
        return piece["family"] if kind == "solo" or (kind == "band" and piece["named"] == "yes") else None
    if head == "style":
        return piece["style"] if kind == "band" else None
    return piece["beats"] if piece["beats"] != "none" else None
