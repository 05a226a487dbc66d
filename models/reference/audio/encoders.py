"""Has Riffloom write the test music in every format, and other programs read it.

    python encoders.py java -jar ../../../target/riffloom.jar

For each format: what ffmpeg and sox have to remark (sox where it knows the format), the number of samples that ffmpeg
decodes and the duration that ffprobe tells, against those of the image, and the signal-to-noise ratio against the 24-bit
WAV file, at the gain at which it comes nearest. FLAC must be, bit by bit, the 16-bit WAV file, in ffmpeg and in libsndfile.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image

import spectrogram_format as fmt

MUSIC = Path(__file__).parents[3] / "src/test/resources/music"
FORMATS = {"WAV, 24 bits": "wave24.wav", "WAV, 16 bits": "wave.wav", "FLAC": "sound.flac", "MP3": "sound.mp3", "Ogg Opus": "sound.opus"}
RATES = {"Ogg Opus": 48_000}
UNKNOWN_TO_SOX = ("MP3", "Ogg Opus")


def run(*command):
    """-> output, remarks"""
    done = subprocess.run([str(word) for word in command], capture_output=True, check=True)
    return done.stdout, done.stderr.decode().strip()


def decoded(file, rate):
    raw, _ = run("ffmpeg", "-v", "error", "-i", file, "-f", "f32le", "-ar", rate, "-ac", 1, "-")
    return np.frombuffer(raw, dtype="<f4").astype(np.float64)


def at_rate(file, rate):
    raw, _ = run("ffmpeg", "-v", "error", "-i", file, "-af", f"aresample={rate}:filter_size=256:cutoff=0.97", "-f", "f32le", "-")
    return np.frombuffer(raw, dtype="<f4").astype(np.float64)


def ratio(wanted, got):
    length = min(len(wanted), len(got))
    wanted, got = wanted[:length], got[:length]
    wanted = wanted * (np.sum(wanted * got) / np.sum(wanted * wanted))
    return 10 * np.log10(np.sum(wanted**2) / np.sum((got - wanted) ** 2))


def main():
    riffloom, chosen = sys.argv[1:], sorted(MUSIC.glob("*.png"))
    figures = {name: [] for name in FORMATS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for image in chosen:
            columns = Image.open(image).width
            for kind, file_name in FORMATS.items():
                file, rate = folder / file_name, RATES.get(kind, fmt.SAMPLE_RATE)
                bits = ("--bits", "24") if "24" in kind else ()
                run(*riffloom, "image-to-audio", "--image", image, "--audio", file, *bits)
                remarks = run("ffmpeg", "-v", "warning", "-guess_layout_max", 0, "-i", file, "-f", "null", "-")[1]
                if kind not in UNKNOWN_TO_SOX:
                    remarks += run("sox", "-V2", file, "-n")[1]
                seconds, _ = run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file)
                samples = decoded(file, rate)
                noise = np.inf if "24" in kind else ratio(at_rate(folder / FORMATS["WAV, 24 bits"], rate), samples)
                figures[kind].append((remarks, len(samples) - columns * fmt.HOP * rate / fmt.SAMPLE_RATE,
                                      float(seconds) - columns / 100, noise))
            wave, _ = soundfile.read(folder / FORMATS["WAV, 16 bits"], dtype="int16")
            flac, _ = soundfile.read(folder / FORMATS["FLAC"], dtype="int16")
            by_ffmpeg = np.frombuffer(run("ffmpeg", "-v", "error", "-i", folder / FORMATS["FLAC"], "-f", "s16le", "-")[0], "<i2")
            assert np.array_equal(wave, flac) and np.array_equal(wave, by_ffmpeg), f"{image}: FLAC is not the WAV file"
    print(f"{len(chosen)} images; FLAC is the 16-bit WAV file, bit by bit\n")
    print("| format | remarks of ffmpeg and sox | samples too many | s too long, by ffprobe | signal-to-noise ratio, dB |")
    print("|---|---|---|---|---|")
    for kind, rows in figures.items():
        remarks, samples, seconds, ratios = zip(*rows)
        said = " ".join(sorted({remark for remark in remarks if remark})) or "none"
        noise = "" if "24" in kind else f"{np.mean(ratios):.1f}, at least {min(ratios):.1f}"
        print(f"| {kind} | {said} | {max(samples, key=abs):.0f} | {max(seconds, key=abs):.6f} | {noise} |")


if __name__ == "__main__":
    main()
