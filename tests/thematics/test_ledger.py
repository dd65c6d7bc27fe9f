"""The ledger of a made-up film, counted by hand."""

from __future__ import annotations

from fractions import Fraction

from scorestage.thematics.ledger import (
    LedgerTheme,
    Scope,
    Statement,
    droughts,
    keep_ledger,
    sounding_seconds,
)

CUES = [("1m01", Fraction(0)), ("1m02", Fraction(100)), ("2m03", Fraction(400)),
        ("2m04", Fraction(500))]  # fmt: skip


def _stated(cue: str, start: int, end: int, scope: Scope = Scope.WHOLE, *names: str) -> Statement:
    told = names or ("as is",)
    return Statement("love", cue, Fraction(start), Fraction(end), "1", told, 1.0, scope, "both")


def test_matrix_first_whole_and_drought() -> None:
    own = [
        _stated("2m03", 410, 430),
        _stated("1m01", 10, 14, Scope.HINT),
        _stated("1m02", 120, 140),
        _stated("1m02", 130, 150),
    ]
    ledger = keep_ledger([LedgerTheme("love", "Love", "the two")], CUES, Fraction(600), own)
    (story,) = ledger.themes
    assert story.cells == (1, 2, 1, 0)
    assert story.seconds == 4 + 30 + 20
    assert story.first is own[1]
    assert story.first_whole is own[2]
    assert story.hints_before == 1
    drought = story.longest_drought
    assert drought is not None
    assert (drought.start_seconds, drought.seconds) == (150, 260)
    assert (drought.after_cue, drought.before_cue) == ("1m02", "2m03")
    assert "hinted at once before it is first heard whole in 1m02" in story.notes
    assert "away for 4.3 min between 1m02 and 2m03" in story.notes


def test_the_end_of_the_film_counts_as_a_drought() -> None:
    own = [_stated("1m01", 10, 20)]
    assert [one.seconds for one in droughts(own, Fraction(100))] == [80]
    ledger = keep_ledger([LedgerTheme("love", "Love")], CUES, Fraction(600), own)
    assert any("not heard in the last" in note for note in ledger.themes[0].notes)
    assert any("incidental motif" in note for note in ledger.themes[0].notes)


def test_what_never_sounds_is_said() -> None:
    ledger = keep_ledger([LedgerTheme("love", "Love")], CUES, Fraction(600), [])
    assert ledger.themes[0].notes == ("never sounds",)
    assert ledger.themes[0].longest_drought is None


def test_overlapping_statements_are_counted_once() -> None:
    assert sounding_seconds([_stated("1m01", 0, 10), _stated("1m01", 5, 8)]) == 10


def test_a_quotation_and_a_change_of_mode_are_remarked() -> None:
    theme = LedgerTheme("one: love", "Love", from_film="Wick")
    own = [
        Statement("one: love", "1m01", Fraction(0), Fraction(9), "1", ("change of mode",), 0.9,
                  Scope.WHOLE, "recognition"),
    ]  # fmt: skip
    notes = keep_ledger([theme], CUES, Fraction(600), own).themes[0].notes
    assert notes[0] == "quoted from Wick, first in 1m01"
    assert "in the other mode in 1m01" in notes


def test_a_film_that_begins_at_its_first_hour_is_not_late() -> None:
    hour = 3600
    cues = [("1m01", Fraction(hour)), ("1m02", Fraction(hour + 100))]
    own = [_stated("1m01", hour + 2, hour + 20)]
    themes = [LedgerTheme("love", "Love", "the two")]
    end = Fraction(hour + 200)
    (story,) = keep_ledger(themes, cues, end, own, Fraction(hour)).themes
    assert not [note for note in story.notes if "late" in note]
    assert any("not heard in the last 3.0 min" in note for note in story.notes)
    (late,) = keep_ledger(themes, cues, end, [_stated("1m02", hour + 150, hour + 160)],
                          Fraction(hour)).themes  # fmt: skip
    assert "enters late: 75% of the film has passed" in late.notes
