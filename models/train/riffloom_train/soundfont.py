"""FluidSynth in this process, through ctypes: notes in, mono samples out."""
from __future__ import annotations

import ctypes
import ctypes.util
import os
from pathlib import Path

import numpy as np

from .music import SAMPLE_RATE

ENVIRONMENT = "RIFFLOOM_SOUNDFONT"
USUAL_PLACES = (
    "/usr/share/sounds/sf3/FluidR3Mono_GM.sf3",
    "/usr/share/soundfonts/FluidR3Mono_GM.sf3",
    "/usr/local/share/soundfonts/FluidR3Mono_GM.sf3",
    "/opt/homebrew/share/soundfonts/FluidR3Mono_GM.sf3",
)


def find(path: str | None = None) -> Path:
    """The sound font: the argument, else the environment variable, else the usual places."""
    for candidate in (path, os.environ.get(ENVIRONMENT), *USUAL_PLACES):
        if candidate and Path(candidate).is_file():
            return Path(candidate)
    raise FileNotFoundError(f"no sound font: install FluidR3Mono_GM.sf3, pass --soundfont, or set {ENVIRONMENT}")


def _library() -> ctypes.CDLL:
    name = ctypes.util.find_library("fluidsynth") or "libfluidsynth.so.3"
    lib = ctypes.CDLL(name)
    lib.new_fluid_settings.restype = ctypes.c_void_p
    lib.new_fluid_synth.restype = ctypes.c_void_p
    lib.new_fluid_synth.argtypes = [ctypes.c_void_p]
    lib.fluid_settings_setnum.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_double]
    lib.fluid_settings_setint.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    lib.fluid_synth_sfload.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    lib.fluid_synth_system_reset.argtypes = [ctypes.c_void_p]
    lib.fluid_synth_bank_select.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
    for function in (lib.fluid_synth_noteoff, lib.fluid_synth_program_change):
        function.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
    for function in (lib.fluid_synth_noteon, lib.fluid_synth_cc):
        function.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int]
    lib.fluid_synth_write_float.argtypes = [
        ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_int,
    ]  # fmt: skip
    return lib


class SoundFontSynth:
    """One synthesiser with one sound font loaded. Not thread-safe; make one for each process."""

    DRUM_CHANNEL = 9
    BLOCK = 64

    def __init__(self, path: str | None = None):
        lib = self._lib = _library()
        settings = lib.new_fluid_settings()
        lib.fluid_settings_setnum(settings, b"synth.sample-rate", float(SAMPLE_RATE))
        lib.fluid_settings_setnum(settings, b"synth.gain", 0.4)
        lib.fluid_settings_setint(settings, b"synth.polyphony", 128)
        # The chorus modulates with a phase of its own, so a loop would not repeat exactly.
        lib.fluid_settings_setint(settings, b"synth.chorus.active", 0)
        lib.fluid_settings_setint(settings, b"synth.reverb.active", 1)
        self._synth = lib.new_fluid_synth(settings)
        if lib.fluid_synth_sfload(self._synth, str(find(path)).encode(), 1) < 0:
            raise RuntimeError("FluidSynth cannot read the sound font")

    def render(self, events: list[tuple[int, int, int, int]], setup: list[tuple[int, int]], samples: int) -> np.ndarray:
        """Plays (sample, channel, pitch, velocity; velocity 0 = note off) with (channel, program) set; float32 [samples]."""
        lib, synth = self._lib, self._synth
        lib.fluid_synth_system_reset(synth)
        for channel, program in setup:
            lib.fluid_synth_program_change(synth, channel, program)
            lib.fluid_synth_cc(synth, channel, 7, 110)
        # FluidSynth works in blocks of 64 samples and keeps what was not fetched of the last: fetch whole blocks, or
        # the next piece would start inside one and sound a little different.
        whole = -(-samples // self.BLOCK) * self.BLOCK
        left = np.zeros(whole, np.float32)
        right = np.zeros(whole, np.float32)
        done = 0

        def write_until(position: int) -> None:
            nonlocal done
            if position > done:
                lib.fluid_synth_write_float(
                    synth, position - done, left.ctypes.data, done, 1, right.ctypes.data, done, 1
                )
                done = position

        for position, channel, pitch, velocity in events:
            write_until(min(position, samples))
            if velocity:
                lib.fluid_synth_noteon(synth, channel, pitch, velocity)
            else:
                lib.fluid_synth_noteoff(synth, channel, pitch)
        write_until(whole)
        return (left + right)[:samples] * 0.5
