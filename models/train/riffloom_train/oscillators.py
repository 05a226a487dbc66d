"""Our own sounds: two drum machines, a bell, a bass, a pluck, a pad, an acid bass and a singing voice, and the noises
of their own module. A note in, float32 samples out."""
from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.signal import lfilter

from . import noises
from . import percussion as f
from .idioms import ACID_ACCENT, ACID_SLIDE_DOWN, ACID_SLIDE_UP
from .music import SAMPLE_RATE

VOWELS = {  # formants: hertz, level, width
    "aah": ((730, 1.0, 90), (1090, 0.55, 110), (2500, 0.18, 170), (3400, 0.1, 250)),
    "ooh": ((320, 1.0, 70), (800, 0.25, 90), (2300, 0.03, 170), (3200, 0.02, 250)),
    "eh": ((530, 1.0, 80), (1800, 0.35, 120), (2500, 0.2, 170), (3500, 0.1, 250)),
}
TABLE = 4096


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


def _cowbell() -> np.ndarray:
    t = _time(0.3)
    return 0.3 * sum(np.sign(np.sin(2 * np.pi * hz * t)) for hz in (540, 800)) * np.exp(-t * 14)


def _tom(hz: float) -> np.ndarray:
    t = _time(0.4)
    return np.sin(2 * np.pi * np.cumsum(hz * (1 + 0.6 * np.exp(-t * 30))) / SAMPLE_RATE) * np.exp(-t * 9)


@lru_cache(maxsize=64)
def _drum(pitch: int, deep: bool) -> np.ndarray:
    sound = {
        f.KICK: lambda: _kick(deep),
        f.SNARE: lambda: _snare(deep),
        f.CLAP: lambda: _clap(deep),
        f.CLOSED_HAT: lambda: _hat(0.12, 55),
        f.OPEN_HAT: lambda: _hat(0.4, 10),
        f.RIM: lambda: 0.5 * np.sin(2 * np.pi * 1700 * _time(0.05)) * np.exp(-_time(0.05) * 120),
        f.SHAKER: lambda: 0.3 * _high_pass(_noise(0.1, 7), 0.5) * np.sin(np.pi * _time(0.1) / 0.1) ** 2,
        f.COWBELL: _cowbell,
        f.RIDE: lambda: _hat(0.6, 6),
        f.CRASH: lambda: _hat(1.2, 3.5),
        **{tom: (lambda hz: lambda: _tom(hz))(80.0 * 2 ** (k / 5)) for k, tom in enumerate(reversed(f.TOMS))},
    }.get(pitch, lambda: _hat(0.12, 55))()
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
    """Three detuned saws behind a filter that opens and closes once over the note."""
    t = _time(seconds + 0.8)
    hz = _hertz(pitch)
    saws = sum(_saw(hz * 2 ** (c / 1200), t, p) for c, p in ((-9, 0.1), (0, 0.5), (8, 0.8)))
    dark, bright = _low_pass(saws, 500), _low_pass(saws, 3200)
    opening = 0.5 - 0.5 * np.cos(2 * np.pi * np.minimum(t / max(seconds, 0.8), 1))
    envelope = np.minimum(1, t / 0.4) * np.clip((seconds + 0.8 - t) / 0.8, 0, 1)
    return 0.15 * (dark + opening * (bright - dark)) * envelope


