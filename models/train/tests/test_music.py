"""The composer and the renderer: the same seed gives the same piece, and a clip loops without a seam."""
import os
import re

import numpy as np
import pytest

from riffloom_train.compose import KINDS, compose, piece_of
from riffloom_train.families import FAMILIES
from riffloom_train.music import BEAT_COUNTS, CLIP_SAMPLES
from riffloom_train.render import TAIL_SAMPLES, fold, render
from riffloom_train.soundfont import SoundFontSynth, find
from riffloom_train.spectrogram import clip_image, loop_images
from riffloom_train.styles import STYLES


def _has_soundfont() -> bool:
    try:
        find()
        return True
    except FileNotFoundError:
        return False


needs_soundfont = pytest.mark.skipif(
    not _has_soundfont() and "RIFFLOOM_TESTS_NO_SKIP" not in os.environ,
    reason="no General MIDI sound font here: install libfluidsynth3 and fluidr3mono-gm-soundfont",
)


def test_a_seed_is_a_piece():
    assert compose(7) == compose(7)
    assert compose(7) != compose(8)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("clips", (1, 2, 4))
def test_every_clip_begins_with_a_bar(kind: str, clips: int):
    for seed in range(60):
        piece = compose(seed, kind, clips=clips)
        song = piece.song
        assert song.beats == clips * song.beats_per_clip and song.beats_per_clip in BEAT_COUNTS
        assert sum(bar.length for bar in song.bars) == song.beats
        starts = {bar.start for bar in song.bars}
        assert all(k * song.beats_per_clip in starts for k in range(clips))
        assert all(part.notes for part in piece.parts)
        for note in (n for part in piece.parts for n in part.notes):
            assert 0 <= note.start < song.beats + 0.5 and note.length > 0 and 0 <= note.pitch <= 127


def test_captions_are_short_and_true():
    seen = set()
    for number in range(2000):
        piece = piece_of(number, 0)
        words = piece.caption.split()
        seen.add(piece.caption)
        assert 1 <= len(words) <= 14 and piece.caption == " ".join(words), piece.caption
        assert not re.search(r"\b(a|an) (a|an)\b", piece.caption), piece.caption
        facts = piece.facts
        if facts["mood"] != "dark":
            assert not {"dark", "minor", "sad"} & set(words), piece.caption
        if re.search(r"\bslow\b", piece.caption):
            assert facts["beats"] == "6", piece.caption
        if piece.caption == facts["family"]:
            assert facts["kind"] == "solo" and facts["named"] == "yes"
        if facts["kind"] == "band" and piece.caption == facts["style"]:
            assert facts["named"] == "no"
    assert len(seen) > 500


def test_every_family_and_style_takes_its_turn():
    pieces = [piece_of(k, 0) for k in range(2 * 20 * max(len(FAMILIES), len(STYLES)))]
    for name in (family.name for family in FAMILIES):
        assert any(p.caption == name for p in pieces), name
    for name in (style.name for style in STYLES):
        assert any(p.caption == name for p in pieces), name


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
    piece = compose(3, "solo", family, clips=1)
    sound = render(piece, synth)
    assert sound.shape == (CLIP_SAMPLES,) and np.abs(sound).max() == pytest.approx(0.9, abs=1e-4)
    # FluidSynth's reverberation has a slow modulation that runs on from piece to piece; the rest is exact.
    assert np.corrcoef(sound, render(piece, synth))[0, 1] > 0.995
    # Rolled by half, the seam lies in the middle: the image must be the rolled image, column for column.
    rolled = clip_image(np.roll(sound, CLIP_SAMPLES // 2), circular=True)
    difference = np.abs(np.roll(clip_image(sound, circular=True), 256, axis=1).astype(int) - rolled)
    assert difference.max() <= 2


@needs_soundfont
def test_neighbouring_clips_continue_each_other():
    piece = compose(5, "solo", "strings", clips=2)
    sound = render(piece, SoundFontSynth())
    assert sound.shape == (2 * CLIP_SAMPLES,)
    first, second = loop_images(sound)
    assert (first != second).mean() > 0.2
    # The two halves of the loop, the other way round, are the same loop.
    turned = loop_images(np.roll(sound, CLIP_SAMPLES))
    assert np.abs(turned[0].astype(int) - second).max() <= 2 and np.abs(turned[1].astype(int) - first).max() <= 2
