"""Bars whose parts do not say the same length."""

from fractions import Fraction

import pytest
from tests.adapters.formats.musicxml_schema import faults
from tests.adapters.formats.score_facts import single

from scorestage.adapters.formats.musicxml import ReadScore, read_score, write_score
from scorestage.music import Note
from scorestage.timebase import Beat

TIME = (
    "<attributes><divisions>2</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
    "</attributes>"
)


def played(*eighths: int) -> str:
    return "".join(
        f"<note><pitch><step>C</step><octave>5</octave></pitch><duration>{one}</duration></note>"
        for one in eighths
    )


def silent(eighths: int) -> str:
    return f"<note><rest/><duration>{eighths}</duration></note>"


def score_of(*parts: list[str], implicit: int = -1) -> ReadScore:
    """Parts of measures; one measure may be marked as irregular."""
    listed, told = "", ""
    for number, measures in enumerate(parts, start=1):
        listed += f"<score-part id='P{number}'><part-name>Part {number}</part-name></score-part>"
        bars = "".join(
            f"<measure number='{at + 1}' implicit='{'yes' if at == implicit else 'no'}'>"
            f"{TIME if not at else ''}{inner}</measure>"
            for at, inner in enumerate(measures)
        )
        told += f"<part id='P{number}'>{bars}</part>"
    return read_score(
        f"<score-partwise><part-list>{listed}</part-list>{told}</score-partwise>".encode()
    )


def lengths(read: ReadScore) -> list[Fraction]:
    return [bar.meter.length.quarters for bar in read.score.grid.bars]


def test_a_short_bar_in_which_all_play_and_end_together_is_short() -> None:
    bars = [played(8), played(4, 2), played(8)]
    read = score_of(bars, bars)
    assert lengths(read) == [4, 3, 4]
    again = read_score(write_score(read.score, read.tempo_map))
    assert again.score == read.score


def test_a_short_bar_of_one_part_alone_is_filled_up() -> None:
    assert lengths(score_of([played(8), played(4), played(8)])) == [4, 4, 4]


@pytest.mark.parametrize("other", [played(8), played(4, 4), silent(8)])
def test_a_bar_is_as_long_as_another_part_has_it(other: str) -> None:
    bars = [played(8), played(4), played(8)]
    assert lengths(score_of(bars, bars, [played(8), other, played(8)])) == [4, 4, 4]


def test_whole_rests_say_nothing_of_a_bar_marked_as_irregular() -> None:
    bars = [played(8), played(2), played(8)]
    rests = [silent(8), silent(8), silent(8)]
    assert lengths(score_of(bars, bars, rests, implicit=1)) == [4, 1, 4]


def test_a_rest_too_long_makes_no_bar_longer_where_others_have_it_right() -> None:
    read = score_of([played(8), played(8), played(8)], [played(8), silent(16), played(8)])
    assert lengths(read) == [4, 4, 4]
    assert [note.onset for note in _notes(read)] == [Beat(0), Beat(8)]


def test_a_note_too_long_makes_its_bar_longer_for_all() -> None:
    read = score_of([played(8), played(8), played(8)], [played(8), played(10), played(8)])
    assert lengths(read) == [4, 5, 4]


def _notes(read: ReadScore) -> list[Note]:
    return [note for voice in read.score.lines[1].staves[0].voices for note in voice.notes]


def test_notes_before_the_divisions_are_counted_by_them() -> None:
    read = read_score(
        b"<score-partwise><part-list><score-part id='P1'><part-name>A</part-name></score-part>"
        b"</part-list><part id='P1'><measure number='1'><note><pitch><step>C</step>"
        b"<octave>5</octave></pitch><duration>8</duration></note><attributes>"
        b"<divisions>8</divisions><time><beats>2</beats><beat-type>4</beat-type></time>"
        b"</attributes><note><pitch><step>D</step><octave>5</octave></pitch>"
        b"<duration>8</duration></note></measure></part></score-partwise>"
    )
    assert [note.length.quarters for note in single(read.score).notes] == [1, 1]


def test_a_signature_after_an_odd_bar_comes_back_as_it_was() -> None:
    after = (
        "<attributes><time><beats>{}</beats><beat-type>{}</beat-type></time></attributes>"
        + played(6)
    )
    for beats, unit in ((3, 4), (6, 8)):
        bars = [played(8), played(6), after.format(beats, unit), played(6)]
        read = score_of(bars, bars)
        again = read_score(write_score(read.score, read.tempo_map))
        assert again.score == read.score
        third = read_score(write_score(again.score, again.tempo_map))
        assert third.score == read.score


def test_an_empty_accidental_is_no_sign() -> None:
    empty = played(8).replace("</duration>", "</duration><accidental/>")
    read = score_of([empty, played(8)])
    assert not faults(write_score(read.score, read.tempo_map))
