"""The table of families, their figures, and the sounds that are made here: everything fills its loop and joins itself."""
import numpy as np
import pytest
from test_music import needs_soundfont

from riffloom_train import noises, oscillators
from riffloom_train.families import BLUES, BY_NAME, DORIAN, FAMILIES, Family
from riffloom_train.music import BEAT_COUNTS, CLIP_SAMPLES, SAMPLE_RATE, Bar, Part, Piece, Song
from riffloom_train.render import render

NAMES = (
    "church bells", "piano", "electric piano", "harpsichord", "music box", "vibraphone", "marimba", "church organ",
    "hammond organ", "accordion", "acoustic guitar", "electric guitar", "bass guitar", "fiddle", "strings", "harp", "choir",
    "trumpet", "brass section", "saxophone", "clarinet", "flute", "banjo", "sitar", "steel drums", "synth pad", "acid bass",
    "electronic beats", "acoustic drums", "hand drums", "rain", "wind", "typewriter",
)  # fmt: skip
TEXTURES = ("rain", "wind", "typewriter")


def song_of(rng: np.random.Generator, family: Family, beats_per_clip: int, clips: int = 1) -> Song:
    """A song by hand: two bars to a clip, triads and sevenths of the family's scale."""
    scale = family.scales[rng.integers(len(family.scales))]
    chords = DORIAN if scale is BLUES else scale
    key, half = int(rng.integers(12)), beats_per_clip / 2
    bars = []
    for k in range(2 * clips):
        degree, size = int(rng.integers(7)), int(rng.integers(3, 5))
        bars.append(Bar(k * half, half, tuple((key + chords[(degree + 2 * n) % 7]) % 12 for n in range(size))))
    swing = bool(rng.random() < 0.3)
    return Song(beats_per_clip * clips, key, scale, tuple(bars), swing, float(rng.random()), clips)


def piece_of(name: str, seed: int, beats: int, clips: int = 1, lead: int | None = None, backings: bool = False) -> Piece:
    family, rng = BY_NAME[name], np.random.default_rng([7, seed, beats])
    song = song_of(rng, family, beats, clips)
    voices = [family.leads[rng.integers(len(family.leads)) if lead is None else lead], *family.together]
    voices += [b.voice for b in family.backings if backings or rng.random() < b.chance]
    parts = []
    for voice in voices:
        figure = voice.figures[rng.integers(len(voice.figures))]
        instrument = voice.instruments[rng.integers(len(voice.instruments))]
        parts.append(Part(instrument, tuple(figure(rng, song, voice.low, voice.high)), voice.gain))
    return Piece(seed=seed, song=song, parts=tuple(parts), caption=name)


def test_the_table_has_these_names_and_no_word_means_two_things():
    assert tuple(sorted(f.name for f in FAMILIES)) == tuple(sorted(NAMES))
    words = [w for f in FAMILIES for w in (f.name, *f.synonyms)]
    assert len(words) == len(set(words)) and all(len(f.synonyms) >= 3 for f in FAMILIES)
    assert {f.kind for f in FAMILIES} == {"melodic", "chordal", "rhythm", "texture"}
    assert {f.name for f in FAMILIES if f.kind == "texture"} == set(TEXTURES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("beats", BEAT_COUNTS)
@pytest.mark.parametrize("clips", [1, 2, 3])
def test_every_figure_fills_its_loop(name: str, beats: int, clips: int):
    family = BY_NAME[name]
    for voice in (*family.leads, *family.together, *(b.voice for b in family.backings)):
        for figure in voice.figures:
            for seed in range(3):
                rng = np.random.default_rng([seed, beats])
                song = song_of(rng, family, beats, clips)
                notes = figure(rng, song, voice.low, voice.high)
                assert notes, figure.__name__
                for note in notes:
                    assert 0 <= note.start < song.beats + 0.5 and note.length > 0, figure.__name__
                    assert 20 <= note.pitch <= 110 and 1 <= note.velocity <= 127, figure.__name__
                    assert isinstance(note.pitch, int) and isinstance(note.velocity, int), figure.__name__
                # Something sounds in every clip of the loop.
                reached = {int(min(n.start + n.length, song.beats) - 1e-6) // beats for n in notes}
                reached |= {int(min(n.start, song.beats - 1e-6)) // beats for n in notes}
                assert reached >= set(range(clips)) or max(n.length for n in notes) >= song.beats - 1e-6, figure.__name__


@pytest.mark.parametrize("name", NAMES)
def test_seeds_vary_and_repeat(name: str):
    assert piece_of(name, 1, 8) == piece_of(name, 1, 8)
    assert len({piece_of(name, seed, 8).parts for seed in range(6)}) == 6


def _level(sound: np.ndarray) -> np.ndarray:
    """Spectrum of a stretch, in four bands, in dB."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    edges = [int(hz * len(sound) / SAMPLE_RATE) for hz in (100, 400, 1600, 6400, 12000)]
    return 10 * np.log10([power[a:b].mean() + 1e-9 for a, b in zip(edges, edges[1:])])


@pytest.mark.parametrize("name, pitch", [("rain", 20), ("rain", 43), ("wind", 30), ("wind", 55), ("wind", 79)])
@pytest.mark.parametrize("clips", [1, 3])
def test_beds_are_circular(name: str, pitch: int, clips: int):
    seconds = clips * CLIP_SAMPLES / SAMPLE_RATE
    for velocity in (40, 80, 120):
        bed = oscillators.play(name, pitch, seconds, velocity)
        assert bed.dtype == np.float32 and len(bed) == clips * CLIP_SAMPLES and np.isfinite(bed).all()
        steps = np.abs(np.diff(bed))
        assert abs(bed[0] - bed[-1]) <= steps.max()
        curve = np.abs(np.diff(bed, 2, append=bed[:2]))
        assert curve[-2:].max() <= curve[:-2].max()
        # The neighbourhood of the seam sounds like itself on either side (the whistle is too narrow for four bands).
        part = SAMPLE_RATE // 10
        before, after = _level(bed[-part:]), _level(bed[:part])
        strong = np.maximum(before, after) > max(before.max(), after.max()) - 25
        assert np.abs(before - after)[strong].max() < (6 if name == "rain" else 14)
    assert not np.array_equal(bed, oscillators.play(name, pitch, seconds, 41))
    np.testing.assert_array_equal(bed, oscillators.play(name, pitch, seconds, 120))


def test_every_own_sound_is_finite_and_audible():
    for pitch in (30, 48, 60, 72):
        for name in ("acid", "acid square", "voice", "voice ooh", "voice eh", "pad", "pluck", "bass", "bell"):
            sound = oscillators.play(name, pitch, 0.5, 99)
            assert np.isfinite(sound).all() and 0.01 < np.abs(sound).max() < 4, name
    for kind in (noises.KEY, noises.SPACE, noises.BELL, noises.CARRIAGE):
        assert np.abs(oscillators.play("typewriter", kind[0], 0.1, 100)).max() > 0.1
    assert np.abs(oscillators.play("rain", noises.DROP[0], 0.1, 100)).max() > 0.1


@needs_soundfont
@pytest.mark.parametrize("name", NAMES)
def test_every_lead_sounds(name: str):
    from riffloom_train.soundfont import SoundFontSynth

    synth = SoundFontSynth()
    for lead in range(len(BY_NAME[name].leads)):
        sound = render(piece_of(name, lead, 10, lead=lead, backings=True), synth)
        assert np.isfinite(sound).all() and np.sqrt(np.mean(sound**2)) > 0.015
