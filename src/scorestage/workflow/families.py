"""Players of anybody's file in the families of the orchestra, where the file itself tells none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scorestage.music import Instrument, Line, Player, Score
from scorestage.orchestration.checking.naming import named
from scorestage.workflow.check_alone import catalogue


def with_families(score: Score) -> Score:
    """The score with each player in the family that the name of the part means.

    A file that names no sound for a part tells nothing of its family, and many programs write a
    piano's MIDI program for all; brackets, tall signatures and cue notes go by the family. What
    transposes, which clefs and what is called how stay as the file has them.
    """
    if all(_told(line.player) for line in score.lines):
        return score
    known = catalogue()
    return replace(score, lines=tuple(_in_family(line, known) for line in score.lines))


def _told(player: Player) -> bool:
    return any(one.musicxml_sound or one.drums for one in player.instruments)


def _in_family(line: Line, known: Mapping[str, Instrument]) -> Line:
    if _told(line.player):
        return line
    player = line.player
    instruments = tuple(_meant(player, one, known) for one in player.instruments)
    return replace(line, player=replace(player, instruments=instruments))


def _meant(player: Player, one: Instrument, known: Mapping[str, Instrument]) -> Instrument:
    """The file's instrument with the family and the weight of the one its name means."""
    alone = len(player.instruments) == 1
    for name in (player.name, one.name) if alone else (one.name,):
        found = named(name, "", None, known)
        if found is not None:
            like = found.instrument
            return replace(one, family=like.family, weight_f=like.weight_f, weight_p=like.weight_p)
    return one
