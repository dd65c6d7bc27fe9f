"""The reading of a film as a picture: every lane stands at its moment, in a row or in many."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from tests.small_film import CUTS, small_film

from scorestage.adapters.formats.drawing import Drawing, Mark, Photo, Stroke, Words
from scorestage.errors import InputError
from scorestage.spotting import MomentKind
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.analyse import Analysis, analyse_film, draw_analysis
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.reading_strip import LEFT_PX, StripFilm, _row_seconds, strip_of
from scorestage.workflow.spot import draw_spotting, spot_film
from scorestage.workflow.strip_lanes import INK, Part


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    film = small_film(tmp_path_factory.mktemp("film") / "film.mp4")
    return analyse_film(film, lambda share, name: None)


def drawn(analysis: Analysis) -> Drawing:
    return strip_of(StripFilm(analysis.film, analysis.facts, analysis.footage, analysis.moments))


def words(marks: tuple[Mark, ...]) -> list[str]:
    return [one.text for one in marks if isinstance(one, Words)]


def test_cuts_stand_at_their_frames(analysis: Analysis) -> None:
    drawing = drawn(analysis)
    per_second = (1600 - LEFT_PX - 24) / 15
    ticks = [
        one.points[0][0]
        for one in drawing.marks
        if isinstance(one, Stroke) and one.ink == INK and one.points[0][0] == one.points[1][0]
    ]
    cuts = [float(one.at.seconds) for one in analysis.moments if one.kind is MomentKind.CUT]
    assert [at * 24 for at in cuts[:2]] == [*CUTS[:2]]
    assert ticks == pytest.approx([LEFT_PX + at * per_second for at in cuts], abs=0.1)


def test_lanes_and_timecode_are_named(analysis: Analysis) -> None:
    told = words(drawn(analysis).marks)
    assert {"scenes", "shots", "dialogue", "music", "room for music", "tension"} <= {*told}
    assert "01:00:00:00" in told and "01:00:01:00" in told
    assert "cues" not in told


def test_pictures_lie_side_by_side(analysis: Analysis) -> None:
    photos = [one for one in drawn(analysis).marks if isinstance(one, Photo)]
    assert photos[0].left_px == LEFT_PX
    for one, following in pairwise(photos):
        assert following.left_px == pytest.approx(one.left_px + one.shown_px)
    assert photos[-1].left_px + photos[-1].shown_px == pytest.approx(1600 - 24, abs=1)


@pytest.mark.parametrize(
    ("whole", "row"), [(15, 15), (150, 150), (600, 120), (1440, 120), (7200, 600), (21600, 1800)]
)
def test_long_films_take_several_rows(whole: float, row: float) -> None:
    assert _row_seconds(whole) == row
    assert whole / row <= 12


def test_what_lies_outside_a_row_is_not_drawn_there() -> None:
    part = Part(10.0, 20.0, 100.0, 50.0)
    assert part.span(FilmRange(FilmTime(0), FilmTime(10))) is None
    assert part.span(FilmRange(FilmTime(8), FilmTime(12))) == (100.0, 100.0)
    assert part.span(FilmRange(FilmTime(19), FilmTime(25))) == (550.0, 50.0)
    assert part.seconds_at(part.x(13.5)) == pytest.approx(13.5)


def test_pictures_of_other_kinds_are_refused(analysis: Analysis, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no kind of picture"):
        draw_analysis(analysis, tmp_path / "strip.gif")
    draw_analysis(analysis, tmp_path / "strip.png")
    assert (tmp_path / "strip.png").read_bytes().startswith(b"\x89PNG")


def test_cues_of_a_project_are_shown(analysis: Analysis, tmp_path: Path) -> None:
    new_project(tmp_path / "project", Beginning(picture=analysis.film))
    job = spot_film(Job.open(tmp_path / "project")).job
    draw_spotting(job, tmp_path / "strip.svg")
    svg = (tmp_path / "strip.svg").read_text()
    assert all(cue.number in svg for cue in job.cues()) and ">cues<" in svg
