"""A contact sheet: pictures of clips to look at, one labelled row for each prompt."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from .held_out import shrink

SIDE, MARGIN, TEXT = 128, 4, 190


def contact_sheet(rows: dict[str, np.ndarray], path: Path, columns: int = 8) -> None:
    """Writes a PNG of uint8 [N, 512, 512] for each label, at most `columns` of them in a row."""
    columns = min(columns, max((len(images) for images in rows.values()), default=1))
    width = TEXT + columns * (SIDE + MARGIN)
    sheet = Image.new("L", (width, max(1, len(rows)) * (SIDE + MARGIN)), 255)
    draw = ImageDraw.Draw(sheet)
    for k, (label, images) in enumerate(rows.items()):
        top = k * (SIDE + MARGIN)
        draw.multiline_text((4, top + SIDE // 3), _wrapped(label), fill=0)
        for column, small in enumerate(shrink(images[:columns], SIDE, SIDE)):
            sheet.paste(Image.fromarray(small), (TEXT + column * (SIDE + MARGIN), top))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


def _wrapped(label: str, width: int = 28) -> str:
    lines = [""]
    for word in label.split():
        if len(lines[-1]) + len(word) >= width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
