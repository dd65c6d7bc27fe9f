"""Sketch paper of cues and of maps by themselves, looked at as printed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map
from tests.workflow.test_streamers_alone import map_file

from scorestage.adapters.formats.pdf_sketch.plan import flag_left, flag_size, stacked
from scorestage.adapters.formats.pdf_sketch.sheet import Sheets
from scorestage.adapters.machines.pages import page_images, page_sizes_mm, page_words
from scorestage.engraving.sketchpaper import SketchWish
from scorestage.errors import InputError
from scorestage.production import Hit
from scorestage.timebase import FilmTime
from scorestage.workflow.job import Job
from scorestage.workflow.sketch_paper import (
    MapAlone,
    SheetWish,
    sketch_sheets_alone,
    sketch_sheets_of,
    tell_sketch_sheets,
    write_sketch_sheets,
)

HITS = (
    Hit("door", FilmTime(25), "door slams", weight=5, streamer=True),
    Hit("turn", FilmTime("25.5"), "she turns and sees the car that has followed her"),
    Hit("end", FilmTime("31.9"), "last look"),
)
PLAIN, SHEET = SketchWish(), SheetWish()


@pytest.fixture
def job(tmp_path: Path) -> Job:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32, title="Storm", hits=HITS)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    return again(job)


def test_the_paper_is_the_house_s_and_says_what_a_pencil_must_meet(
    job: Job, tmp_path: Path
) -> None:
    made = sketch_sheets_of(job, job.cues()[0], replace(PLAIN, timecode=True), SHEET)
    (file,) = write_sketch_sheets([made], tmp_path / "paper.pdf")
    assert page_sizes_mm(file)[0] == pytest.approx((279.4, 431.8), abs=0.1)
    words = " ".join(" ".join(page_words(file)).split())
    for told in ("1m01", "Storm", "door slams", "0:05.00", "01:00:22:00", "= 120", "streamer 2″"):
        assert told in words, told
    assert "cut-off" in words and "followed her" in words


def test_staves_are_as_many_and_as_high_as_wished(job: Job, tmp_path: Path) -> None:
    for count in (3, 4, 5, 6):
        wish = replace(PLAIN, staves=count)
        made = sketch_sheets_of(job, job.cues()[0], wish, SheetWish("a3", Fraction(8)))
        (file,) = write_sketch_sheets([made], tmp_path / f"paper{count}.pdf")
        image = np.asarray(page_images(file, dpi=200, pages=[0])[0].convert("L"))
        across = (image[:, 250:500] < 160).mean(axis=1) > 0.95
        starts = np.flatnonzero(across & ~np.roll(across, 1))
        head = 1  # the rule under the head of the page
        assert len(starts) - head == count * 5 * len(made.ruled.lines), count
        staff = (starts[head + 4] - starts[head]) / 200 * 25.4
        assert staff == pytest.approx(8, abs=0.2)


def test_words_of_hits_never_lie_over_one_another(job: Job, tmp_path: Path) -> None:
    close = tuple(Hit(f"h{n}", FilmTime(24 + Fraction(n, 4)), f"blow number {n}") for n in range(8))
    cue = replace(job.cues()[0], hits=close)
    made = sketch_sheets_of(job, cue, PLAIN, SHEET)
    (file,) = write_sketch_sheets([made], tmp_path / "paper.pdf")
    words = " ".join(page_words(file))
    assert all(f"blow number {n}" in words for n in range(8))
    sheets = Sheets(made.paper, "")
    flags = [flag for line in made.ruled.lines for flag in line.flags][:8]
    rows, high = stacked(sheets, flags, made.ruled.width_mm)
    boxes = []
    for flag, foot in rows:
        wide, tall = flag_size(sheets, flag)
        left = flag_left(flag, wide, made.ruled.width_mm)
        boxes.append((left, left + wide, foot, foot + tall))
    sheets.put_away()
    for index, (left, right, low, top) in enumerate(boxes):
        assert top <= high
        for other in boxes[index + 1 :]:
            apart = right <= other[0] or other[1] <= left or top <= other[2] or other[3] <= low
            assert apart


def test_a_cue_without_picture_has_paper_too(tmp_path: Path) -> None:
    job = small_project(tmp_path / "free", picture=False)
    cue = cue_in(job, 0, 12, title="Suite")
    write_map(job, cue, map_of_bars(FilmTime(0)))
    job = again(job)
    (file,) = write_sketch_sheets(
        [sketch_sheets_of(job, job.cues()[0], PLAIN, SHEET)], tmp_path / "out"
    )
    assert file.name == "1m01-sketch-paper.pdf"
    words = " ".join(page_words(file))
    assert "Suite" in words and "BAR 1 AT" not in words


def test_a_map_by_itself_has_paper_with_its_hits(tmp_path: Path) -> None:
    hits = tmp_path / "hits.csv"
    hits.write_text("id,at,words\nh1,01:00:23:00,door slams\n", encoding="utf-8")
    files = MapAlone(
        map_file(tmp_path / "map.json", map_of_bars(FilmTime(20))),
        hits,
        "24",
        "01:00:00:00",
        "Storm",
        "london",
    )
    made = sketch_sheets_alone(files, PLAIN, SHEET)
    told = tell_sketch_sheets(made)
    assert told["paper_mm"] == [297.0, 420.0] and told["staff_mm"] == 7.5
    flags = [hit for line in told["lines"] for hit in line["hits"]]
    assert any(hit["words"] == "door slams" for hit in flags)
    assert made.pdf().startswith(b"%PDF")


def test_what_is_no_paper_is_refused_and_nothing_written(job: Job, tmp_path: Path) -> None:
    cue = job.cues()[0]
    with pytest.raises(InputError, match="no paper"):
        sketch_sheets_of(job, cue, PLAIN, SheetWish("napkin"))
    with pytest.raises(InputError, match="by hand"):
        sketch_sheets_of(job, cue, PLAIN, SheetWish("", Fraction(2)))
    made = sketch_sheets_of(job, cue, PLAIN, SHEET)
    with pytest.raises(InputError, match=r"\.png"):
        write_sketch_sheets([made], tmp_path / "paper.png")
    with pytest.raises(InputError, match="each cue"):
        write_sketch_sheets([made, made], tmp_path / "paper.pdf")
    assert not list(tmp_path.glob("paper*"))
