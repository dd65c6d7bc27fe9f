"""Key switches, told or found, never reach the page; no music is taken for them."""

from __future__ import annotations

from fractions import Fraction

from tests.takedown.hands import tone, track

from scorestage.music import Technique
from scorestage.takedown import ControlLane, Playing, Switch, SwitchMap, without_switches

TUNE = [tone(at, 1, 67 + at % 5) for at in range(16)]
G3 = 55


def test_switches_are_found_below_the_range_and_apart() -> None:
    keys = [tone(0, "1/8", 24), tone(8, "1/8", 26)]
    heard = without_switches(track([*TUNE, *keys]), None, G3, 100)
    assert heard.found == ((24, 1), (26, 1)) and heard.switched == 2
    assert [one.key for one in heard.track.tones] == [one.key for one in TUNE]
    assert heard.playing_at(Fraction(0)).switch == 24
    assert heard.playing_at(Fraction(5)).switch == 26


def test_notes_just_out_of_range_are_music() -> None:
    low = track([*TUNE, tone(16, 1, 54), tone(17, 1, 53)])
    heard = without_switches(low, None, G3, 100)
    assert not heard.found and len(heard.track.tones) == 18


def test_where_the_range_is_not_known_nothing_is_taken() -> None:
    heard = without_switches(track([*TUNE, tone(0, "1/8", 12)]), None, None, None)
    assert not heard.found


def test_what_is_mostly_out_of_range_is_music() -> None:
    low = [tone(at, 1, 30 + at % 3) for at in range(12)]
    heard = without_switches(track([*low, tone(13, 1, 60)]), None, G3, 100)
    assert len(heard.track.tones) == 13


def test_told_switches_choose_by_key_velocity_and_controller() -> None:
    pizz, trem = Playing(Technique.PIZZICATO), Playing(tremolo=3)
    known = SwitchMap(
        "x",
        "x",
        (
            Switch(pizz, key=24, low=1, high=64),
            Switch(trem, key=24, low=65),
            Switch(Playing(), controller=32, low=1, high=1),
        ),
    )
    lane = ControlLane(32, ((Fraction(6), 1),))
    keys = [tone(0, "1/8", 24, 40), tone(8, "1/8", 24, 100)]
    heard = without_switches(track([*TUNE, *keys], lanes=(lane,)), known, G3, 100)
    ways = [heard.playing_at(one.start_seconds) for one in heard.track.tones]
    assert ways[:8] == [pizz] * 8 and ways[8:12] == [trem] * 4 and ways[12:] == [Playing()] * 4


def test_a_held_switch_counts_while_it_is_down() -> None:
    known = SwitchMap("x", "x", (Switch(Playing(tremolo=3), key=24, held=True),))
    heard = without_switches(track([*TUNE, tone(4, 4, 24)]), known, G3, 100)
    told = [heard.playing_at(one.start_seconds).tremolo for one in heard.track.tones]
    assert told == [0] * 4 + [3] * 4 + [0] * 8


def test_short_notes_under_an_unknown_switch_are_staccato() -> None:
    short = [tone(at, "1/8", 67) for at in range(8)]
    long = [tone(8 + at, 1, 67) for at in range(8)]
    keys = [tone(0, "1/8", 24), tone(8, "1/8", 25)]
    heard = without_switches(track([*short, *long, *keys]), None, G3, 100)
    assert heard.playing_at(Fraction(0)).staccato
    assert not heard.playing_at(Fraction(5)).staccato
