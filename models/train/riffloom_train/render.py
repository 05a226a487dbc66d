"""A piece as sound: float32 mono, whole clips long, and circular, so that it loops without a seam."""
from __future__ import annotations

import numpy as np

from . import oscillators
from .music import CLIP_SAMPLES, SAMPLE_RATE, Part, Piece
from .soundfont import SoundFontSynth

TAIL_SAMPLES = 3 * SAMPLE_RATE
"""How long releases and reverberation are followed past the loop's end before they are folded round to its start."""


def fold(sound: np.ndarray, length: int = CLIP_SAMPLES) -> np.ndarray:
    """Adds what rings past the loop's end to its start. Mixing is linear, so this equals the steady state of the loop."""
    loop = np.zeros(length, np.float32)
    for start in range(0, len(sound), length):
        piece = sound[start : start + length]
        loop[: len(piece)] += piece
    return loop


def _balanced(sound: np.ndarray, gain: float) -> np.ndarray:
    """Parts are balanced by their own loudness (RMS), so that a quiet preset does not vanish behind a loud one."""
    rms = float(np.sqrt(np.mean(sound**2)))
    return sound * (gain / rms) if rms > 1e-6 else sound


def _soundfont_part(synth: SoundFontSynth, part: Part, samples_per_beat: float, length: int) -> np.ndarray:
    channel = SoundFontSynth.DRUM_CHANNEL if part.instrument.source == "kit" else 0
    events = []
    for note in part.notes:
        start = round(note.start * samples_per_beat)
        end = min(round((note.start + note.length) * samples_per_beat), length + TAIL_SAMPLES // 2)
        events.append((start, channel, note.pitch, note.velocity))
        events.append((max(end, start + 441), channel, note.pitch, 0))
    # At one instant the note that ends goes before the note that begins.
    events.sort(key=lambda e: (e[0], e[3] > 0))
    sound = synth.render(events, [(channel, int(part.instrument.preset))], length + TAIL_SAMPLES)
    sound[-TAIL_SAMPLES // 3 :] *= np.linspace(1, 0, TAIL_SAMPLES // 3, dtype=np.float32)
    return fold(sound, length)


def _oscillator_part(part: Part, samples_per_beat: float, length: int) -> np.ndarray:
    sound = np.zeros(length + 2 * CLIP_SAMPLES, np.float32)
    for note in part.notes:
        tone = oscillators.play(str(part.instrument.preset), note.pitch, note.length * samples_per_beat / SAMPLE_RATE, note.velocity)
        start = round(note.start * samples_per_beat)
        tone = tone[: len(sound) - start]
        sound[start : start + len(tone)] += tone
    return fold(sound, length)


def render(piece: Piece, synth: SoundFontSynth) -> np.ndarray:
    """float32 [clips * 225792], peak 0.9."""
    length = piece.song.clips * CLIP_SAMPLES
    samples_per_beat = length / piece.song.beats
    mix = np.zeros(length, np.float32)
    for part in piece.parts:
        if part.instrument.source == "synth":
            sound = _oscillator_part(part, samples_per_beat, length)
        else:
            sound = _soundfont_part(synth, part, samples_per_beat, length)
        mix += _balanced(sound, part.gain)
    return mix * (0.9 / max(float(np.abs(mix).max()), 1e-6))
