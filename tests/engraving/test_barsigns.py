"""Barlines of another person's file: kinds, repeats, neighbours joined."""

from scorestage.engraving.barsigns import bar_edges, lily_line, lines_between, mei_right
from scorestage.music import Note, Pitch, Sign, Staff, StaffSign, Voice
from scorestage.music.written import WrittenBar, write_out
from scorestage.timebase import BarGrid, Beat, Beats, Meter


def bars() -> tuple[WrittenBar, ...]:
    notes = tuple(
        Note(f"n{at}", Beat(at), Beats(4), (Pitch.parse("C4"),)) for at in range(0, 12, 4)
    )
    return write_out(Staff((Voice(notes),)), BarGrid.regular(3, Meter(4, 4))).bars


def barline(at: int, location: str, *inner: Sign) -> StaffSign:
    return StaffSign(Beat(at), Sign("barline", "", (("location", location),), inner))


def repeat(direction: str) -> Sign:
    return Sign("repeat", "", (("direction", direction),))


def test_two_repeats_at_one_line_are_one() -> None:
    signs = (barline(4, "right", repeat("backward")), barline(4, "left", repeat("forward")))
    lines = list(lines_between(bar_edges(signs, bars()), 3))
    assert [(one.place, lily_line(one), mei_right(one)) for one in lines] == [
        (1, ":..:", "rptboth")
    ]


def test_endings_say_their_words() -> None:
    start = Sign("ending", "", (("number", "1, 2"), ("type", "start")))
    stop = Sign("ending", "", (("number", "1, 2"), ("type", "stop")))
    signs = (barline(4, "left", start), barline(8, "right", stop, repeat("backward")))
    edge = bar_edges(signs, bars())[1]
    assert (edge.ending, edge.ends, edge.backward) == ("1, 2.", True, True)


def test_the_last_line_stands_after_all_bars() -> None:
    signs = (barline(12, "right", Sign("bar-style", "light-light")),)
    (line,) = lines_between(bar_edges(signs, bars()), 3)
    assert (line.place, lily_line(line)) == (3, "||")


def test_a_count_of_times_that_is_no_number_is_left_alone() -> None:
    odd = Sign("repeat", "", (("direction", "backward"), ("times", "²")))
    assert bar_edges((barline(4, "right", odd),), bars())[0].times == ""
