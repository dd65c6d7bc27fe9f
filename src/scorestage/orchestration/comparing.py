"""Options of one score side by side: who plays, how thick, how balanced, how far apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import mean, median

from scorestage.music import Role, Score, Sketch
from scorestage.orchestration.balance import balance_of, tune_margins
from scorestage.orchestration.explaining import Account, Kind, account_of
from scorestage.orchestration.manners import MANNERS
from scorestage.orchestration.result import OrchestrationResult, Severity
from scorestage.orchestration.rivals import voice

_ROLES = (Role.MELODY, Role.HARMONY, Role.BASS)
_MOST_NAMED = 4
LEAST_APART = Fraction(2, 5)
"""In so many of its bars an option must have other carriers than each one before it."""


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One way of scoring: players and people it needs, carriers, density, balance, faults.

    `players_a_bar` are those who play in a bar, in the mean; `margin_db` is how far the tune stands
    over what goes with it, in the middle bar; `player_bars` people times the bars they play.
    `apart` are by option the share of bars in which at least half of all carriers are others.
    `not_offered` says why an option does not stand beside those before it, empty where it does:
    the ensemble has too few of what leads it, or fewer than two bars in five have other carriers.
    """

    option: str
    words: str
    players: int
    people: int
    tune: tuple[str, ...]
    harmony: tuple[str, ...]
    bass: tuple[str, ...]
    players_a_bar: float
    margin_db: float
    player_bars: int
    added: int
    faults: int
    apart: Mapping[str, Fraction]
    not_offered: str = ""

    @property
    def offered(self) -> bool:
        """Whether it is a choice of its own."""
        return not self.not_offered


def compared(sketch: Sketch, results: Mapping[str, OrchestrationResult]) -> tuple[OptionRow, ...]:
    """The options with what each needs, in the order given."""
    accounts = {name: account_of(sketch, one) for name, one in results.items()}
    carried = {name: carriers_by_bar(accounts[name], one.score) for name, one in results.items()}
    rows: list[OptionRow] = []
    for name, result in results.items():
        account, score = accounts[name], result.score
        margins = list(tune_margins(balance_of(account, score)).values())
        playing = _playing(account)
        people = {line.player.id: line.player.count for line in score.lines}
        busy = [line.player for line in score.lines if not line.is_silent]
        leads = {role: _named(account, score, role) for role in _ROLES}
        rows.append(
            OptionRow(
                name,
                MANNERS[name].words,
                len(busy),
                sum(player.count for player in busy),
                leads[Role.MELODY],
                leads[Role.HARMONY],
                leads[Role.BASS],
                round(mean(len(one) for one in playing), 1) if playing else 0.0,
                round(median(margins), 1) if margins else 0.0,
                sum(people[player] for bar in playing for player in bar),
                sum(one.kind not in (Kind.SKETCH, Kind.AGAIN) for one in account.played),
                sum(fault.severity is Severity.WRONG for fault in result.faults),
                {
                    other: bars_apart(carried[name], carried[other])
                    for other in results
                    if other != name
                },
            )
        )
        rows[-1] = replace(rows[-1], not_offered=_why_not(rows[-1], rows[:-1], result.score))
    return tuple(rows)


def _why_not(row: OptionRow, above: Sequence[OptionRow], score: Score) -> str:
    """Why an option is none beside those above it; empty where it is one."""
    lacking = MANNERS[row.option].lacks(line.player for line in score.lines)
    near = [(row.apart[one.option], one.option) for one in above if one.offered]
    share, other = min(near, default=(Fraction(1), ""))
    if not lacking and share < LEAST_APART:
        return f"only {float(share):.0%} of the bars have other carriers than in {other}"
    return lacking


Carriers = Mapping[tuple[int, Role], frozenset[str]]


def carriers_by_bar(account: Account, score: Score) -> Carriers:
    """By bar and role the instruments that carry or double most of its notes there."""
    voices = {line.player.id: voice(line.player) for line in score.lines}
    wanted: Counter[tuple[int, Role]] = Counter()
    heard: dict[tuple[int, Role], Counter[str]] = {}
    for one in account.notes:
        role = Role.HARMONY if one.role is Role.RHYTHM else one.role
        place = account.grid.index_at(one.at), role
        if role not in _ROLES:
            continue
        wanted[place] += 1
        names = {voices[account.played[index].player] for index in one.played}
        heard.setdefault(place, Counter()).update(names)
    least = {place: max(1, count // 4) for place, count in wanted.items()}
    return {
        place: frozenset(name for name, count in found.items() if count >= least[place])
        for place, found in heard.items()
    }


def bars_apart(one: Carriers, other: Carriers) -> Fraction:
    """The share of bars in which at least half of all carriers carry a line in one of them only."""
    bars = {bar for bar, _ in (*one, *other)}
    count = 0
    for bar in bars:
        pairs = [
            (one.get((bar, role), frozenset()), other.get((bar, role), frozenset()))
            for role in _ROLES
        ]
        both = sum(len(a & b) for a, b in pairs)
        count += 2 * both <= sum(len(a | b) for a, b in pairs)
    return Fraction(count, len(bars)) if bars else Fraction(0)


def _playing(account: Account) -> list[set[str]]:
    """By bar who plays."""
    found: list[set[str]] = [set() for _ in account.grid.bars]
    for one in account.played:
        found[account.grid.index_at(one.at)].add(one.player)
    return found


def _named(account: Account, score: Score, role: Role) -> tuple[str, ...]:
    """Who carries a role, by how many bars: the first few."""
    bars: Counter[str] = Counter()
    seen = {
        (account.grid.index_at(one.at), one.player)
        for one in account.played
        if one.role is role and one.kind in (Kind.SKETCH, Kind.BASS, Kind.HARMONY)
    }
    bars.update(player for _, player in seen)
    short = {line.player.id: line.player.abbreviation for line in score.lines}
    return tuple(f"{short[name]} {count}" for name, count in bars.most_common(_MOST_NAMED))
