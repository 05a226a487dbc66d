"""Writes the fixtures of the Java tests: music as spectrogram images, and what torchaudio, NumPy and Pillow make of known
input.

    python make_fixtures.py SOUND_FONT [FOLDER]

The sound font is any General MIDI one; the committed images were rendered with FluidR3 GM (MIT licence). Every random
choice is seeded, so the files come out the same each time but for the versions of the libraries.
"""

import sys
from pathlib import Path

import librosa
import numpy as np
import soundfile
from PIL import Image

import compose
import spectrogram_format as fmt

COLUMNS = (0, 50, 100)


def test_signal(length=44_100):
    """A chirp, a tone and noise of a linear congruential generator; the Java test makes the same."""
    n = np.arange(length, dtype=np.float64)
    seconds = n / fmt.SAMPLE_RATE
    state, noise = 1, np.empty(length)
    for i in range(length):
        state = (state * 1664525 + 1013904223) % 2**32
        noise[i] = state / 2**31 - 1
    signal = 0.4 * np.sin(2 * np.pi * (200 * seconds + 4000 * seconds**2)) + 0.2 * np.sin(2 * np.pi * 997 * seconds)
    return (signal + 0.05 * noise).astype(np.float32)


def write_music(folder, sound_font):
    for piece in compose.PIECES:
        mono = compose.render(piece, sound_font).mean(axis=0, keepdims=True)
        # The lead-in is left out, so that every column has real sound on both sides.
        mel = fmt.mel_from_samples(mono)[:, :, 512 : 512 * (piece.clips + 1)]
        image = fmt.image_from_mel(mel)
        # Grey pixels in place of three equal colours: a third of the bytes less.
        image.convert("L").save(folder / f"{piece.name}.png", exif=image.getexif(), optimize=True)


def write_forward(folder):
    signal = test_signal()
    mel = fmt.mel_from_samples(signal[None])[0]
    second = librosa.feature.melspectrogram(
        y=signal * 32768, sr=fmt.SAMPLE_RATE, n_fft=fmt.FFT_SIZE, hop_length=fmt.HOP, win_length=fmt.WINDOW, power=1,
        center=True, pad_mode="reflect", n_mels=fmt.BANDS, fmin=0, fmax=fmt.MAX_FREQUENCY, htk=True, norm=None,
    )
    difference = np.max(np.abs(mel - second)) / np.max(mel)
    assert difference < 1e-4, f"torchaudio and librosa differ by {difference}"
    mel = mel[:, COLUMNS].T
    mel.astype("<f4").tofile(folder / "forward-mel.f32")
    fmt.pixels_from_mel(mel, float(mel.max())).tofile(folder / "forward-pixels.u8")


def write_filters(folder):
    """For each band the number of its first bin and how many follow (int32), then all those weights (float32)."""
    for name, rate, size in (("format", fmt.SAMPLE_RATE, fmt.FFT_SIZE), ("reconstruction", 22_500, 4_096)):
        matrix = fmt.filter_bank(rate, size)
        ranges, weights = [], []
        for band in matrix.T:
            bins = np.flatnonzero(band)
            first, count = (bins[0], bins[-1] - bins[0] + 1) if len(bins) else (0, 0)
            ranges += [first, count]
            weights.append(band[first : first + count])
        with open(folder / f"filters-{name}.bin", "wb") as out:
            np.array(ranges, dtype="<i4").tofile(out)
            np.concatenate(weights).astype("<f4").tofile(out)


def write_images(folder):
    """Small images by Pillow, and the magnitudes that NumPy reads off the stereo one."""
    ramp = np.arange(512 * 4, dtype=np.float32).reshape(1, 512, 4) ** 2
    mono = fmt.image_from_mel(ramp)
    stereo = fmt.image_from_mel(np.concatenate([ramp, ramp[:, ::-1] / 3]))
    mono.save(folder / "mono.png", exif=mono.getexif())
    mono.save(folder / "mono.jpg", exif=mono.getexif(), quality=100, subsampling=0)
    stereo.save(folder / "stereo.png", exif=stereo.getexif())
    fmt.mel_from_image(Image.open(folder / "stereo.png"), stereo=True).astype("<f4").tofile(folder / "stereo-mel.f32")
    little_endian = Image.Exif()
    little_endian.endian = "<"
    little_endian.update(mono.getexif())
    mono.save(folder / "little-endian.png", exif=little_endian)
    mono.save(folder / "no-tags.png")


def write_round_trip(folder, sound_font):
    """A second of stereo sound, and the images that torchaudio, NumPy and Pillow make of it."""
    piece = next(piece for piece in compose.PIECES if piece.name == "piano-trio")
    samples = compose.render(piece, sound_font)[:, 6 * fmt.SAMPLE_RATE : 7 * fmt.SAMPLE_RATE]
    soundfile.write(folder / "round-trip.flac", samples.T, fmt.SAMPLE_RATE, subtype="PCM_16")
    read, _ = soundfile.read(folder / "round-trip.flac", dtype="float32")
    for name, channels in (("mono", read.mean(axis=1)[None]), ("stereo", np.ascontiguousarray(read.T))):
        image = fmt.image_from_mel(fmt.mel_from_samples(channels))
        image.save(folder / f"round-trip-{name}.png", exif=image.getexif(), optimize=True)


def main():
    sound_font = sys.argv[1]
    default = Path(__file__).parents[3] / "src/test/resources"
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else default
    for part, write in (("music", lambda f: write_music(f, sound_font)), ("reference", write_forward),
                        ("reference", write_filters), ("reference", write_images),
                        ("reference", lambda f: write_round_trip(f, sound_font))):
        (folder / part).mkdir(parents=True, exist_ok=True)
        write(folder / part)


if __name__ == "__main__":
    main()
