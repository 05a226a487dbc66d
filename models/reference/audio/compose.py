"""Composes the test music: short pieces for General MIDI instruments, rendered with a sound font by fluidsynth.

Every piece is a chord progression played by a few instruments in a style's own rhythm; a seed decides the notes. Tempos
divide 5.12 s into whole beats.
"""

import random
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

TICKS = 480
CLIP_SECONDS = 5.12
DRUMS = 9
KICK, SNARE, CLOSED_HAT, OPEN_HAT, RIDE, CRASH = 36, 38, 42, 46, 51, 49
MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)


@dataclass(frozen=True)
class Piece:
    """`parts` are (role, General MIDI program, velocity); `drums` a 16-step pattern for each drum."""

    name: str
    seed: int
    beats_per_clip: int
    root: int
    scale: tuple
    chords: tuple
    parts: tuple
    drums: tuple = ()
    clips: int = 1


PIECES = (
    Piece("piano-trio", 1, 10, 60, MAJOR, (1, 4, 0, 5), (("comp", 0, 70), ("walk", 32, 90), ("lead", 0, 85)),
          ((RIDE, "x.x.x.xxx.x.x.xx", 60), (CLOSED_HAT, "....x.......x...", 50))),
    Piece("rock", 2, 10, 52, MINOR, (0, 5, 2, 6), (("power", 30, 85), ("root", 34, 100), ("lead", 29, 80)),
          ((KICK, "x..x..x.x..x....", 110), (SNARE, "....x.......x...", 110), (CLOSED_HAT, "x.x.x.x.x.x.x.x.", 70))),
    Piece("techno", 4, 12, 57, MINOR, (0, 0, 5, 6), (("arpeggio", 81, 70), ("offbeat", 38, 100), ("pad", 90, 50)),
          ((KICK, "x...x...x...x...", 120), (OPEN_HAT, "..x...x...x...x.", 80), (SNARE, "....x.......x...", 70))),
    Piece("fingerpicking", 5, 8, 55, MAJOR, (0, 5, 3, 4), (("arpeggio", 25, 85), ("root", 25, 80), ("lead", 73, 60))),
    Piece("church-organ", 6, 6, 50, MINOR, (0, 3, 6, 2), (("pad", 19, 90), ("lead", 19, 90), ("root", 19, 90))),
    Piece("funk", 7, 10, 52, MINOR, (0, 3, 0, 4), (("stab", 61, 90), ("offbeat", 36, 110), ("comp", 4, 80)),
          ((KICK, "x..x......xx....", 110), (SNARE, "....x..x.x..x..x", 90), (CLOSED_HAT, "xxxxxxxxxxxxxxxx", 60))),
    Piece("choir-and-bells", 8, 6, 60, MAJOR, (0, 4, 5, 3), (("pad", 52, 90), ("arpeggio", 14, 80), ("root", 89, 70))),
    Piece("violin-solo", 9, 8, 62, MINOR, (0, 5, 3, 4), (("lead", 40, 100),)),
    Piece("pop", 10, 10, 60, MAJOR, (0, 4, 5, 3), (("comp", 1, 80), ("root", 33, 100), ("lead", 80, 70), ("pad", 50, 60)),
          ((KICK, "x.....x.x.......", 110), (SNARE, "....x.......x...", 100), (CLOSED_HAT, "x.x.x.x.x.x.x.xx", 60)), clips=2),
)


def _pitch(piece, degree, octave=0):
    size = len(piece.scale)
    return piece.root + piece.scale[degree % size] + 12 * (degree // size + octave)


def _notes(piece, beats):
    """-> [(channel, pitch, velocity, start beat, beats)]"""
    rng = random.Random(piece.seed)
    notes = []
    for channel, (role, _, velocity) in enumerate(piece.parts):
        degree = 7
        for beat in range(beats):
            chord = piece.chords[beat // 2 % len(piece.chords)]
            triad = [_pitch(piece, chord + k) for k in (0, 2, 4)]

            def play(pitch, start, length, weight=1.0):
                loudness = min(127, max(1, round(velocity * weight * rng.uniform(0.85, 1.1))))
                notes.append((channel, pitch, loudness, beat + start, length))

            if role == "pad" and beat % 2 == 0:
                for pitch in triad:
                    play(pitch, 0, 2)
            elif role == "power":
                for half in (0, 0.5):
                    play(triad[0] - 12, half, 0.45)
                    play(triad[0] - 5, half, 0.45)
            elif role == "comp":
                for start in rng.sample((0, 0.5, 0.75), 2):
                    for pitch in triad:
                        play(pitch, start, 0.4)
            elif role == "stab" and beat % 2 == 1:
                for pitch in triad:
                    play(pitch, 0.5, 0.2)
            elif role == "root":
                play(triad[0] - 24, 0, 0.9)
            elif role == "walk":
                play(rng.choice(triad) - 24, 0, 0.9)
            elif role == "offbeat":
                for start in (0.25, 0.5, 0.75):
                    play(triad[0] - 24 + rng.choice((0, 0, 12)), start, 0.2)
            elif role == "arpeggio":
                for step, start in enumerate((0, 0.25, 0.5, 0.75)):
                    play(triad[(step + beat) % 3] + 12 * (step % 2), start, 0.25)
            elif role == "lead":
                length = rng.choice((0.5, 1.0))
                for k in range(int(1 / length)):
                    degree = min(14, max(4, degree + rng.choice((-2, -1, 1, 2))))
                    play(_pitch(piece, degree), k * length, length)
    for drum, pattern, velocity in piece.drums:
        for step in range(beats * 4):
            if pattern[step % 16] == "x":
                notes.append((DRUMS, drum, round(velocity * rng.uniform(0.85, 1.1)), step / 4, 0.1))
    return notes


def _length(value):
    """A MIDI variable-length quantity."""
    encoded = [value & 127]
    while value := value >> 7:
        encoded.insert(0, value & 127 | 128)
    return bytes(encoded)


def midi(piece, beats, beat_seconds):
    """A type 0 MIDI file."""
    events = [(0, bytes((0xC0 | channel, program))) for channel, (_, program, _) in enumerate(piece.parts)]
    for channel, pitch, velocity, start, length in _notes(piece, beats):
        events.append((round(start * TICKS), bytes((0x90 | channel, pitch, min(velocity, 127)))))
        events.append((round((start + length) * TICKS), bytes((0x80 | channel, pitch, 0))))
    events.sort()
    track = b"\x00\xff\x51\x03" + round(beat_seconds * 1e6).to_bytes(3, "big")
    now = 0
    for at, data in events:
        track += _length(at - now) + data
        now = at
    track += b"\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(track)) + track


def render(piece, sound_font):
    """-> (2, samples) at 44.1 kHz: one clip of lead-in, then the piece's clips, then half a clip."""
    beat_seconds = CLIP_SECONDS / piece.beats_per_clip
    beats = piece.beats_per_clip * (piece.clips + 2)
    with tempfile.TemporaryDirectory() as folder:
        score, sound = Path(folder, "score.mid"), Path(folder, "sound.wav")
        score.write_bytes(midi(piece, beats, beat_seconds))
        subprocess.run(
            ["fluidsynth", "-ni", "-q", "-g", "0.6", "-r", "44100", "-O", "float", "-T", "wav", "-F", sound, sound_font, score],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        samples, rate = soundfile.read(sound, dtype="float32", always_2d=True)
    assert rate == 44_100, rate
    end = round((piece.clips + 1.5) * CLIP_SECONDS * rate)
    return np.ascontiguousarray(samples[:end].T)
