"""Signs of a staff in LilyPond's words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.engraving.staffsigns import (
    SignPen,
    arrow_names,
    direction_text,
    harmony_text,
    harp_text,
    metronome_text,
)
from scorestage.music import Sign
from scorestage.music.written import WrittenBar
from scorestage.timebase import BarLabel, Beat, Beats, Meter


def _direction(name: str, text: str = "", inner: tuple[Sign, ...] = (), **details: str) -> Sign:
    told = {key.replace("_", "-"): value for key, value in details.items()}
    sign = Sign(name, text, tuple(told.items()), inner)
    return Sign("direction", inner=(Sign("direction-type", inner=(sign,)),))


def _told(pen: SignPen, *signs: Sign) -> list[str]:
    placed = tuple((Fraction(at), sign) for at, sign in enumerate(signs))
    bar = WrittenBar(0, BarLabel(1), Meter(4, 4), Beat(0), Beats(4), (), signs=placed)
    return [f"{one.before}|{one.after}" for one in pen.bar(bar)]


def test_a_pedal_goes_down_before_it_comes_up() -> None:
    pen = SignPen()
    kinds = ("stop", "start", "start", "change", "stop")
    assert _told(pen, *(_direction("pedal", type=kind) for kind in kinds)) == [
        "|",
        r"|\sustainOn",
        "|",
        r"|\sustainOff\sustainOn",
        r"|\sustainOff",
    ]


@pytest.mark.parametrize(
    ("size", "kind", "word"),
    [("8", "down", "1"), ("8", "up", "-1"), ("15", "down", "2"), ("5", "down", "1")],
)
def test_octave_lines(size: str, kind: str, word: str) -> None:
    told = _told(SignPen(), _direction("octave-shift", size=size, type=kind))
    assert told == [rf"\ottava #{word}|"]


def test_of_two_lines_at_once_one_is_drawn_and_ends() -> None:
    pen = SignPen()
    told = _told(
        pen,
        _direction("dashes", type="start", number="1"),
        _direction("bracket", type="start", number="2"),
        _direction("bracket", type="stop", number="2"),
        _direction("dashes", type="stop", number="1"),
    )
    assert told == [
        r"\once \override TextSpanner.style = #'dashed-line|\startTextSpan",
        r"|\stopTextSpan",
    ]
    assert pen.spans == set()


def test_a_bracket_that_ends_in_an_arrow_is_one() -> None:
    signs = [
        _direction("bracket", type="start", number="1", line_end="none"),
        _direction("bracket", type="stop", number="1", line_end="arrow"),
    ]
    assert arrow_names(signs) == {"bracket 1"}
    assert _told(SignPen(arrows=arrow_names(signs)), *signs)[0] == r"\arrowToCutOff|\startTextSpan"
    assert arrow_names(signs[:1]) == frozenset()


def test_no_text_becomes_code() -> None:
    (told,) = _told(SignPen(), _direction("other-direction", 'x" #(exit) \\'))
    assert told == r'|^\markup \words "x\" #(exit) \\"'


def test_harp_pedals_are_drawn_in_their_order() -> None:
    set_to = {"D": "-1", "C": "0", "B": "1", "A": "1"}
    inner = tuple(
        Sign("pedal-tuning", inner=(Sign("pedal-step", step), Sign("pedal-alter", alter)))
        for step, alter in set_to.items()
    )
    assert harp_text(Sign("harp-pedals", inner=inner)) == "^-v|---v"


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (Sign("string-mute", "", (("type", "off"),)), "senza sord."),
        (Sign("staff-divide"), "div."),
        (Sign("principal-voice", "H", (("type", "stop"),)), ""),
        (Sign("words", "dolce"), "dolce"),
    ],
)
def test_directions_in_words(sign: Sign, said: str) -> None:
    assert direction_text(sign) == said


def test_modulations_and_numerals_in_words() -> None:
    beats = (Sign("beat-unit", "eighth"), Sign("beat-unit-dot"), Sign("beat-unit", "quarter"))
    assert metronome_text(Sign("metronome", inner=beats)) == "dotted eighth = quarter"
    chord = Sign("harmony", inner=(Sign("function", "V"), Sign("kind", "dominant")))
    assert harmony_text(chord) == "V dominant"
