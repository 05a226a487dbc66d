"""Says how close a sound is to the spectrogram image that it was made from, by torchaudio's analysis.

    python compare.py IMAGE SOUND      measures a sound, at its best gain
    python compare.py IMAGE --classic  measures torchaudio's own way: its InverseMelScale, then 32 Griffin-Lim iterations

Spectral convergence is the Frobenius norm of the difference of the mel magnitudes over that of the wanted ones. The
log-spectral distance is, for each column, the root of the mean squared difference in dB over the bands, averaged over the
columns; magnitudes more than 80 dB below the largest wanted one count as that. Both are over the columns whose window lies
wholly within the sound. Also prints the tags that Pillow finds in the image.
"""

import sys
import time

import numpy as np
import soundfile
import torch
import torchaudio
from PIL import Image

import spectrogram_format as fmt

MARGIN = 5
RANGE_DECIBELS = 80


def distances(wanted, made):
    frames = min(wanted.shape[-1], made.shape[-1])
    wanted, made = (m[..., MARGIN : frames - MARGIN + 1].astype(np.float64) for m in (wanted, made))
    made = np.broadcast_to(made, wanted.shape)  # one channel may be held against two
    made = made * np.sum(wanted * made) / np.sum(made * made)
    convergence = np.linalg.norm(made - wanted) / np.linalg.norm(wanted)
    floor = np.max(wanted) * 10 ** (-RANGE_DECIBELS / 20)
    decibels = 20 * np.log10(np.maximum(made, floor) / np.maximum(wanted, floor))
    return convergence, np.mean(np.sqrt(np.mean(decibels**2, axis=-2)))


def classic(mel):
    """(channels, bands, frames) -> (channels, samples), as Riffusion does with a present-day torchaudio."""
    inverse_mel = torchaudio.transforms.InverseMelScale(
        n_stft=fmt.FFT_SIZE // 2 + 1, n_mels=fmt.BANDS, sample_rate=fmt.SAMPLE_RATE, f_min=0, f_max=fmt.MAX_FREQUENCY,
        norm=None, mel_scale="htk",
    )
    griffin_lim = torchaudio.transforms.GriffinLim(
        n_fft=fmt.FFT_SIZE, n_iter=32, win_length=fmt.WINDOW, hop_length=fmt.HOP, power=1
    )
    torch.set_num_threads(1)
    torch.manual_seed(0)
    started = time.process_time()
    sound = griffin_lim(inverse_mel(torch.from_numpy(mel))).numpy() / 32768
    print(f"torchaudio: {time.process_time() - started:.1f} s of one core")
    return sound


def main():
    image = Image.open(sys.argv[1])
    tags = dict(image.getexif())
    print("tags", {tag: tags[tag] for tag in sorted(tags)})
    wanted = fmt.mel_from_image(image, stereo=bool(tags.get(11005, False)))
    if sys.argv[2] == "--classic":
        sound = classic(wanted)
    else:
        sound, rate = soundfile.read(sys.argv[2], dtype="float32", always_2d=True)
        assert rate == fmt.SAMPLE_RATE, rate
        sound = np.ascontiguousarray(sound.T)
    convergence, distance = distances(wanted, fmt.mel_from_samples(sound))
    print(f"mel spectral convergence {convergence:.4f}, log-spectral distance {distance:.2f} dB")


if __name__ == "__main__":
    main()
