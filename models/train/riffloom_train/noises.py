"""Rain, wind and a typewriter, synthesised.

Each is one instrument whose pitch names the sound, like a drum kit's. A bed fills the loop exactly: its noise is shaped
in the frequency domain and modulated by whole numbers of cycles, so that its end runs into its beginning without a
seam. Pitch and velocity together seed it, so there are thousands of each and every one is repeatable.
"""
from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft
from scipy.signal import lfilter

from .music import SAMPLE_RATE

BED, WHISTLE, DROP = range(20, 50), range(50, 80), range(56, 100)
"""Pitches of rain (BED, DROP) and of wind (BED, WHISTLE)."""
KEY, SPACE, BELL, CARRIAGE = range(40, 72), range(72, 76), range(76, 80), range(80, 84)
"""Pitches of the typewriter."""


def _time(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _spectrum(rng: np.random.Generator, bins: int) -> np.ndarray:
    """White noise as a spectrum, single precision."""
    return rng.standard_normal(2 * bins, dtype=np.float32).view(np.complex64)


def _circular_noise(rng: np.random.Generator, samples: int, shape) -> np.ndarray:
    """Noise with the magnitude `shape(hz)`, exactly periodic over so many samples, of unit RMS."""
    hz = np.linspace(0, SAMPLE_RATE / 2, samples // 2 + 1, dtype=np.float32)
    sound = scipy.fft.irfft(_spectrum(rng, len(hz)) * shape(hz), samples)
    return sound / max(float(np.sqrt(np.mean(sound**2))), 1e-9)


def _swell(rng: np.random.Generator, samples: int, cycles: int) -> np.ndarray:
    """A slow wave within -1 … 1, of so many cycles and fewer in the loop."""
    t = np.arange(samples, dtype=np.float32) * np.float32(2 * np.pi / samples)
    phases, levels = rng.uniform(0, 2 * np.pi, cycles), rng.uniform(0.4, 1.0, cycles)
    wave = sum(np.cos(k * t + np.float32(p)) * a / k**0.5 for k, (p, a) in enumerate(zip(phases, levels), 1))
    return wave / np.abs(wave).max()


def _band(hz: np.ndarray, low: float, high: float, slope: int = 2) -> np.ndarray:
    """A smooth band-pass magnitude."""
    return 1 / np.sqrt(1 + (low / np.maximum(hz, 1)) ** (2 * slope)) / np.sqrt(1 + (hz / high) ** (2 * slope))


def _rain_bed(seed: int, seconds: float) -> np.ndarray:
    """A hiss that hardly moves, and in it the patter of thousands of small drops, too dense to be notes."""
    rng = np.random.default_rng([1, seed])
    samples = round(seconds * SAMPLE_RATE)
    low, high = rng.uniform(400, 1600), rng.uniform(5500, 11000)
    hiss = _circular_noise(rng, samples, lambda hz: _band(hz, low, high, 1))
    count = int(rng.uniform(300, 2500) * seconds)
    impulses = np.zeros(samples, np.float32)
    impulses[rng.integers(0, samples, count)] = rng.uniform(0.2, 1.0, count) * rng.choice([-1, 1], count)
    centre = rng.uniform(1800, 5000)
    hz = np.linspace(0, SAMPLE_RATE / 2, samples // 2 + 1, dtype=np.float32)
    patter = scipy.fft.irfft(scipy.fft.rfft(impulses) * _band(hz, centre * 0.6, centre * 1.8), samples)
    patter *= rng.uniform(0.3, 1.2) / np.sqrt(np.mean(patter**2))
    # Soft limits keep the loudest drops from making all the rest quiet.
    return 0.12 * np.tanh(0.6 * (hiss + patter)) * (1 + 0.12 * _swell(rng, samples, 3))


@lru_cache(maxsize=128)
def _drop(pitch: int) -> np.ndarray:
    """A drop: the tick of its landing and the short rising chirp of its bubble, larger drops lower."""
    rng = np.random.default_rng([2, pitch])
    t = _time(0.09)
    hz = 700.0 * 2 ** ((pitch - DROP.start) / 16)
    bubble = np.sin(2 * np.pi * (hz * t + hz * rng.uniform(1, 4) * t * t)) * np.exp(-t * rng.uniform(45, 130))
    tick = lfilter([1, -1], [1, -0.3], rng.standard_normal(len(t))) * np.exp(-t * rng.uniform(400, 1200))
    return (0.5 * bubble + 0.4 * tick) * np.minimum(1, t / 0.0005)


def _wind_bed(seed: int, seconds: float) -> np.ndarray:
    """Low rushing air: a dark and a brighter band whose balance swells and sinks."""
    rng = np.random.default_rng([3, seed])
    samples = round(seconds * SAMPLE_RATE)
    dark = _circular_noise(rng, samples, lambda hz: _band(hz, 60, rng.uniform(160, 320)))
    bright = _circular_noise(rng, samples, lambda hz: _band(hz, 250, rng.uniform(600, 1200)))
    gust = _swell(rng, samples, 3)
    return 0.12 * (dark * (1 + 0.6 * gust) + 0.6 * bright * np.exp(1.5 * gust - 0.5))


def _whistle(seed: int, pitch: int, seconds: float) -> np.ndarray:
    """Air in a chink: a narrow noise whose pitch and loudness rise and fall together."""
    rng = np.random.default_rng([4, seed])
    samples = round(seconds * SAMPLE_RATE)
    bins = np.arange(-int(60 * seconds), int(60 * seconds) + 1)
    narrow = np.zeros(samples, np.complex64)
    narrow[bins] = _spectrum(rng, len(bins)) / np.sqrt(1 + (bins / seconds / rng.uniform(4, 10)) ** 4)
    swell = _swell(rng, samples, 4)
    # The phase gains a whole number of turns over the loop: a glide that closes on itself.
    hz = 380.0 * 2 ** ((pitch - WHISTLE.start) / 20) * 2 ** (0.4 * swell)
    turns = np.cumsum(hz, dtype=np.float64) / SAMPLE_RATE
    turns *= round(turns[-1]) / turns[-1]
    tone = (scipy.fft.ifft(narrow) * np.exp(2j * np.pi * (turns % 1)).astype(np.complex64)).real
    tone *= np.exp(1.6 * swell)
    return 0.11 * tone / np.sqrt(np.mean(tone**2))


def _thud(rng: np.random.Generator, t: np.ndarray, modes: tuple[tuple[float, float, float], ...]) -> np.ndarray:
    """Something struck: damped modes (hertz, level, decay), each a little off."""
    return sum(a * np.sin(2 * np.pi * hz * rng.uniform(0.93, 1.07) * t) * np.exp(-t * d) for hz, a, d in modes)


def _key(rng: np.random.Generator, dull: bool) -> np.ndarray:
    """The type hits the platen: a click, the frame's knock; the key comes up again with a lighter click."""
    t = _time(0.2)
    knock = _thud(rng, t, ((190, 0.5, 45), (620, 0.35, 90), (1450, 0.3, 140), (2900, 0.3, 220)))
    noise = lfilter([1, -1], [1, -0.2], rng.standard_normal(len(t)))
    back = rng.uniform(0.07, 0.11)
    clicks = noise * (np.exp(-t * 260) + 0.25 * np.exp(-np.maximum(t - back, 0) * 400) * (t >= back))
    return knock * (1.4 if dull else 0.8) + clicks * (0.25 if dull else 0.55)


def _typewriter_bell(rng: np.random.Generator) -> np.ndarray:
    t = _time(1.4)
    return 0.7 * _thud(rng, t, ((2350, 0.6, 4), (2362, 0.3, 4.5), (5900, 0.35, 9), (8800, 0.15, 14))) * np.minimum(1, t / 0.0006)


def _carriage(rng: np.random.Generator) -> np.ndarray:
    """The ratchet's zip, quicker and quicker, and the stop."""
    t = _time(0.85)
    sound = np.zeros(len(t))
    tick = lfilter([1, -1], [1, -0.4], rng.standard_normal(400)) * np.exp(-np.arange(400) / 60)
    for at in 0.5 * np.linspace(0, 1, 34) ** 0.8:
        start = int(at * SAMPLE_RATE)
        sound[start : start + 400] += tick * rng.uniform(0.25, 0.45)
    after = np.maximum(t - 0.53, 0)
    return sound + _thud(rng, after, ((120, 0.9, 25), (340, 0.6, 40), (900, 0.4, 80))) * (t >= 0.53)


@lru_cache(maxsize=128)
def _typewriter(pitch: int) -> np.ndarray:
    rng = np.random.default_rng([5, pitch])
    if pitch in BELL:
        return _typewriter_bell(rng)
    return _carriage(rng) if pitch in CARRIAGE else _key(rng, pitch in SPACE)


def play(name: str, pitch: int, seconds: float, velocity: int) -> np.ndarray:
    """One sound of rain, wind or typewriter. Beds and whistles are as loud as they are; events follow the velocity."""
    seed = pitch * 128 + velocity
    if name == "rain" and pitch in BED:
        return _rain_bed(seed, seconds)
    if name == "wind":
        return _wind_bed(seed, seconds) if pitch in BED else _whistle(seed, pitch, seconds)
    event = _drop(pitch) if name == "rain" else _typewriter(pitch)
    return event * np.float32((velocity / 127) ** 1.5)
