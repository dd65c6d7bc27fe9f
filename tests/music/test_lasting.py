"""Lines over notes and changes of instrument at a cut."""

from __future__ import annotations

from scorestage.music import Sign, StaffSign
from scorestage.music.lasting import closed_signs, put_back
from scorestage.timebase import Beat


def pedal(at: int, kind: str) -> StaffSign:
    inner = Sign("direction-type", inner=(Sign("pedal", "", (("type", kind),)),))
    return StaffSign(Beat(at), Sign("direction", inner=(inner,)))


def told(signs: tuple[StaffSign, ...]) -> list[tuple[str, str]]:
    return [
        (str(one.at.quarters), found.detail("type"))
        for one in signs
        if (found := one.sign.find("pedal")) is not None
    ]


def test_a_pedal_that_is_cut_begins_and_ends_at_the_cut() -> None:
    signs = (pedal(0, "start"), pedal(12, "stop"))
    assert told(closed_signs(signs, Beat(4), Beat(8))) == [("4", "start"), ("8", "stop")]
    assert told(closed_signs(signs, Beat(0), Beat(8))) == [("0", "start"), ("8", "stop")]
    assert told(closed_signs(signs, Beat(8), Beat(16))) == [("8", "start"), ("12", "stop")]
    assert told(closed_signs(signs, Beat(0), Beat(16))) == [("0", "start"), ("12", "stop")]
    assert closed_signs(signs, Beat(16), Beat(20)) == ()


def test_an_instrument_is_taken_back_behind_the_other_hand() -> None:
    zero, four, eight = Beat(0), Beat(4), Beat(8)
    runs = [(zero, four, False, zero), (four, eight, True, four), (eight, Beat(12), False, eight)]
    assert put_back((), ((four, "piccolo"),), runs, "flute") == (
        (four, "piccolo"),
        (eight, "flute"),
    )
    assert put_back(((zero, "piccolo"),), (), runs, "flute") == (
        (zero, "piccolo"),
        (four, "flute"),
        (eight, "piccolo"),
    )
