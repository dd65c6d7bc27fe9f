"""The dynamics of a line, drawn."""

from __future__ import annotations

import pytest
from tests.mockup.small_orchestra import (
    PIANIST,
    TRUMPET_1,
    PlainResponse,
    clock_of,
    note,
    score,
    staff,
)

from scorestage.mockup.dynamics import STEP_DB
from scorestage.mockup.perform import perform
from scorestage.mockup.performance import Curve
from scorestage.music import Line, Staff

RATE = 48_000


def _curve(played: Staff, player: object = TRUMPET_1) -> Curve:
    written = score(Line(player, (played,)))  # type: ignore[arg-type]
    (performance,) = perform(written, clock_of(written), PlainResponse())
    return performance.dynamics


def _at(curve: Curve, quarters: float) -> float:
    return curve.at(round((2 + quarters) * RATE))


def test_a_hairpin_rises_steadily_from_mark_to_mark() -> None:
    notes = [note(q, 1, "C5") for q in range(12)]
    curve = _curve(staff(*notes, dynamics={0: "p", 8: "f"}, hairpins=[(4, 8, True)]))
    levels = [_at(curve, q) for q in (4.0, 5.0, 6.0, 7.0, 8.0)]
    assert levels == sorted(levels)
    assert levels[-1] - levels[0] == pytest.approx(3 * STEP_DB, abs=0.3)


def test_a_sudden_change_is_over_before_the_note_starts() -> None:
    curve = _curve(staff(note(0, "1/2", "C5"), note(4, "1/2", "C5"), dynamics={0: "ff", 4: "p"}))
    assert _at(curve, 3.8) == pytest.approx(2 * STEP_DB)
    assert _at(curve, 3.94) == pytest.approx(-2 * STEP_DB, abs=0.2)  # 60 ms early


def test_long_notes_swell_and_are_laid_down() -> None:
    curve = _curve(staff(note(0, 4, "C5"), note(4, 4, "D5"), dynamics={0: "mf"}))
    assert _at(curve, 1.8) > _at(curve, 0.0) > _at(curve, 3.95)
    assert _at(curve, 4.0) == pytest.approx(_at(curve, 0.0))


def test_a_slurred_phrase_is_one_breath() -> None:
    notes = [note(q, 1, "C5") for q in range(4)]
    curve = _curve(staff(*notes, slurs=[(notes[0], notes[3])]))
    assert _at(curve, 1.8) - _at(curve, 0) == pytest.approx(1.3, abs=0.1)
    assert _at(curve, 1.0) > _at(curve, 0)


def test_struck_instruments_have_their_dynamics_in_the_strokes() -> None:
    assert _curve(staff(note(0, 4, "C4"), dynamics={0: "p"}), PIANIST) == Curve()
