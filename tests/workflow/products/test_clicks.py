"""A cue's click files in the build: what they hold, where they lie, when they fade."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.judging import ears
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.store import write_bytes
from scorestage.builder import Output
from scorestage.errors import InputError
from scorestage.music import (
    Dynamic,
    DynamicMark,
    Family,
    Hairpin,
    Instrument,
    Line,
    Mark,
    MarkKind,
    Player,
    Score,
    Staff,
    Voice,
)
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.sync import SoftPassage
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter
from scorestage.workflow.click_alone import ClickWish, make_clicks
from scorestage.workflow.click_cue import one_cue
from scorestage.workflow.click_takes import SoundWish
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.products.clicks import (
    cue_strokes,
    last_attack,
    letters,
    soft_passages,
    write_cue_clicks,
)
from scorestage.workflow.products.cuefacts import facts_of

SIX = BarGrid.regular(6, Meter(4, 4))


def score(*dynamics: tuple[int, Dynamic], until: int = 21, hairpin: Hairpin | None = None) -> Score:
    """One player in quarters up to `until`, a letter at bar 3."""
    notes = tuple(Note(f"n{at}", Beat(at), Beats(1), (Pitch.parse("C4"),)) for at in range(until))
    marks = tuple(DynamicMark(Beat(at), dynamic) for at, dynamic in dynamics)
    pins = (hairpin,) if hairpin else ()
    instrument = Instrument("piano", "Piano", "Pno.", Family.KEYBOARD, None, None)
    player = Player("piano", "Piano", "Pno.", (instrument,))
    staff = Staff((Voice(notes),), dynamics=marks, hairpins=pins)
    letter = Mark(Beat(8), MarkKind.REHEARSAL, "A")
    return Score(SIX, (Line(player, (staff,)),), (letter,))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Six bars of 4/4 at 60 from 20 s; the last attack is the first beat of bar 6."""
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 44, title="Storm")
    write_map(job, cue, map_of_bars(FilmTime(20), bpm=60))
    music = score((0, Dynamic.F))
    write_bytes(job.folder.cue_folder(cue.id) / SCORE, write_score(music))
    return again(job)


def written(job: Job) -> dict[str, tuple[Output, Path]]:
    facts = facts_of(job, job.cues()[0])
    outputs = write_cue_clicks(job, facts, job.folder.build)
    return {one.path: (one, job.folder.build / one.path) for one in outputs}


def test_where_a_cue_s_clicks_lie(job: Job) -> None:
    found, folder = written(job), "cues/1m01/audio"
    assert [(path, one.kind, one.player) for path, (one, _) in found.items()] == [
        (f"{folder}/1m01_v1_click_01-00-11-00.wav", "click track", ""),
        (
            "cues/1m01/audio/sections/1m01_v1_click-rhythm_01-00-11-00.wav",
            "section click",
            "rhythm",
        ),
        ("cues/1m01/click/1m01_v1_click.mid", "MIDI click", ""),
        ("cues/1m01/click/1m01_v1_click.csv", "click list", ""),
        ("cues/1m01/click/1m01_v1_click.pdf", "click list", ""),
    ]
    sounds = [ears.read_sound(path) for one, path in found.values() if path.suffix == ".wav"]
    main, rhythm = (ears.clicks_of(one.mono, one.rate_hz) for one in sounds)
    assert [len(one.mono) for one in sounds] == [(44 + 6 - 11) * 48_000] * 2
    assert {one.stamp_samples for one in sounds} == {(3600 + 11) * 48_000}
    assert list(main) == [(1 + n) * 48_000 for n in range(8 + 21)]
    assert list(rhythm) == [48_000 + n * 24_000 for n in range(2 * 29 - 1)]


def test_the_stage_film_clicks_as_the_click_track_does(job: Job) -> None:
    facts = facts_of(job, job.cues()[0])
    strokes = cue_strokes(facts, score(until=5))
    assert strokes[-1].at == FilmTime(24)
    assert cue_strokes(facts, None)[-1].at == FilmTime(43)


