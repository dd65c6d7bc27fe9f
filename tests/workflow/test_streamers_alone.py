"""Streamers without a project: what is read, what is refused, what is answered."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_film import small_film

from scorestage.errors import ScorestageError
from scorestage.timebase import FRAMES_24, FRAMES_29_97, BarGrid, FilmTime, Meter, Tempo, TempoMap
from scorestage.workflow.fit_answers import tell_tempos
from scorestage.workflow.stage_wish import StageWish
from scorestage.workflow.streamers_alone import AloneFiles, plan_alone, tell_alone
from scorestage.workflow.tell import tell_moment


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_film(tmp_path_factory.mktemp("film") / "film.mp4")


def _hits(folder: Path, text: str) -> Path:
    path = folder / "hits.csv"
    path.write_text(text, encoding="utf-8")
    return path


def map_file(path: Path, tempo_map: TempoMap) -> Path:
    """A map as a fit answers it."""
    bars = [
        {
            "bar": str(bar.label),
            "bar_index": index,
            "meter": str(bar.meter),
            **tell_moment("at", tempo_map.time_at(tempo_map.grid.starts[index])),
        }
        for index, bar in enumerate(tempo_map.grid.bars)
    ]
    answer = {"candidates": [{"name": "x", "bars": bars, "tempos": tell_tempos(tempo_map)}]}
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


def test_hits_are_read_however_they_are_written(film: Path, tmp_path: Path) -> None:
    listed = _hits(tmp_path, "id,at\nseconds,2.5\ntimecode,01:00:05:00\nfeet,11+04\n")
    answer = tell_alone(plan_alone(AloneFiles(film, listed), StageWish()))
    assert [(one["id"], one["hits_frame"]) for one in answer["streamers"]] == [
        ("seconds", 60),
        ("timecode", 120),
        ("feet", 180),
    ]
    one = answer["streamers"][0]
    assert (one["starts_frame"], one["hits_timecode"]) == (12, "01:00:02:12")
    assert (one["seconds"], one["length"], one["length_frames"]) == ("2", "2 s", 48)
    assert (one["colour"], one["colour_rgb"]) == ("white", "#f4f4f0")
    assert one["hits_at_seconds"] == "5/2"
    assert answer["punches"][0]["frames"] == [60, 61]
    assert answer["flutters"] == []
    assert (answer["start_timecode"], answer["frames"], answer["rate"]) == (
        "01:00:00:00",
        360,
        "24",
    )


def test_only_flagged_hits_get_one_where_some_are_flagged(film: Path, tmp_path: Path) -> None:
    listed = _hits(tmp_path, "id,at,streamer\na,3,yes\nb,6,\nc,9,no\n")
    planned = plan_alone(AloneFiles(film, listed), StageWish())
    assert [one.id for one in planned.plan.streamers] == ["a"]
    assert planned.notes == ("2 hits are not flagged for a streamer",)


def test_with_a_map_come_the_colours_of_the_stage_and_bars(film: Path, tmp_path: Path) -> None:
    music = TempoMap.steady(FilmTime(7), Tempo(120), BarGrid.regular(3, Meter(4, 4)))
    files = AloneFiles(film, _hits(tmp_path, "id,at\na,10\n"), map_file(tmp_path / "m.json", music))
    answer = tell_alone(plan_alone(files, StageWish(flutters="bars", length="4 beats")))
    assert [(one["id"], one["colour"], one["hits_frame"]) for one in answer["streamers"]] == [
        ("warning", "yellow", 72),
        ("downbeat", "green", 168),
        ("a", "white", 240),
        ("cut-off", "red", 312),
    ]
    assert {one["length_frames"] for one in answer["streamers"]} == {48}
    assert [one["marks"] for one in answer["flutters"]] == ["bar 2", "bar 3"]
    assert answer["flutters"][0]["frames"] == [212, 214, 216, 218, 220]


def test_the_start_said_goes_before_the_files_own(film: Path, tmp_path: Path) -> None:
    listed = _hits(tmp_path, "id,at\na,10:00:05:00\n")
    answer = tell_alone(plan_alone(AloneFiles(film, listed, start="10:00:00:00"), StageWish()))
    assert answer["streamers"][0]["hits_frame"] == 120
    assert answer["start_timecode"] == "10:00:00:00"


def test_a_semicolon_means_drop_frame_where_the_film_does_not_say(tmp_path: Path) -> None:
    from tests.drawn_clips import cut, film_of, scene

    film = film_of(tmp_path / "ntsc.mp4", cut((scene(1), 100)), rate=FRAMES_29_97)
    listed = _hits(tmp_path, "id,at\na,00:00:02;15\n")
    answer = tell_alone(plan_alone(AloneFiles(film, listed), StageWish()))
    assert (answer["rate"], answer["streamers"][0]["hits_frame"]) == ("29.97 drop", 75)
    plain = tell_alone(plan_alone(AloneFiles(film, listed, rate="29.97df"), StageWish()))
    assert plain["streamers"] == answer["streamers"]


def test_streamers_that_begin_before_the_film_are_told(film: Path, tmp_path: Path) -> None:
    listed = _hits(tmp_path, "id,at\na,1\n")
    (told,) = tell_alone(plan_alone(AloneFiles(film, listed), StageWish()))["warnings"]
    assert (told["trouble"], told["first"], told["frames"]) == ("cut short", "a", 24)


def test_the_stop_clock_starts_where_it_is_wished(film: Path, tmp_path: Path) -> None:
    listed = _hits(tmp_path, "id,at\na,5\n")
    clock = plan_alone(AloneFiles(film, listed), StageWish(zero="01:00:05:00")).film.clock
    assert clock.readings(120).stop_clock == "0:00.0"
    assert clock.readings(108).stop_clock == "-0:00.5"
    assert clock.readings(0).counter is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "id,at\na,01:00:20:00\n",
            r"hits.csv, line 2.*outside the film.*01:00:00:00 to 01:00:14:23",
        ),
        ("id,at\na,00:00:05:00\n", "outside the film"),
        ("id,at\na,-1\n", "outside the film"),
        ("id,at\na,nan\n", "no moment"),
        ("id,at\n", "no hit"),
        ("at\n5\n", "id"),
        ("id,at\na,01:00:05;00\n", "drop"),
    ],
)
def test_faults_of_the_list_name_the_line(film: Path, tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ScorestageError, match=told):
        plan_alone(AloneFiles(film, _hits(tmp_path, text)), StageWish())


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (StageWish(length="4 beats"), "need a tempo map"),
        (StageWish(flutters="bars"), "need a tempo map"),
        (StageWish(punches=4), "3, 5 or 7"),
        (StageWish(length="0"), "no length"),
        (StageWish(zero="noon"), "no moment"),
    ],
)
def test_wishes_that_cannot_be_are_refused(
    film: Path, tmp_path: Path, wish: StageWish, told: str
) -> None:
    with pytest.raises(ScorestageError, match=told):
        plan_alone(AloneFiles(film, _hits(tmp_path, "id,at\na,5\n")), wish)


def test_files_that_are_not_there_or_wrong_are_named(film: Path, tmp_path: Path) -> None:
    listed = _hits(tmp_path, "id,at\na,5\n")
    for files, told in (
        (AloneFiles(tmp_path / "none.mp4", listed), "no such film"),
        (AloneFiles(listed, listed), "not a film"),
        (AloneFiles(film), "nothing to aim at"),
        (AloneFiles(film, listed, tmp_path / "none.json"), "no such tempo map"),
        (AloneFiles(film, listed, listed.with_suffix(".xyz")), "no such tempo map"),
        (AloneFiles(film, listed, rate="25"), "runs at 24"),
        (AloneFiles(film, listed, start="01:00:00:99"), "--start"),
        (AloneFiles(film, listed, house="nowhere"), "nowhere"),
    ):
        with pytest.raises(ScorestageError, match=told):
            plan_alone(files, StageWish())


def test_a_film_is_not_written_over_itself(film: Path, tmp_path: Path) -> None:
    from scorestage.workflow.streamers_alone import write_alone

    before = film.read_bytes()
    planned = plan_alone(AloneFiles(film, _hits(tmp_path, "id,at\na,5\n")), StageWish())
    with pytest.raises(ScorestageError, match="over itself"):
        write_alone(planned, film)
    assert film.read_bytes() == before
    with pytest.raises(ScorestageError, match=r"not written as \.avi"):
        write_alone(planned, tmp_path / "out.avi")
    assert FRAMES_24.time_of(24).seconds == Fraction(1)
