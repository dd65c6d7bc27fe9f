"""The stop-clock sheet of a cue and of a map by itself."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map
from tests.workflow.test_streamers_alone import map_file

from scorestage.adapters.machines.pages import page_words
from scorestage.errors import ScorestageError
from scorestage.paperwork import ChosenBeats
from scorestage.production import CueTiming, Hit
from scorestage.timebase import BarGrid, FilmTime, Meter, Tempo, TempoMap
from scorestage.workflow.job import Job
from scorestage.workflow.products.stopclock import make_stop_clock, stop_clock
from scorestage.workflow.stop_clock import sheet_alone, sheet_of_cue, tell_sheet, write_sheet

HITS = (Hit("door", FilmTime(25), "door slams", streamer=True), Hit("late", FilmTime("28.25")))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32, title="Storm", hits=HITS, timing=CueTiming.FREE)
    write_map(job, cue, map_of_bars(FilmTime("20.5")))
    return again(job)


def test_a_cue_in_free_timing_gets_its_sheet(job: Job, tmp_path: Path) -> None:
    cue = job.cues()[0]
    (product,) = stop_clock(job, cue)
    assert product.kind == "stop clock"
    outputs = make_stop_clock(str(job.folder.root), str(tmp_path / "build"), cue.id)
    pdf, table = (tmp_path / "build" / one.path for one in outputs)
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == {
        "BAR": "1",
        "BEAT": "1",
        "CLOCK": "0:00.0",
        "THIRDS": ":00",
        "TIMECODE": "01:00:20:12",
        "FEET": "30+12",
        "COUNT": "4 beats in :02 (120)",
        "WHAT": "DOWNBEAT · green streamer",
    }
    assert [row["CLOCK"] for row in rows if row["BEAT"] == "1"] == [
        *("0:00.0", "0:02.0", "0:04.0", "0:06.0", "0:08.0", "0:10.0")
    ]
    hit = next(row for row in rows if "door" in row["WHAT"])
    assert (hit["BAR"], hit["BEAT"], hit["CLOCK"]) == ("3", "2", "0:04.5")
    assert hit["WHAT"] == "HIT  door slams · white streamer"
    assert rows[-1]["WHAT"] == "CUT-OFF · red streamer"
    assert "door slams" in " ".join(page_words(pdf))


def test_a_cue_with_a_click_gets_none_but_may_have_one_asked_for(job: Job) -> None:
    cue = cue_in(job, 40, 52, timing=CueTiming.CLICK)
    write_map(job, cue, map_of_bars(FilmTime(40)))
    job = again(job)
    assert stop_clock(job, job.cue(cue.id)) == ()
    assert len(sheet_of_cue(job, job.cue(cue.id)).rows) == 7


def test_chosen_beats(job: Job) -> None:
    cue = job.cues()[0]

    def places(text: str) -> list[str]:
        return [row.bar for row in sheet_of_cue(job, cue, ChosenBeats.parse(text)).rows]

    assert places("2") == ["1", "3", "5", "end"]
    assert places("hits") == ["1", "3", "4", "end"]
    assert places("tempos") == ["1", "end"]
    assert len(places("beats")) == 25


def test_a_hit_off_the_beat_keeps_its_own_moment(job: Job) -> None:
    rows = sheet_of_cue(job, job.cues()[0], ChosenBeats.parse("hits")).rows
    late = next(row for row in rows if row.words == ("HIT  late",))
    assert late.at == FilmTime("28.25") and late.clock == Fraction("7.75")
    assert late.beat == Fraction("4.5")


def test_a_sheet_without_a_project(tmp_path: Path) -> None:
    music = TempoMap.steady(FilmTime(10), Tempo(88), BarGrid.regular(8, Meter(4, 4)))
    tempo_map = map_file(tmp_path / "map.json", music)
    (tmp_path / "hits.csv").write_text("id,at,words\na,01:00:15:00,lightning\n")
    sheet = sheet_alone(tempo_map, tmp_path / "hits.csv", "24", "01:00:00:00", title="Storm")
    answer = tell_sheet(sheet)
    first = answer["rows"][0]
    assert first["count"] == "4 beats in :02⅔ (90) · 16 in :11"
    assert (first["clock_seconds"], first["timecode"]) == ("0", "01:00:10:00")
    bars = [row for row in answer["rows"] if row["beat"] == "1" and row["bar"] != "end"]
    exact = [Fraction(row["clock_seconds"]) for row in bars]
    assert exact == [Fraction(240 * number, 88) for number in range(8)]
    for row in answer["rows"]:
        minutes, seconds = row["clock_tenths"].split(":")
        read = 60 * int(minutes) + Fraction(seconds)
        assert abs(read - Fraction(row["clock_seconds"])) <= Fraction(1, 20)
    for name in ("sheet.pdf", "sheet.csv"):
        write_sheet(sheet, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 100


def test_faults_are_told(tmp_path: Path) -> None:
    music = TempoMap.steady(FilmTime(10), Tempo(88), BarGrid.regular(8, Meter(4, 4)))
    tempo_map = map_file(tmp_path / "map.json", music)
    (tmp_path / "hits.csv").write_text("id,at\na,500\n")
    with pytest.raises(ScorestageError, match=r"outside the cue.*a at 500.000 s \(01:08:20:00\)"):
        sheet_alone(tempo_map, tmp_path / "hits.csv", "24", "01:00:00:00")
    with pytest.raises(ScorestageError, match="no frame rate"):
        sheet_alone(tempo_map, None, "0x", "")
    with pytest.raises(ScorestageError, match="no such tempo map"):
        sheet_alone(tmp_path / "none.json", None, "24", "")
    with pytest.raises(ScorestageError, match=r"not written as \.doc"):
        write_sheet(sheet_alone(tempo_map, None, "24", ""), tmp_path / "sheet.doc")
    with pytest.raises(ScorestageError, match="clock cannot be read at"):
        ChosenBeats.parse("sometimes")
