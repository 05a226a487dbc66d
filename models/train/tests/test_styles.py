"""Every style yields playable notes, and its drums and bass fall where the style says they do."""
from __future__ import annotations

import numpy as np
import pytest

from riffloom_train import rhythms as r
from riffloom_train.music import BEAT_COUNTS, Bar, Song
from riffloom_train.styles import BY_NAME, STYLES, Style

CASES = [(s.name, beats, clips) for s in STYLES for beats in sorted(set(s.beats)) for clips in (1, 2)]


def bar_lengths(meter: int, beats: int) -> list[int]:
    whole, rest = divmod(beats, meter)
    return [meter] * whole + ([rest] if rest else [])


def song_of(style: Style, beats: int, clips: int, seed: int = 0) -> Song:
    rng = np.random.default_rng(seed)
    key, scale = int(rng.integers(12)), style.scales[rng.integers(len(style.scales))]
    modes = scale if len(scale) == 7 else (0, 2, 3, 5, 7, 9, 10)
    degrees = style.progressions[rng.integers(len(style.progressions))]
    size = 4 if rng.random() < style.sevenths else 3
    bars, start = [], 0
    for k, length in enumerate(bar_lengths(style.meter, beats) * clips):
        degree = degrees[k % len(degrees)]
        thirds = [modes[(degree + 2 * n) % 7] for n in range(size)]
        intervals = [modes[degree] + i for i in style.quality] or thirds
        bars.append(Bar(float(start), float(length), tuple((key + i) % 12 for i in intervals)))
        start += length
    return Song(beats * clips, key, scale, tuple(bars), bool(rng.random() < style.swing), float(rng.random()), clips)


def section_notes(name: str, voice: int, beats: int | None = None, clips: int = 1, seed: int = 0):
    style = BY_NAME[name]
    song = song_of(style, beats or style.beats[0], clips, seed)
    part = style.section[voice]
    rng = np.random.default_rng(seed)
    return song, part.figures[rng.integers(len(part.figures))](rng, song, part.low, part.high)


def starts(notes, *pitches: int) -> set[float]:
    return {round(n.start, 4) for n in notes if n.pitch in pitches}


@pytest.mark.parametrize("name, beats, clips", CASES)
def test_every_voice_of_the_section_plays_throughout(name: str, beats: int, clips: int) -> None:
    style = BY_NAME[name]
    for seed in range(6):
        song = song_of(style, beats, clips, seed)
        for voice in style.section:
            for figure in voice.figures:
                check(song, figure(np.random.default_rng(seed), song, voice.low, voice.high), beats)


@pytest.mark.parametrize("name, beats, clips", CASES)
@pytest.mark.parametrize("low, high", [(28, 43), (40, 52), (55, 79), (67, 93)])
def test_lead_figures_cope_with_every_register(name: str, beats: int, clips: int, low: int, high: int) -> None:
    style = BY_NAME[name]
    for seed in range(4):
        song = song_of(style, beats, clips, seed)
        for figure in style.lead_figures:
            check(song, figure(np.random.default_rng(seed), song, low, high), beats)


def check(song: Song, notes, beats: int) -> None:
    assert all(0 <= n.start < song.beats + 0.5 for n in notes)
    assert all(20 <= n.pitch <= 110 and n.length > 0 and 1 <= n.velocity <= 127 for n in notes)
    for clip in range(song.clips):
        assert any(clip * beats <= n.start < (clip + 1) * beats for n in notes), f"clip {clip} is silent"


def test_figures_are_repeatable() -> None:
    for style in STYLES:
        song = song_of(style, style.beats[0], 2)
        for voice in style.section:
            first, second = (voice.figures[0](np.random.default_rng(3), song, voice.low, voice.high) for _ in range(2))
            assert first == second


def test_the_table_is_sound() -> None:
    assert len(BY_NAME) == len(STYLES)
    for style in STYLES:
        assert set(style.beats) <= set(BEAT_COUNTS) and style.meter in (2, 3, 4)
        assert all(beats % style.meter in (0, 2) for beats in style.beats)
        assert style.leads and style.synonyms and style.adjectives


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ["house", "techno", "disco"])
def test_four_on_the_floor(name: str, seed: int) -> None:
    song, notes = section_notes(name, 0, clips=2, seed=seed)
    assert starts(notes, r.KICK) == {float(b) for b in range(song.beats)}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ["house", "disco"])
def test_open_hats_off_the_beat(name: str, seed: int) -> None:
    song, notes = section_notes(name, 0, seed=seed)
    assert starts(notes, r.OPEN_HAT) == {b + 0.5 for b in range(song.beats)}


@pytest.mark.parametrize("seed", range(5))
def test_reggae_drops_the_one(seed: int) -> None:
    song, notes = section_notes("reggae", 0, 6, 2, seed)
    assert not starts(notes, r.KICK) & {b.start for b in song.bars}
    assert {b.start + 1 for b in song.bars} <= starts(notes, r.KICK)
    _, chop = section_notes("reggae", 2, 6, 2, seed)
    assert all(n.start % 1 >= 0.5 for n in chop)


@pytest.mark.parametrize("seed", range(5))
def test_waltz_bass_on_one_and_chords_on_two_and_three(seed: int) -> None:
    song, bass = section_notes("waltz", 0, 12, 2, seed)
    assert starts(bass) == set() and {n.start for n in bass} == {float(b) for b in range(0, song.beats, 3)}
    _, chords = section_notes("waltz", 1, 12, 2, seed)
    assert {n.start % 3 for n in chords} == {1.0, 2.0}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ["funk", "rock", "hip hop", "blues"])
def test_back_beat(name: str, seed: int) -> None:
    song, notes = section_notes(name, 0, 8, 2, seed)
    loud = {n.start for n in notes if n.pitch == r.SNARE and n.velocity > 85}
    assert loud == {b.start + k for b in song.bars for k in (1.0, 3.0)}


def test_bossa_clave_swing_and_gospel_claps() -> None:
    for seed in range(5):
        _, bossa = section_notes("bossa nova", 0, 8, seed=seed)
        claves = ((0, 0.75, 1.5, 2.5, 3.25), (0.5, 1.25, 2, 2.75, 3.5))
        assert starts(bossa, r.RIM) in [{s + b for b in (0, 4) for s in c} for c in claves]
        _, jazz = section_notes("jazz", 0, 8, seed=seed)
        assert {1.6667, 3.6667} <= starts(jazz, r.RIDE) and 0.5 not in starts(jazz, r.RIDE)
        _, gospel = section_notes("gospel", 0, 8, seed=seed)
        assert starts(gospel, r.CLAP) == {1.0, 3.0, 5.0, 7.0}


def test_salsa_clave_and_silent_downbeat_of_the_bass() -> None:
    song, bass = section_notes("salsa", 1, 8)
    assert not {n.start for n in bass} & {b.start for b in song.bars}
    _, percussion = section_notes("salsa", 0, 8)
    assert len(starts(percussion, r.CLAVES)) == 10


def test_the_arabic_players_share_a_tune() -> None:
    song, plain = section_notes("arabic", 1, 8)
    _, ornamented = section_notes("arabic", 2, 8)
    classes = {(song.key + s) % 12 for s in song.scale}
    assert {n.pitch % 12 for n in plain} <= classes
    assert {n.start for n in plain if n.velocity > 95} & {n.start for n in ornamented}
