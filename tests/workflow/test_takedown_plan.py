"""Whose tracks they are: mock-ups named, numbered, layered and put on channels as people do."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.takedown import ConductorTrack, Performance, PlayedTone, PlayedTrack
from scorestage.workflow.check_alone import catalogue
from scorestage.workflow.takedown_plan import Plan, plan_of

STEPS = tuple((at, 1.0, 60 + at % 5) for at in range(16))
Meant = tuple[tuple[float, float, int], ...]


def performed(*tracks: tuple[str, Meant], channels: tuple[int, ...] = ()) -> Plan:
    """Tracks of (name, notes): onset and length in seconds, key."""
    made = []
    for place, (name, notes) in enumerate(tracks):
        tones = tuple(
            PlayedTone(Fraction(at), Fraction(at + lasts), key, 80) for at, lasts, key in notes
        )
        channel = channels[place] if channels else place % 9
        made.append(PlayedTrack(name, place + 1, channel, tones, is_drums=channel == 9))
    conductor = ConductorTrack(((Fraction(0), Fraction(0), Fraction(120)),))
    return plan_of(Performance("", tuple(made), conductor), catalogue())


def seats(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The tracks of each player."""
    return {
        one.player.name: tuple(track.heard.track.name for track in one.tracks)
        for one in plan.players
    }


def moved(notes: Meant, later: float, keys: int, share: float = 1.0) -> Meant:
    return tuple((at + later, lasts * share, key + keys) for at, lasts, key in notes)


def test_two_that_play_against_each_other_are_two_however_they_are_played() -> None:
    plan = performed(("Horns Leg", STEPS), ("Horns Stac", moved(STEPS, 0.5, -12, 0.25)))
    assert len(plan.players) == 2


def test_ways_of_playing_that_take_turns_or_are_layered_are_one() -> None:
    turns = performed(("Horns Leg", STEPS), ("Horns Stac", moved(STEPS, 16, 0, 0.25)))
    layered = performed(("Horns Leg", STEPS), ("Horns Stac", moved(STEPS, 0.02, 0, 0.25)))
    assert len(turns.players) == len(layered.players) == 1


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("1. Horn", "2. Horn", "3. Horn"), {"1. Horn", "2. Horn", "3. Horn"}),
        (("1. Geige", "2. Geige", "Bratsche"), {"1. Geige", "2. Geige", "Bratsche"}),
        (("1 Flute", "2 Oboe", "3 Harp"), {"Flute", "Oboe", "Harp"}),
        (("01 Vln I leg", "02 Vln I pizz"), {"Vln I"}),
        (("V1", "V2", "Vla", "Basses"), {"Violins 1", "Violins 2", "Vla", "Double Basses"}),
        (("Soprano", "Bass", "Violin"), {"Soprano", "Bass", "Violin"}),
        (("Horns", "Horns a2 stac"), {"Horns"}),
        (("VnI", "VnII"), {"VnI", "VnII"}),
    ],
)
def test_numbers_of_tracks_and_of_players(names: tuple[str, ...], told: set[str]) -> None:
    tracks = tuple((name, moved(STEPS, 20.0 * at, 0)) for at, name in enumerate(names))
    assert set(seats(performed(*tracks))) == told


def test_a_cello_on_the_tenth_channel_is_a_cello_and_a_drum_kit_on_any_is_drums() -> None:
    plan = performed(("Cello", STEPS), ("Drum Kit", moved(STEPS, 0, -24)), channels=(9, 3))
    drums = {one.player.name: one.tracks[0].heard.track.is_drums for one in plan.players}
    assert drums == {"Cello": False, "Drum Kit": True}


def test_every_stroke_of_layered_drums_has_its_sound() -> None:
    one, other = tuple((at, 0.1, 36) for at in range(4)), tuple((at, 0.1, 42) for at in range(4, 8))
    plan = performed(("Drums", one), ("Drums", other), channels=(9, 9))
    (drums,) = plan.players
    assert {sound.id for sound in drums.player.instrument.drums} >= {"drum-36", "drum-42"}


def test_a_plucked_piano_has_no_pizzicato() -> None:
    plan = performed(("Plucked Piano", STEPS), ("Violin pizz", moved(STEPS, 0, 12)))
    ways = {one.player.instrument.id: one.tracks[0].playing.technique for one in plan.players}
    assert ways["piano"] is None
    assert ways["violin"] is not None
