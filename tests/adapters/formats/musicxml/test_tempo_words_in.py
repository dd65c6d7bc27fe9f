"""Tempo words over every staff, and beside metronome marks."""

from __future__ import annotations

from itertools import product

import pytest
from tests.adapters.formats.musicxml.test_score_in import HEAD, direction, note

from scorestage.adapters.formats.musicxml import ReadScore, read_score
from scorestage.music import MarkKind

TEMPO = direction(
    "<metronome><beat-unit>quarter</beat-unit><per-minute>76</per-minute></metronome>"
)


def score_of(*parts: str) -> ReadScore:
    """Players of one bar each, with what stands before its note."""
    listed = "".join(
        f"<score-part id='P{at}'><part-name>Violin {at}</part-name></score-part>"
        for at in range(len(parts))
    )
    told = "".join(
        f"<part id='P{at}'><measure number='1'>{HEAD}{before}{note('C5', 8)}</measure></part>"
        for at, before in enumerate(parts)
    )
    return read_score(
        f"<score-partwise><part-list>{listed}</part-list>{told}</score-partwise>".encode()
    )


def told(read: ReadScore) -> tuple[list[str], list[list[str]]]:
    """The words for everybody, and those of each player."""
    marks = [mark.text for mark in read.score.marks if mark.kind is MarkKind.TEXT]
    own = [[words.text for words in line.staves[0].words] for line in read.score.lines]
    return marks, own


def words(text: str) -> str:
    return direction(f"<words>{text}</words>")


@pytest.mark.parametrize("told_by_all", ["Like a storm", "Slow", "dolce"])
def test_what_every_staff_says_at_a_tempo_is_said_once(told_by_all: str) -> None:
    read = score_of(words(told_by_all) + TEMPO, words(told_by_all), words(told_by_all))
    assert told(read) == ([told_by_all], [[], [], []])


@pytest.mark.parametrize(
    ("text", "order"), product(["Allegro con brio", "[Andante]", "Ziemlich schnell"], [0, 1])
)
def test_tempo_words_beside_a_metronome_mark_are_for_all(text: str, order: int) -> None:
    both = words(text) + TEMPO if order else TEMPO + words(text)
    assert told(score_of(both, "", "")) == ([text], [[], [], []])


def test_words_of_one_player_stay_with_him() -> None:
    assert told(score_of(words("dolce") + TEMPO, "", "")) == ([], [["dolce"], [], []])
    no_tempo = score_of(*[words("cresc.")] * 3)
    assert told(no_tempo) == ([], [["cresc."]] * 3)
    assert told(score_of(words("Slow"), "", "")) == ([], [["Slow"], [], []])