def test_one_cue_is_made_as_asked(job: Job, tmp_path: Path) -> None:
    music, targets = one_cue(job.folder.root, ("1m01",), (tmp_path / "my.wav",))
    wish = ClickWish(count_offs=("four free to 3",), warning=4)
    told = make_clicks(music, wish, SoundWish(96_000, 16), targets)
    assert [Path(one["path"]).name for one in told["files"]] == ["my.wav", "my-4-free-to-3.wav"]
    sound = ears.read_sound(tmp_path / "my-4-free-to-3.wav")
    onsets = ears.clicks_of(sound.mono, 96_000) / 96_000 + sound.stamp_samples / 96_000 - 3600
    assert list(onsets) == [24 + n for n in range(4 + 13)]
    assert one_cue(job.folder.root, ("1m01",), ())[1] == ()
    music, targets = one_cue(job.folder.root, ("1m01",), (), everybody=False)
    told = make_clicks(music, ClickWish(count_offs=("8:5",)), SoundWish(), targets, everybody=False)
    folder = job.folder.build / "cues/1m01/audio/count-offs"
    assert [Path(one["path"]) for one in told["files"]] == [
        folder / "1m01_v1_click-8-free-to-5_01-00-27-00.wav"
    ]
    with pytest.raises(InputError, match="name one cue"):
        one_cue(job.folder.root, (), ())


def test_count_offs_asked_for_follow_the_map(job: Job) -> None:
    """None is left from an older map: the bar is later now, or is no more."""
    music, targets = one_cue(job.folder.root, ("1m01",), (), everybody=False)
    wish = ClickWish(count_offs=("8:5", "4:6"))
    make_clicks(music, wish, SoundWish(), targets, everybody=False)
    write_map(job, job.cues()[0], map_of_bars(FilmTime(22), bars=5, bpm=60))
    found = written(again(job))
    left = sorted(path.name for path in (job.folder.build / "cues/1m01/audio/count-offs").iterdir())
    assert left == ["1m01_v1_click-8-free-to-5_01-00-29-00.wav"]
    assert [one.player for one, _ in found.values() if one.kind == "count-off"] == ["8-free-to-5"]
    sound = ears.read_sound(next(path for _, path in found.values() if "free" in path.name))
    assert sound.stamp_samples == (3600 + 29) * 48_000
    assert ears.clicks_of(sound.mono, 48_000)[0] == 48_000


def test_letters_get_count_offs_where_the_house_wants_them() -> None:
    assert [one.name for one in letters(score(), 8)] == ["8-free-to-3"]
    assert letters(score(), 0) == ()


def test_soft_is_where_nobody_is_louder_than_p() -> None:
    music = score((0, Dynamic.MF), (4, Dynamic.P), (12, Dynamic.PP), (16, Dynamic.MP), until=24)
    assert soft_passages(music, Fraction(-6)) == (SoftPassage(Beat(4), Beat(16), Fraction(-6)),)
    assert soft_passages(music, Fraction(0)) == ()
    both = replace(music, lines=(*music.lines, *score((0, Dynamic.F), until=5).lines))
    assert soft_passages(both, Fraction(-6)) == (SoftPassage(Beat(8), Beat(16), Fraction(-6)),)


def test_a_crescendo_ends_softness() -> None:
    pin = Hairpin(Beat(4), Beat(8), opens=True)
    music = score((0, Dynamic.P), (8, Dynamic.F), until=24, hairpin=pin)
    assert soft_passages(music, Fraction(-6)) == (SoftPassage(Beat(0), Beat(4), Fraction(-6)),)


def test_silence_is_not_soft() -> None:
    music = score((0, Dynamic.P), until=4)
    assert [one.end for one in soft_passages(music, Fraction(-6))] == [Beat(4)]
    assert last_attack(music) == Beat(3)
