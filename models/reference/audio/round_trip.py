"""Holds the command line against torchaudio, NumPy and Pillow, from sound to image.

    python round_trip.py SOUND_FONT java -jar ../../../target/riffloom.jar

Renders the test music anew, in stereo with 16 bits, and has both sides make spectrogram images of the same files, with one
channel and with two. Prints how many pixels differ by how much, and whether the bytes of the tags are equal; the largest
magnitude among them, MAX_VALUE, comes of a Fourier transform and may differ in its last digits, which is told apart.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image

import compose
import spectrogram_format as fmt


def tag_bytes(file):
    return Image.open(file).info["exif"].removeprefix(b"Exif\0\0")


def maximum(file):
    return Image.open(file).getexif()[11080]


def with_maximum(block, value):
    """The block with another MAX_VALUE, which is the last of its numbers."""
    return block[:-8] + np.array(value, dtype=">f8").tobytes()


def main():
    sound_font, *riffloom = sys.argv[1:]
    differences, tags = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for piece in compose.PIECES:
            sound, theirs, ours = folder / "sound.wav", folder / "theirs.png", folder / "ours.png"
            samples = compose.render(piece, sound_font)[:, : 6 * fmt.SAMPLE_RATE]
            soundfile.write(sound, samples.T, fmt.SAMPLE_RATE, subtype="PCM_16")
            read, _ = soundfile.read(sound, dtype="float32", always_2d=True)
            for stereo in (False, True):
                channels = read.T if stereo else read.T.mean(axis=0, keepdims=True)
                image = fmt.image_from_mel(fmt.mel_from_samples(np.ascontiguousarray(channels)))
                image.save(theirs, exif=image.getexif())
                options = ["--stereo"] if stereo else []
                subprocess.run([*riffloom, "audio-to-image", "--audio", sound, "--image", ours, *options], check=True)
                pixels = [np.asarray(Image.open(file).convert("RGB")).astype(int) for file in (theirs, ours)]
                difference = np.abs(pixels[0] - pixels[1])[..., 1 if stereo else 0 :].ravel()
                differences.append(np.bincount(difference, minlength=256))
                first, second = tag_bytes(theirs), tag_bytes(ours)
                tags.append((first == second, with_maximum(first, 0) == with_maximum(second, 0),
                             abs(maximum(ours) / maximum(theirs) - 1)))
    counts = np.sum(differences, axis=0)
    print(f"{len(tags)} images, {counts.sum():,} pixels: {100 * counts[0] / counts.sum():.4f} % equal, "
          f"{100 * counts[:2].sum() / counts.sum():.5f} % at most one level apart, largest difference {np.flatnonzero(counts)[-1]}")
    worst = min(row[:2].sum() / row.sum() for row in differences)
    print(f"in the worst image {100 * worst:.5f} % at most one level apart")
    print(f"tags: all bytes equal in {sum(t[0] for t in tags)} of {len(tags)}, all but MAX_VALUE's in {sum(t[1] for t in tags)}; "
          f"MAX_VALUE differs by at most {max(t[2] for t in tags):.1e} of itself")


if __name__ == "__main__":
    main()
