"""Cues that are songs keep the song's bars, upbeat and tempos, from anywhere, for any length."""

from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project
from tests.songs.test_unrolling import bar
from tests.workflow.test_song_order import note, tempo, written

from scorestage.errors import InputError
from scorestage.music.holding import holds_of
from scorestage.production import Cue, Layer, WayOut
from scorestage.timebase import Beat, FilmSpan, FilmTime
from scorestage.workflow.compose import COMPOSE, map_of, read_sketch
from scorestage.workflow.fit import FIT, fit_cue
from scorestage.workflow.job import Job
from scorestage.workflow.song_sheets import SongWish
from scorestage.workflow.songs import add_song
from scorestage.workflow.sources import refresh

UPBEAT = (
    '<measure number="0" implicit="yes"><attributes><divisions>1</divisions><time><beats>4</beats>'
    f"<beat-type>4</beat-type></time></attributes>{tempo(120)}{note('The', length=1)}</measure>"
)
THREE = "<attributes><time><beats>3</beats><beat-type>4</beat-type></time></attributes>"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    made = small_project(tmp_path / "job")
    path = written(
        tmp_path,
        UPBEAT,
        bar(2, note=note("lamp")).replace('number="2"', 'number="1"'),
        bar(2, THREE, note=note("is", length=1) + note("low", length=2)),
        bar(3, tempo(60), note=note("and", length=1) + note("dim", length=2)),
    )
    add_song(made, path, SongWish(), "lamp")
    return again(made)


def song_cue(job: Job, start: int, end: int | str, **changes: object) -> tuple[Job, Cue]:
    name = cue_in(job, start, end, layer=Layer.SOURCE, song="lamp", **changes).number
    for source in (FIT, COMPOSE):
        refresh(again(job), again(job).cue(name), source)
    return again(job), again(job).cue(name)


def test_a_song_is_heard_in_its_own_bars_with_its_upbeat(job: Job) -> None:
    now, cue = song_cue(job, 20, 40)
    own = map_of(now, cue)
    assert [str(one.meter) for one in own.grid.bars[:3]] == ["4/4", "3/4", "3/4"]
    assert own.time_at(Beat(0) - own.grid.pickup) == FilmTime(20)
    assert own.start == FilmTime("20.5")
    assert own.time_at(Beat(7)).seconds == Fraction("20.5") + Fraction(7, 2)
    assert own.time_at(Beat(10)).seconds == 24 + 3
    strands = read_sketch(now, cue).strands
    first = min(one.onset for strand in strands for one in strand.staff.notes)
    assert first == Beat(-1)
    assert own.end >= FilmTime(40)
    last = max(one.end for strand in strands for one in strand.staff.notes)
    assert last == Beat(10)


def test_a_song_is_entered_in_the_middle_of_a_bar(job: Job) -> None:
    now, cue = song_cue(job, 20, "21.25", start_at="2:2")
    own = map_of(now, cue)
    assert (own.grid.pickup.quarters, str(own.grid.bars[0].label)) == (2, "3")
    assert own.time_at(Beat(-2)) == FilmTime(20)
    ends = [own.time_at(one.end) for s in read_sketch(now, cue).strands for one in s.staff.notes]
    assert max(ends) <= FilmTime("21.25")


def test_a_song_waits_at_its_fermatas_and_goes_on_behind_them(tmp_path: Path) -> None:
    made = small_project(tmp_path / "job")
    held = note("lamp").replace("</note>", "<notations><fermata/></notations></note>")
    path = written(
        *(tmp_path, bar(1, tempo(60), note=note("The"))),
        *(bar(2, note=held), bar(3, note=note("is")), bar(4, note=note("dim"))),
    )
    add_song(made, path, SongWish(), "lamp")
    now, cue = song_cue(again(made), 20, 44)
    own = map_of(now, cue)
    assert [own.time_at(Beat(at)).seconds for at in (0, 4, 8, 12)] == [20, 24, 32, 36]
    assert [(one.at, one.played) for one in holds_of(own)] == [(Beat(4), FilmSpan(8))]
    assert own.end >= FilmTime(44) and len(own.grid.bars) == 5
    entered, later = song_cue(now, 60, 72, start_at="2")
    there = map_of(entered, later)
    assert [there.time_at(Beat(at)).seconds for at in (0, 4)] == [60, 68]


def test_a_bar_that_the_song_has_not_is_told(job: Job) -> None:
    name = cue_in(job, 20, 40, layer=Layer.SOURCE, song="lamp", start_at="9").number
    with pytest.raises(InputError, match="no bar 9"):
        fit_cue(again(job), again(job).cue(name))


def test_another_tempo_bends_all_of_them_alike(job: Job) -> None:
    now, cue = song_cue(job, 20, 40, bpm_wish=Fraction(240))
    assert map_of(now, cue).time_at(Beat(10)).seconds == 20 + Fraction(7, 2)


@pytest.mark.parametrize("seconds", [3, 5, 8, 9, 14])
def test_a_button_is_never_far_from_its_tempo(tmp_path: Path, seconds: int) -> None:
    job = small_project(tmp_path / "wick")
    name = cue_in(job, 20, 20 + seconds, layer=Layer.SOURCE, way_out=WayOut.BUTTON).number
    (one,) = fit_cue(again(job), again(job).cue(name))
    plain = cue_in(job, 60, 100, layer=Layer.SOURCE).number
    (other,) = fit_cue(again(job), again(job).cue(plain))
    ratio = one.tempo_map.tempo_at(Beat(0)).bpm / other.tempo_map.tempo_at(Beat(0)).bpm
    assert one.tempo_map.end == FilmTime(20 + seconds)
    if seconds > 3:
        assert Fraction(2, 3) <= ratio <= Fraction(4, 3)
