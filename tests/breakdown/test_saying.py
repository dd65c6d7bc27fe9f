"""Who says what."""

from __future__ import annotations

from tests.breakdown.scripts import ALL, scenes

from scorestage.breakdown import said_in, speakers_of
from scorestage.timebase import FilmRange, FilmTime


def at(first: int, last: int) -> FilmRange:
    return FilmRange(FilmTime(first), FilmTime(last))


def test_titles_get_their_speakers() -> None:
    lines = [line for scene in scenes(*ALL) for line in scene.spoken]
    titles = [
        "Who is there",
        "catch me, if you can",
        "old man",
        "She’s going down!",
        "[wind howls]",
    ]
    found = speakers_of([(at(n, n + 1), words) for n, words in enumerate(titles)], lines)
    assert found == ("WICK", "MIRA", "MIRA", "MATE", "")


def test_lines_go_on_the_stretches_in_order() -> None:
    lines = scenes(ALL[2])[0].spoken
    found = said_in(at(0, 60), [at(10, 14), at(30, 34), at(70, 80)], lines)
    assert [(one.at, one.who) for one in found] == [(at(10, 14), "CAPTAIN"), (at(30, 34), "MATE")]
    assert said_in(at(0, 5), [at(10, 14)], lines) == ()
