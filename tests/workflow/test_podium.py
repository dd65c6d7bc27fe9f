"""Click in, click out and streamers in the score, as the stage plans them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.engraving.small_cue import small_edition, small_map, small_score
from tests.small_project import again, cue_in, map_of_bars, small_project

from scorestage.adapters.catalogue import load_house
from scorestage.engraving import PodiumMark
from scorestage.engraving.mei.books import mei_score
from scorestage.engraving.scorepages import score_book
from scorestage.production import Cue, Hit, House
from scorestage.timebase import (
    FRAMES_24,
    Beat,
    Beats,
    FilmSpan,
    FilmTime,
    FreeBar,
    TempoMap,
)
from scorestage.workflow.podium import podium_marks

HITS = (
    Hit("door", FilmTime(25), "door slams", streamer=True),
    Hit("late", FilmTime("28.25"), "looks up"),
)


@pytest.fixture
def cue(tmp_path: Path) -> Cue:
    job = small_project(tmp_path / "wick")
    cue_in(job, 20, 32, hits=HITS)
    return again(job).cues()[0]


@pytest.fixture
def house() -> House:
    return load_house("london")


def with_free_bar() -> TempoMap:
    """Six bars of two seconds from 20 s, the third free and five seconds long."""
    plain = map_of_bars(FilmTime(20))
    free = FreeBar(Beat(8), Beats(4), FilmSpan(5))
    return replace(plain, events=(*plain.events, free))


def test_click_and_streamers_of_a_plain_cue(cue: Cue, house: House) -> None:
    found = podium_marks(map_of_bars(FilmTime(20)), cue, house, FRAMES_24, free=False)
    assert found == (
        PodiumMark(FilmTime(20), "CLICK IN, 8 free"),
        PodiumMark(FilmTime(25), "streamer 2.5″", streamer=True),
        PodiumMark(FilmTime(32), "CLICK OUT"),
        PodiumMark(FilmTime(32), "streamer 2.5″", streamer=True),
    )


def test_the_click_goes_out_for_a_free_bar_and_comes_back(cue: Cue, house: House) -> None:
    found = podium_marks(with_free_bar(), cue, house, FRAMES_24, free=False)
    clicks = [(mark.at.seconds, mark.words) for mark in found if not mark.streamer]
    assert clicks == [
        (20, "CLICK IN, 8 free"),
        (24, "CLICK OUT"),
        (29, "CLICK IN, 2 free"),
        (35, "CLICK OUT"),
    ]
    back = [mark.at.seconds for mark in found if mark.streamer]
    assert Fraction(29) in back


def test_in_free_timing_the_click_only_leads_in(cue: Cue, house: House) -> None:
    found = podium_marks(map_of_bars(FilmTime(20)), cue, house, FRAMES_24, free=True)
    assert [mark.words for mark in found if not mark.streamer] == ["8 free clicks, then CLICK OUT"]


def test_both_engravers_print_them_in_the_score_alone() -> None:
    tempo_map = small_map()
    marks = (
        PodiumMark(tempo_map.start, "CLICK IN, 8 free"),
        PodiumMark(tempo_map.end, "streamer 2″", streamer=True),
        PodiumMark(tempo_map.end + FilmSpan(9), "CLICK OUT"),
    )
    edition = replace(small_edition(), podium_marks=marks)
    source = score_book(small_score(), tempo_map, edition, "score")
    assert r'\click-mark "CLICK IN, 8 free"' in source and r'\streamer "streamer 2″"' in source
    assert "CLICK OUT" not in source  # it lies after the music
    mei = mei_score(small_score(), tempo_map, edition).mei
    assert "CLICK IN, 8 free" in mei and "Streamer 2″" in mei
