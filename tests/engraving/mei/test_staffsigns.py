"""Signs of a staff as MEI tells them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.engraving.mei.staffsigns import harp_words, staff_signs
from scorestage.music import Sign
from scorestage.music.written import WrittenBar
from scorestage.timebase import BarLabel, Beat, Beats, Meter


def _told(sign: Sign, at: Fraction = Fraction(0)) -> str:
    signs = ((at, sign),)
    bar = WrittenBar(0, BarLabel(1), Meter(6, 8), Beat(0), Beats(3), (), signs=signs)
    return "".join(staff_signs(bar, 2, 1.0))


def _direction(name: str, text: str = "", inner: tuple[Sign, ...] = (), **details: str) -> Sign:
    sign = Sign(name, text, tuple(details.items()), inner)
    return Sign("direction", inner=(Sign("direction-type", inner=(sign,)),))


@pytest.mark.parametrize(("kind", "way"), [("start", "down"), ("change", "bounce"), ("stop", "up")])
def test_pedals(kind: str, way: str) -> None:
    told = _told(_direction("pedal", type=kind), Fraction(3, 2))
    assert told == f'<pedal dir="{way}" place="below" staff="2" tstamp="4"/>'


def test_jumps_dynamics_and_words() -> None:
    assert '<repeatMark func="coda"' in _told(_direction("coda"))
    loud = _direction("dynamics", inner=(Sign("f"), Sign("other-dynamics", "sub.")))
    assert _told(loud).startswith("<dynam ") and "f sub." in _told(loud)
    assert "senza sord." in _told(_direction("string-mute", type="off"))


@pytest.mark.parametrize("name", ["octave-shift", "dashes", "bracket"])
def test_spans_are_told_elsewhere_or_not_at_all(name: str) -> None:
    assert _told(_direction(name, type="start")) == ""


def test_a_sign_behind_the_bar_stands_at_its_end() -> None:
    assert 'tstamp="7"' in _told(_direction("coda"), Fraction(9))


def test_figures_from_the_top() -> None:
    figures = tuple(Sign("figure", inner=(Sign("figure-number", one),)) for one in "64")
    assert "<fb><f>6</f><f>4</f></fb>" in _told(Sign("figured-bass", inner=figures))


def test_harp_pedals_by_name() -> None:
    inner = tuple(
        Sign("pedal-tuning", inner=(Sign("pedal-step", step), Sign("pedal-alter", alter)))
        for step, alter in (("D", "-1"), ("C", "0"), ("E", "1"))
    )
    assert harp_words(Sign("harp-pedals", inner=inner)) == "D♭ C♮ E♯"
