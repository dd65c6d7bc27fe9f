"""Which printed lines of a part changed, read from the bar numbers on its pages."""

from __future__ import annotations

from scorestage.engraving.setcheck import PageFacts, Piece
from scorestage.engraving.strips import (
    BarFace,
    PrintedSystem,
    line_starts,
    placed_bars,
    printed_systems,
    strip_plans,
)

LABELS = [str(bar) for bar in range(1, 13)]
LINES = (PrintedSystem(1, 1, 0, 4), PrintedSystem(1, 2, 4, 8), PrintedSystem(2, 1, 8, 12))
OLD = [BarFace(label, "x") for label in LABELS]


def number(text: str, left: float, bottom: float, high: float = 8.0) -> Piece:
    return Piece(text, left, bottom, left + 10, bottom + high, bold=True)


def test_lines_are_read_from_bar_numbers_and_other_figures_are_not() -> None:
    first = PageFacts(
        600,
        800,
        (
            number("9", 20, 700),  # a rehearsal mark, or the click: out of order
            *(number(str(bar), 50 * bar, 600 + 0.3 * (bar % 2)) for bar in (1, 2)),
            number("3–4", 200, 600),
            number("6", 40, 480, high=20.0),  # a meter
            *(number(str(bar), 50 * bar, 400) for bar in (5, 6, 7, 8)),
        ),
    )
    second = PageFacts(600, 800, (number("9–12", 50, 600), number("Page", 50, 700)))
    assert printed_systems([first, second], LABELS) == LINES
    assert printed_systems([PageFacts(600, 800, ())], LABELS) == ()


def test_where_only_lines_are_numbered_bars_between_belong_to_the_line_before() -> None:
    page = PageFacts(600, 800, (number("1", 40, 600), number("5", 40, 500), number("9", 40, 400)))
    assert [(one.first, one.last) for one in printed_systems([page], LABELS)] == [
        (0, 4),
        (4, 8),
        (8, 12),
    ]


def test_no_change_is_no_strip() -> None:
    assert strip_plans(LINES, OLD, OLD) == ()
    slower = [BarFace(face.label, face.mark, "71") for face in OLD]
    assert strip_plans(LINES, OLD, slower) == ()


def test_bars_cut_across_two_lines_and_a_line_cut_whole() -> None:
    (first, second) = strip_plans(LINES, OLD, OLD[:3] + OLD[5:])
    assert (first.over.system, first.first, first.last) == (1, 0, 3)
    assert (second.over.system, second.first, second.last) == (2, 3, 6)
    (gone,) = strip_plans(LINES, OLD, OLD[:4] + OLD[8:])
    assert gone.over is LINES[1] and gone.first == gone.last


def test_bars_put_in_stand_on_the_line_before_and_a_crowded_line_is_broken() -> None:
    fresh = [BarFace(f"4{letter}", "y") for letter in "ABCDE"]
    new = OLD[:4] + fresh + OLD[4:]
    (plan,) = strip_plans(LINES, OLD, new)
    assert (plan.first, plan.last, plan.lines_at) == (0, 9, (5,))
    shares = placed_bars(LINES, OLD, new)
    assert shares == [(0, 9), (9, 13), (13, 17)]
    assert line_starts(shares, [plan]) == {0, 5, 9, 13}


def test_a_bar_put_in_before_the_first_stands_on_the_first_line() -> None:
    new = [BarFace("0A", "y"), *OLD]
    (plan,) = strip_plans(LINES, OLD, new)
    assert plan.over is LINES[0] and (plan.first, plan.last) == (0, 5)


def test_one_other_note_is_one_strip() -> None:
    new = [*OLD[:5], BarFace("6", "z"), *OLD[6:]]
    (plan,) = strip_plans(LINES, OLD, new)
    assert plan.over is LINES[1] and (plan.first, plan.last) == (4, 8)


def test_figures_of_one_line_stand_on_feet_that_differ() -> None:
    def number(text: str, left: float, bottom: float) -> Piece:
        return Piece(text, left, bottom, left + 8, 470, bold=True)

    low = [number("3", 50, 461.9), number("4", 250, 462.1), number("5", 450, 462.0)]
    high = [
        Piece(text, left, 600, left + 8, 608, bold=True) for text, left in (("1", 50), ("2", 99))
    ]
    page = PageFacts(600, 800, (*low, *high))
    told = printed_systems([page], ("1", "2", "3", "4", "5"))
    assert [(one.first, one.last) for one in told] == [(0, 2), (2, 5)]