@lru_cache(maxsize=256)
def _sung_cycle(pitch: int, vowel: str) -> np.ndarray:
    """One cycle of a sung vowel: the harmonics of the vocal cords as the mouth's formants let them through."""
    hz = _hertz(pitch) * np.arange(1, max(2, int(6000 / _hertz(pitch))))
    levels = sum(a / np.sqrt(1 + ((hz - c) / w) ** 2) for c, a, w in VOWELS[vowel]) / np.arange(1, len(hz) + 1) ** 0.8
    spectrum = np.zeros(TABLE // 2 + 1, complex)
    spectrum[1 : len(hz) + 1] = levels * np.exp(2j * np.pi * np.random.default_rng(5).random(len(hz)))
    cycle = np.fft.irfft(spectrum)
    return (cycle / np.sqrt(np.mean(cycle**2))).astype(np.float32)


def _voice(pitch: int, seconds: float, vowel: str) -> np.ndarray:
    """Three singers on one tone, each a little off and with a vibrato of their own, and some breath."""
    rng = np.random.default_rng([6, pitch])
    t = _time(seconds + 0.35).astype(np.float32)
    cycle = _sung_cycle(pitch, vowel)
    sound = np.zeros(len(t), np.float32)
    for cents in (-7, 1, 8):
        rate, depth = rng.uniform(4.8, 5.8), 0.008 * rng.uniform(0.7, 1.2)
        vibrato = 1 + depth * np.minimum(1, t) * np.sin(2 * np.pi * rate * t + rng.uniform(0, 6))
        hz = _hertz(pitch) * 2 ** (cents / 1200) * vibrato
        phase = np.cumsum(hz, dtype=np.float64) * (TABLE / SAMPLE_RATE) + rng.uniform(0, TABLE)
        sound += cycle[phase.astype(np.int64) % TABLE]
    breath = lfilter([1, 0, -1], [1, -1.7, 0.8], rng.standard_normal(len(t), dtype=np.float32)) * 0.03
    envelope = np.minimum(1, t / 0.15) ** 1.5 * np.clip((seconds + 0.35 - t) / 0.35, 0, 1)
    return 0.1 * (sound + breath) * envelope


def _resonant(x: np.ndarray, hertz: np.ndarray, q: float, block: int = 96) -> np.ndarray:
    """A resonant low-pass whose corner moves: constant within a block, the filter's state carried on."""
    out, state = np.empty_like(x), np.zeros(2)
    for start in range(0, len(x), block):
        w = 2 * np.pi * min(hertz[start], 9000.0) / SAMPLE_RATE
        alpha, cosine = np.sin(w) / (2 * q), np.cos(w)
        b = np.array([(1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2]) / (1 + alpha)
        a = np.array([1 + alpha, -2 * cosine, 1 - alpha]) / (1 + alpha)
        out[start : start + block], state = lfilter(b, a, x[start : start + block], zi=state)
    return out


@lru_cache(maxsize=128)
def _acid(pitch: int, seconds: float, velocity: int, square: bool) -> np.ndarray:
    """A saw (or square) through a resonant low-pass that snaps shut; velocity opens it, accents squeal, slides glide."""
    seconds = min(seconds, 2.0)
    t = _time(seconds + 0.03)
    slide = {ACID_SLIDE_UP: -12, ACID_SLIDE_DOWN: 12}.get(velocity, 0)
    hz = _hertz(pitch) * 2 ** (slide / 12 * np.exp(-t / 0.03))
    phase = np.cumsum(hz) / SAMPLE_RATE % 1.0
    wave = np.where(phase < 0.5, 0.8, -0.8) if square else 2 * phase - 1
    accent = velocity >= ACID_ACCENT
    top = 500 * 2 ** (velocity / 127 * 2.2) * (1.7 if accent else 1.0)
    corner = 220 + top * np.exp(-t * (9 if accent else 13))
    sound = np.tanh(1.2 * _resonant(wave, corner, 9.0 if accent else 6.5))
    envelope = np.minimum(1, t / 0.002) * np.clip((seconds + 0.03 - t) / 0.03, 0, 1) * (0.4 + 0.6 * np.exp(-t * 3))
    return (0.5 * (1.3 if accent else 1.0) * sound * envelope).astype(np.float32)


def play(name: str, pitch: int, seconds: float, velocity: int) -> np.ndarray:
    """float32 samples of one note of the named sound, tail included."""
    kind, _, variant = name.partition(" ")
    if kind in ("rain", "wind", "typewriter"):
        return noises.play(kind, pitch, seconds, velocity).astype(np.float32)
    if kind == "acid":
        return _acid(pitch, round(seconds, 4), velocity, variant == "square")
    if kind == "voice":
        sound = _voice(pitch, seconds, variant or "aah")
    elif name.startswith("drums"):
        sound = _drum(pitch, name == "drums808")
    elif name == "bell":
        sound = _bell(pitch)
    else:
        sound = {"bass": _bass, "pluck": _pluck, "pad": _pad}[name](pitch, seconds)
    return (sound * (velocity / 127) ** 1.5).astype(np.float32)
