"""Our own sounds: two drum machines, a bell, a bass, a pluck and a pad. A note in, float32 samples out."""
from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.signal import lfilter

from . import figures as f
from .music import SAMPLE_RATE


def _time(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _hertz(pitch: int) -> float:
    return 440.0 * 2 ** ((pitch - 69) / 12)


def _noise(seconds: float, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(int(seconds * SAMPLE_RATE))


def _high_pass(x: np.ndarray, pole: float) -> np.ndarray:
    return lfilter([1, -1], [1, -pole], x)


def _kick(deep: bool) -> np.ndarray:
    t = _time(0.7 if deep else 0.35)
    floor, sweep, decay = (45, 70, 5) if deep else (55, 160, 11)
    phase = 2 * np.pi * np.cumsum(floor + sweep * np.exp(-t * 35)) / SAMPLE_RATE
    return np.sin(phase) * np.exp(-t * decay) * 1.2


def _snare(deep: bool) -> np.ndarray:
    t = _time(0.3)
    tone = np.sin(2 * np.pi * (170 if deep else 200) * t) * np.exp(-t * 25)
    return 0.6 * tone + 0.5 * _high_pass(_noise(0.3, 1), 0.8) * np.exp(-t * (18 if deep else 14))


def _clap(deep: bool) -> np.ndarray:
    t = _time(0.3)
    bursts = sum(np.exp(-np.maximum(t - d, 0) * 90) * (t >= d) for d in (0, 0.011, 0.022)) + np.exp(-t * 16) * 0.6
    return 0.35 * lfilter([1, 0, -1], [1, -1.82, 0.88], _noise(0.3, 2)) * bursts * 0.3


def _hat(seconds: float, decay: float) -> np.ndarray:
    t = _time(seconds)
    metal = sum(np.sign(np.sin(2 * np.pi * hz * t)) for hz in (2050, 3040, 3690, 5220, 5390, 8000))
    return 0.25 * _high_pass(0.1 * metal + 0.4 * _noise(seconds, 3), 0.3) * np.exp(-t * decay)


@lru_cache(maxsize=64)
def _drum(pitch: int, deep: bool) -> np.ndarray:
    sound = {
        f.KICK: lambda: _kick(deep),
        f.SNARE: lambda: _snare(deep),
        f.CLAP: lambda: _clap(deep),
        f.CLOSED_HAT: lambda: _hat(0.12, 55),
        f.OPEN_HAT: lambda: _hat(0.4, 10),
    }[pitch]()
    return sound.astype(np.float32)


@lru_cache(maxsize=64)
def _bell(pitch: int) -> np.ndarray:
    """A church bell: hum, prime, minor third, fifth, nominal and upper partials, each fading at its own rate."""
    t = _time(5.0)
    partials = ((0.5, 0.5, 0.5), (1, 0.7, 0.9), (1.2, 0.8, 1.1), (1.5, 0.35, 1.5), (2, 1.0, 1.4), (2.5, 0.3, 2.5),
                (2.67, 0.3, 2.8), (3.01, 0.45, 3.0), (4.17, 0.35, 4.5), (5.43, 0.25, 6.0), (6.79, 0.18, 8.0))  # fmt: skip
    hz = _hertz(pitch)
    tone = sum(a * np.sin(2 * np.pi * hz * r * t + k) * np.exp(-t * d) for k, (r, a, d) in enumerate(partials))
    strike = 0.3 * _noise(5.0, 4) * np.exp(-t * 120)
    fade = np.minimum(1, (5.0 - t) / 0.3)
    return (0.2 * (tone + strike) * fade).astype(np.float32)


def _saw(hz: float, t: np.ndarray, phase: float = 0.0) -> np.ndarray:
    return 2 * ((hz * t + phase) % 1.0) - 1


def _low_pass(x: np.ndarray, hz: float) -> np.ndarray:
    """Two one-pole filters in a row."""
    a = np.exp(-2 * np.pi * hz / SAMPLE_RATE)
    return lfilter([(1 - a) ** 2], [1, -2 * a, a * a], x)


def _bass(pitch: int, seconds: float) -> np.ndarray:
    t = _time(seconds + 0.05)
    envelope = np.minimum(1, t / 0.004) * np.clip((seconds + 0.05 - t) / 0.05, 0, 1)
    return 0.5 * _low_pass(_saw(_hertz(pitch), t), 600) * envelope


def _pluck(pitch: int, seconds: float) -> np.ndarray:
    t = _time(0.6)
    return 0.3 * _low_pass(_saw(_hertz(pitch), t), 3000) * np.exp(-t * 8) * np.minimum(1, t / 0.002)


def _pad(pitch: int, seconds: float) -> np.ndarray:
    t = _time(seconds + 0.8)
    hz = _hertz(pitch)
    saws = sum(_saw(hz * 2 ** (c / 1200), t, p) for c, p in ((-9, 0.1), (0, 0.5), (8, 0.8)))
    envelope = np.minimum(1, t / 0.4) * np.clip((seconds + 0.8 - t) / 0.8, 0, 1)
    return 0.15 * _low_pass(saws, 1400) * envelope


def play(name: str, pitch: int, seconds: float, velocity: int) -> np.ndarray:
    """float32 samples of one note of the named sound, tail included."""
    if name.startswith("drums"):
        sound = _drum(pitch, name == "drums808")
    elif name == "bell":
        sound = _bell(pitch)
    else:
        sound = {"bass": _bass, "pluck": _pluck, "pad": _pad}[name](pitch, seconds)
    return (sound * (velocity / 127) ** 1.5).astype(np.float32)
