"""Who of an ensemble plays: a cue may need fewer than the production has engaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from scorestage.errors import MusicError
from scorestage.music.instrument import Ensemble, Player


def subset(ensemble: Ensemble, wanted: Sequence[str]) -> Ensemble:
    """The ensemble with only those players whom `wanted` names; all of them where it is empty.

    A word is a player's id (`hn1`), a pattern of ids (`hn*`), a family (`strings`) or an
    instrument (`double-bass`); with `-` before it those players are left out. Words count in
    their order; if the first one leaves somebody out, all others play. The order of the score is
    kept. Raises `MusicError` for a word that fits nobody, and where nobody is left.
    """
    if not wanted:
        return ensemble
    chosen = {p.id for p in ensemble.players} if wanted[0].startswith("-") else set[str]()
    for word in wanted:
        meant = {p.id for p in ensemble.players if fits(p, word.removeprefix("-"))}
        if not meant:
            raise MusicError(
                f"nobody of the {ensemble.name} is called {word.removeprefix('-')!r}",
                do="name a player, a family or an instrument: " + ", ".join(_words(ensemble)),
            )
        chosen = chosen - meant if word.startswith("-") else chosen | meant
    if not chosen:
        raise MusicError(
            f"{' '.join(wanted)}: nobody of the {ensemble.name} is left", do="leave fewer out"
        )
    return replace(ensemble, players=tuple(p for p in ensemble.players if p.id in chosen))


def fits(player: Player, word: str) -> bool:
    """Whether a word names this player: id or pattern of ids, family, one of the instruments."""
    if fnmatchcase(player.id, word) or word == player.instrument.family:
        return True
    return any(one.id == word for one in player.instruments)


def _words(ensemble: Ensemble) -> tuple[str, ...]:
    families = dict.fromkeys(str(p.instrument.family) for p in ensemble.players)
    return (*families, *(p.id for p in ensemble.players))
