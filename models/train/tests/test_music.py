"""The composer and the renderer: the same seed gives the same piece, and a clip loops without a seam."""
import numpy as np
import pytest

from riffloom_train.compose import compose
from riffloom_train.families import FAMILIES
from riffloom_train.music import BEAT_COUNTS, CLIP_SAMPLES
from riffloom_train.render import TAIL_SAMPLES, fold, render
from riffloom_train.soundfont import SoundFontSynth, find
from riffloom_train.spectrogram import clip_image


def _has_soundfont() -> bool:
    try:
        find()
        return True
    except FileNotFoundError:
        return False


needs_soundfont = pytest.mark.skipif(not _has_soundfont(), reason="no General MIDI sound font here")


def test_a_seed_is_a_piece():
    assert compose(7) == compose(7)
    assert compose(7) != compose(8)


@pytest.mark.parametrize("family", [f.name for f in FAMILIES])
@pytest.mark.parametrize("beats", BEAT_COUNTS)
def test_pieces_fill_whole_beats(family: str, beats: int):
    for seed in range(5):
        piece = compose(seed, family, beats)
        assert CLIP_SAMPLES % beats == 0 or CLIP_SAMPLES / beats > 1
        assert sum(bar.length for bar in piece.song.bars) == beats
        assert all(part.notes for part in piece.parts)
        for note in (n for part in piece.parts for n in part.notes):
            assert 0 <= note.start < beats + 0.5 and note.length > 0 and 20 <= note.pitch <= 110
        assert 1 <= len(piece.caption.split()) <= 9


def test_fold_is_the_steady_state_of_a_repeated_loop():
    sound = np.random.default_rng(0).standard_normal(CLIP_SAMPLES + TAIL_SAMPLES).astype(np.float32)
    repeated = np.zeros(4 * CLIP_SAMPLES, np.float32)
    for k in range(2):
        repeated[k * CLIP_SAMPLES : k * CLIP_SAMPLES + len(sound)] += sound
    np.testing.assert_allclose(fold(sound), repeated[CLIP_SAMPLES : 2 * CLIP_SAMPLES], atol=1e-5)


@needs_soundfont
@pytest.mark.parametrize("family", ["church bells", "electronic beats", "strings"])
def test_renders_are_repeatable_and_loop_without_a_click(family: str):
    synth = SoundFontSynth()
    piece = compose(3, family)
    sound = render(piece, synth)
    assert sound.shape == (CLIP_SAMPLES,) and np.abs(sound).max() == pytest.approx(0.9, abs=1e-4)
    # FluidSynth's reverberation has a slow modulation that runs on from piece to piece; the rest is exact.
    assert np.corrcoef(sound, render(piece, synth))[0, 1] > 0.999
    # Rolled by half, the seam lies in the middle: the image must be the rolled image, column for column.
    rolled = clip_image(np.roll(sound, CLIP_SAMPLES // 2), circular=True)
    difference = np.abs(np.roll(clip_image(sound, circular=True), 256, axis=1).astype(int) - rolled)
    assert difference.max() <= 2
