"""Has torchaudio, librosa and Riffloom make sound of the same images, in turns, on one thread each, and measures it.

    python inversion.py measure PICTURES RESULTS JAVA...    measures; JAVA... is the command that starts SoundWorker
    python inversion.py table RESULTS...                    prints what was measured; later files count before earlier ones

PICTURES is a folder of images that a model made; ten clips of test music and noisy and blurred variants of both join them.
With `measure --part 0 4 PICTURES` and so on a run takes every fourth image, from the first on, and adds to RESULTS, a file of JSON lines.

Every method begins with the magnitudes that the image says and ends with samples. Each sound is measured by torchaudio's
analysis, in Python, at its best gain (compare.py defines both distances). Times are of the processor, so that other work on
the machine lengthens them little; those of the first image, when everything is still being loaded, are taken twice.

- `torchaudio, iterative` is what Riffusion did in 2022: magnitudes of the bins by 200 steps of gradient descent (rate 0.1,
  momentum 0.9) from random ones, clipped at 0 after each, on the sum of the squared differences over the bands, averaged
  over the columns; then 32 Griffin-Lim iterations. Present-day torchaudio has no such inverse any more, so it is written down
  here with its optimizer. Over the bins that a filter reaches, less than half of them, which halves its time.
- `torchaudio, least squares` is InverseMelScale as it is now, and the same Griffin-Lim.
- `librosa` is its non-negative least squares and Griffin-Lim, as in `librosa.feature.inverse.mel_to_audio`. That function
  itself asks for 155 GiB at these parameters, since it has L-BFGS remember as many steps as there are bins; here it
  remembers 10, works on the bins that a filter reaches, and the pseudo-inverse that it begins with, many seconds of work,
  is taken once and not for each image.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import librosa
import numpy as np
import torch
import torchaudio
from PIL import Image, ImageFilter

import spectrogram_format as fmt
from compare import distances

MUSIC = Path(__file__).parents[3] / "src/test/resources/music"
CLIP = 512
MODEL_PICTURES = 6
ITERATIONS = 32
PRESETS = ("DRAFT", "STANDARD", "BEST")
ANALYSES = 5
VARIED = ("funk", 4)


class Worker:
    """SoundWorker in a process of its own, asked by a line and answering with one."""

    def __init__(self, command, folder):
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._made = folder / "made.f32"

    def ask(self, what, file):
        """-> what was made, seconds of its thread"""
        self._process.stdin.write(f"{what}\t{file}\t{self._made}\n")
        self._process.stdin.flush()
        _, seconds = self._process.stdout.readline().split()
        return np.fromfile(self._made, dtype="<f4"), float(seconds)

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=60)


def timed(work):
    started = time.process_time()
    made = work()
    return made, time.process_time() - started


_bank = torch.from_numpy(fmt.filter_bank(fmt.SAMPLE_RATE, fmt.FFT_SIZE))
_heard = _bank[: int(torch.nonzero(_bank.sum(dim=1)).max()) + 1]
_least_squares = torchaudio.transforms.InverseMelScale(
    n_stft=fmt.FFT_SIZE // 2 + 1, n_mels=fmt.BANDS, sample_rate=fmt.SAMPLE_RATE, f_min=0, f_max=fmt.MAX_FREQUENCY, norm=None,
    mel_scale="htk",
)
_griffin_lim = torchaudio.transforms.GriffinLim(
    n_fft=fmt.FFT_SIZE, n_iter=ITERATIONS, win_length=fmt.WINDOW, hop_length=fmt.HOP, power=1
)


def descend(mel):
    """(channels, bands, frames) -> (channels, bins, frames), by gradient descent."""
    wanted = mel.transpose(-1, -2)
    bins = torch.rand(*wanted.shape[:-1], len(_heard), requires_grad=True)
    optimizer = torch.optim.SGD([bins], lr=0.1, momentum=0.9)
    last = float("inf")
    for _ in range(200):
        optimizer.zero_grad()
        loss = (wanted - bins @ _heard).square().sum(dim=-1).mean()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            bins.clamp_(min=0)
        if loss.item() < 1e-5 or abs(last - loss.item()) < 1e-8:
            break
        last = loss.item()
    return torch.nn.functional.pad(bins.detach(), (0, len(_bank) - len(_heard))).transpose(-1, -2)


class Librosa:
    def __init__(self):
        self._basis = np.ascontiguousarray(_heard.numpy().T)
        self._pseudo_inverse = np.linalg.pinv(self._basis)

    def __call__(self, mel):
        start = np.maximum(self._pseudo_inverse @ mel[0], 0)
        blocks = [
            librosa.util.nnls(self._basis, mel[0][:, i : i + 128], x_init=start[:, i : i + 128].copy(), m=10)
            for i in range(0, mel.shape[-1], 128)
        ]
        bins = np.pad(np.concatenate(blocks, axis=1), ((0, len(_bank) - len(_heard)), (0, 0)))
        return librosa.griffinlim(
            bins, n_iter=ITERATIONS, hop_length=fmt.HOP, win_length=fmt.WINDOW, n_fft=fmt.FFT_SIZE,
            random_state=0,
        )[None] / 32768


def classic(inverse_mel):
    return lambda mel: _griffin_lim(inverse_mel(torch.from_numpy(mel))).numpy() / 32768


def images(pictures):
    """-> [(kind, name, image)], each one clip, with its tags."""
    music = []
    for file in sorted(MUSIC.glob("*.png")):
        whole = Image.open(file)
        exif = whole.getexif()
        for i in range(whole.width // CLIP):
            clip = whole.convert("L").crop((i * CLIP, 0, (i + 1) * CLIP, whole.height))
            clip.getexif().update(exif)
            music.append(("music", file.stem + (f"-{i + 1}" if whole.width > CLIP else ""), clip))
    model = []
    for file in sorted(pictures.glob("*.png"))[:MODEL_PICTURES]:
        picture = Image.open(file)
        grey = picture.convert("L")
        grey.getexif().update(picture.getexif())
        model.append(("model", file.stem, grey))
    named = {name: image for _, name, image in music}
    varied = [(str(key), named[key]) if isinstance(key, str) else (model[key][1], model[key][2]) for key in VARIED]
    random = np.random.default_rng(1)
    changed = []
    for name, image in varied:
        noisy = np.asarray(image, dtype=np.float64) + random.normal(0, 10, (image.height, image.width))
        for kind, other in (
            ("noisy", Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))),
            ("blurred", image.filter(ImageFilter.GaussianBlur(1.5))),
        ):
            other.getexif().update(image.getexif())
            changed.append((kind, name, other))
    return music + model + changed


def measure_image(number, kind, name, image, methods, worker, folder):
    file = folder / "image.png"
    image.save(file, exif=image.getexif())
    mel = fmt.mel_from_image(Image.open(file))
    row = {"number": number, "kind": kind, "name": name, "seconds": {}, "convergence": {}, "distance": {}}
    names = [*methods, *PRESETS]
    # Another one begins each time.
    for k in range(len(names)):
        method = names[(k + number) % len(names)]
        if method in PRESETS:
            sound, seconds = worker.ask(method, file)
            sound = sound[None]
        else:
            torch.manual_seed(0)
            sound, seconds = timed(lambda: methods[method](mel))
        convergence, distance = distances(mel, fmt.mel_from_samples(sound))
        row["seconds"][method], row["convergence"][method], row["distance"][method] = seconds, float(convergence), float(distance)
        if method == "STANDARD":
            last = sound
    sound_file = folder / "sound.f32"
    last.astype("<f4").tofile(sound_file)
    row["analysis"] = []
    for _ in range(ANALYSES):
        theirs, their_seconds = timed(lambda: fmt.mel_from_samples(last)[0].T)
        ours, our_seconds = worker.ask("ANALYSIS", sound_file)
        row["analysis"].append((their_seconds, our_seconds))
    row["analysis_difference"] = float(np.max(np.abs(ours.reshape(theirs.shape) - theirs)) / np.max(theirs))
    return row


def measure(pictures, results, java, part, parts, quick):
    torch.set_num_threads(1)
    methods = {
        "torchaudio, least squares": classic(_least_squares),
    }
    if not quick:
        methods |= {"torchaudio, iterative": classic(descend), "librosa": Librosa()}
    with tempfile.TemporaryDirectory() as name, open(results, "a") as out:
        folder = Path(name)
        worker = Worker(java, folder)
        chosen = list(enumerate(images(pictures)))[part::parts]
        # The JVM compiles what it runs often; the first run of each method loads libraries.
        first = chosen[0][1]
        first[2].save(folder / "warm.png", exif=first[2].getexif())
        for preset, times in (("DRAFT", 8), ("STANDARD", 5), ("BEST", 1)):
            for _ in range(times):
                made, _ = worker.ask(preset, folder / "warm.png")
        made.tofile(folder / "warm.f32")
        for _ in range(10):
            worker.ask("ANALYSIS", folder / "warm.f32")
        mel = fmt.mel_from_image(first[2])[:, :, :64]
        for method in methods.values():
            method(mel)
        for number, (kind, name, image) in chosen:
            row = measure_image(number, kind, name, image, methods, worker, folder)
            out.write(json.dumps(row) + "\n")
            out.flush()
            print(number, kind, name, {k: round(v, 2) for k, v in row["seconds"].items()}, flush=True)
        worker.close()


def table(results):
    by_number = {}
    for line in "".join(file.read_text() for file in results).splitlines():
        row = json.loads(line)
        known = by_number.setdefault(row["number"], row)
        for key in ("seconds", "convergence", "distance"):
            known[key] |= row[key]
        known["analysis"] = row["analysis"]
    rows = [by_number[number] for number in sorted(by_number)]
    methods = ["torchaudio, iterative", "torchaudio, least squares", "librosa", *PRESETS]
    mean = lambda key, method, chosen: np.mean([row[key][method] for row in chosen])

    def better(preset, method):
        return sum(all(row[key][preset] < row[key][method] for key in ("convergence", "distance")) for row in rows)

    print(f"{len(rows)} images\n")
    print("| method | s, mean | s, most | times as long as `standard` | convergence | distance, dB |")
    print("|---|---|---|---|---|---|")
    for method in methods:
        ratios = [row["seconds"][method] / row["seconds"]["STANDARD"] for row in rows]
        print(f"| {method} | {mean('seconds', method, rows):.3f} | {max(row['seconds'][method] for row in rows):.3f} "
              f"| {np.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) | {mean('convergence', method, rows):.4f} "
              f"| {mean('distance', method, rows):.2f} |")
    print("\n| closer by both than | " + " | ".join(f"`{preset.lower()}`" for preset in PRESETS) + " |\n|---|" + "---|" * len(PRESETS))
    for method in methods[:3]:
        print(f"| {method} | " + " | ".join(f"{better(preset, method)} of {len(rows)}" for preset in PRESETS) + " |")
    print("\n| images | " + " | ".join(methods) + " |\n|---|" + "---|" * len(methods))
    for kind in dict.fromkeys(row["kind"] for row in rows):
        chosen = [row for row in rows if row["kind"] == kind]
        print(f"| {len(chosen)} {kind} | " + " | ".join(
            f"{mean('convergence', m, chosen):.3f}, {mean('distance', m, chosen):.2f} dB" for m in methods) + " |")
    theirs, ours = np.array([pair for row in rows for pair in row["analysis"]]).T
    print(f"\nanalysis: torchaudio {1000 * np.median(theirs):.1f} ms, Riffloom {1000 * np.median(ours):.1f} ms, "
          f"median ratio {np.median(theirs / ours):.2f}; largest difference {max(r['analysis_difference'] for r in rows):.1e} "
          "of the largest magnitude")
    for row in rows:
        worse = [m for m in methods[:3] if not all(row[k]["STANDARD"] < row[k][m] for k in ("convergence", "distance"))]
        if worse:
            print("not closer by both:", row["kind"], row["name"], worse,
                  {m: (round(row["convergence"][m], 4), round(row["distance"][m], 3)) for m in methods})


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True, dest="command")
    measuring = commands.add_parser("measure")
    measuring.add_argument("pictures", type=Path)
    measuring.add_argument("results", type=Path)
    measuring.add_argument("--part", type=int, nargs=2, default=(0, 1))
    measuring.add_argument("java", nargs=argparse.REMAINDER)
    measuring.add_argument("--quick", action="store_true", help="leave out librosa and the iterative inverse")
    commands.add_parser("table").add_argument("results", type=Path, nargs="+")
    arguments = parser.parse_args()
    if arguments.command == "table":
        table(arguments.results)
    else:
        measure(arguments.pictures, arguments.results, arguments.java, *arguments.part, arguments.quick)


if __name__ == "__main__":
    main()
