"""What a cue must not do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.composing import craft
from tests.composing.cues import request

from scorestage.composing import compose
from scorestage.composing.idioms import idioms_at_hand
from scorestage.composing.limits import asked_mode, lowered, suited
from scorestage.composing.request import CueRequest
from scorestage.music import Dynamic, Pitch, PitchRange, Role
from scorestage.music.harmony import mode_family
from scorestage.production import Brief


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_players_are_not_asked_for_what_they_do_not_have(seed: int) -> None:
    compass = PitchRange(Pitch.parse("C3"), Pitch.parse("E5"))
    asked = replace(request(meters=("4/4",) * 20, seed=seed), compass=compass)
    for role, note in craft.all_notes(compose(asked).sketch):
        if role in (Role.MELODY, Role.HARMONY, Role.BASS) and note.origin != "rule:ring-off":
            assert all(compass.low.key <= p.key <= compass.high.key for p in note.sounding), note


def test_idioms_that_are_to_be_avoided_are_not_written() -> None:
    brief = Brief(avoid=("marches and ostinatos", "gallop"))
    for seed in range(1, 5):
        piece = compose(request(meters=("4/4",) * 24, tone=("heroic",), seed=seed, brief=brief))
        origins = {note.origin for _, note in craft.all_notes(piece.sketch)}
        assert not origins & {"rule:march", "rule:ostinato", "rule:gallop"}
        assert piece.remarks == ()


def test_loudness_and_modes_can_be_avoided() -> None:
    brief = Brief(avoid=("anything loud", "minor"))
    asked = request("suspense", meters=("4/4",) * 24, tone=("chase",), brief=brief)
    narrowed, _ = suited(asked, idioms_at_hand())
    assert narrowed.style.loudest is Dynamic.MF
    assert all("minor" not in mode for mode in narrowed.style.modes)


def test_what_nobody_understands_is_told() -> None:
    piece = compose(request(brief=Brief(avoid=("the zorgon effect",))))
    assert any("zorgon" in remark for remark in piece.remarks)


@pytest.mark.parametrize(
    ("phrase", "mode", "kept"),
    [
        ("nothing happy", "major", False),
        ("cheerful", "major", False),
        ("gloomy music", "minor", False),
        ("gloomy music", "major", True),
        ("happy", "minor", True),
    ],
)
def test_a_mode_is_avoided_by_its_mood_too(phrase: str, mode: str, kept: bool) -> None:
    asked, _ = suited(request(brief=Brief(avoid=(phrase,))), idioms_at_hand())
    assert (mode_family(asked_mode(asked, mode)) == mode) is kept


def test_the_high_pedal_heeds_what_is_to_be_avoided_and_the_players() -> None:
    plain = request(meters=("4/4",) * 16, tension="0:00=10")
    to_e5 = PitchRange(Pitch.parse("C2"), Pitch.parse("E5"))

    def pedals(asked: CueRequest) -> list[str]:
        notes = craft.all_notes(compose(asked).sketch)
        return [note.origin for _, note in notes if note.origin == "rule:high-pedal"]

    assert pedals(plain)
    for word in ("anything high", "shrill", "piercing sounds", "dissonance"):
        assert not pedals(replace(plain, brief=Brief(avoid=(word,)))), word
    assert not pedals(replace(plain, compass=to_e5))
    wide = PitchRange(Pitch.parse("C2"), Pitch.parse("C8"))
    assert pedals(replace(plain, compass=wide)) == pedals(plain)


def test_a_register_is_lowered_as_far_as_the_players_reach() -> None:
    asked = request("expressionist")  # G3 to C6
    own = lowered(asked, 9).style.melody
    assert (own.low.key, own.high.key) == (46, 75)
    flutes = replace(asked, compass=PitchRange(Pitch.parse("C4"), Pitch.parse("C7")))
    cut = lowered(flutes, 9).style.melody
    assert (cut.low.key, cut.high.key) == (60, 75)
