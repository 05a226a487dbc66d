"""Plain values that the composer makes and the renderer reads. Time is in beats, pitch in MIDI numbers."""
from __future__ import annotations

from dataclasses import dataclass, field

SAMPLE_RATE = 44_100
HOP = 441
FRAMES = 512
CLIP_SAMPLES = HOP * FRAMES
"""One clip: 225,792 samples, 5.12 s. Every piece is a loop of one or several clips, each of exactly this length."""

BEAT_COUNTS = (6, 8, 10, 12)
"""Whole beats that fit one clip: 70.3, 93.75, 117.2 and 140.6 beats a minute."""


@dataclass(frozen=True)
class Instrument:
    """Where a sound comes from: `gm` (melodic preset), `kit` (drum preset) or `synth` (our own oscillators)."""

    source: str
    preset: int | str


@dataclass(frozen=True)
class Note:
    start: float
    length: float
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Part:
    instrument: Instrument
    notes: tuple[Note, ...]
    gain: float = 1.0


@dataclass(frozen=True)
class Bar:
    """A stretch of the loop under one chord; `chord` lists pitch classes, the root first."""

    start: float
    length: float
    chord: tuple[int, ...]


@dataclass(frozen=True)
class Song:
    """What all parts of a piece share."""

    beats: int
    """Of the whole loop: `clips` times one of BEAT_COUNTS."""
    key: int
    scale: tuple[int, ...]
    bars: tuple[Bar, ...]
    swing: bool
    density: float
    """0 sparse … 1 busy."""
    clips: int = 1
    """How many clips the loop is long; neighbouring clips continue each other, and every clip begins with a bar."""

    @property
    def beats_per_clip(self) -> int:
        return self.beats // self.clips


@dataclass(frozen=True)
class Piece:
    seed: int
    song: Song
    parts: tuple[Part, ...]
    caption: str
    facts: dict[str, str] = field(default_factory=dict)
    """What is so of the piece, and what its caption may mention; the text encoder learns to read them out of it."""
