"""Three line-ups for the music at hand: what each gains, what it loses, what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.music import Ensemble, Player, Sketch
from scorestage.orchestration.practice import colour
from scorestage.orchestration.proposing import Proposal, power, propose
from scorestage.orchestration.resizing import resized
from scorestage.orchestration.settings import Settings
from scorestage.timebase import TempoMap

_PLAIN = Settings()
_TRIED = 2
_ALIKE = Fraction(1, 2)
_RARE = 2
_WORDS, _POWER, _SIZE, _REACH = 3, 3, 3, 2


@dataclass(frozen=True, slots=True)
class Lineup:
    """One way to cast the music: players, why it is offered, and what speaks for and against it.

    `trials` are the pieces scored for it in earnest, `doublings` who takes up what besides,
    `source` the catalogue's ensemble it was made from, `changes` what was changed in that.
    """

    title: str
    ensemble: Ensemble
    source: Ensemble
    trials: tuple[Proposal, ...]
    gains: tuple[str, ...]
    loses: tuple[str, ...]
    doublings: tuple[str, ...]
    changes: tuple[str, ...]

    @property
    def points(self) -> int:
        """Of 100, the mean over the pieces."""
        return round(sum(one.points for one in self.trials) / len(self.trials))


@dataclass(frozen=True, slots=True)
class _Candidate:
    ensemble: Ensemble
    source: Ensemble
    promise: Fraction
    words: tuple[str, ...]


def lineups(
    pieces: Sequence[tuple[Sketch, TempoMap]],
    ensembles: Sequence[Ensemble],
    words: Collection[str],
    players: int | None = None,
    settings: Settings = _PLAIN,
) -> tuple[Lineup, ...]:
    """Three casts for the pieces: what was asked for, another colour, and the fewest players.

    `words` are those of brief and style; `players` how many people there may be, None for as
    many as each ensemble has. All ensembles are weighed by words, strength, reach and size; the
    most promising are adapted and scored in earnest. Raises `InputError` without pieces.
    """
    if not pieces:
        raise InputError("there is no sketch to cast", do="compose a cue first")
    ranked = _ranked(pieces, ensembles, frozenset(words), players)
    first, first_trials = _best(ranked[:_TRIED], pieces, settings)
    others = [one for one in ranked if not _alike(one.ensemble, first.ensemble)]
    second, second_trials = _best((others or ranked[1:] or ranked)[:_TRIED], pieces, settings)
    heads = first.ensemble.head_count
    small = [one for one in ranked if one.ensemble.head_count * 2 <= heads and one is not second]
    halved = resized(first.source, max(1, heads // 2))
    half = _Candidate(halved, first.source, first.promise, first.words)
    third, third_trials = _best([half, *small[:1]], pieces, settings)
    cast = (
        ("as asked", first, first_trials),
        ("another colour", second, second_trials),
        ("fewest players", third, third_trials),
    )
    companies = [one.ensemble for _, one, _ in cast]
    return tuple(_told(title, one, trials, companies) for title, one, trials in cast)


def _ranked(
    pieces: Sequence[tuple[Sketch, TempoMap]],
    ensembles: Sequence[Ensemble],
    words: frozenset[str],
    players: int | None,
) -> list[_Candidate]:
    found = []
    told = _weights(ensembles)
    for source in ensembles:
        fitted = resized(source, players) if players else source
        served = tuple(word for word in source.serves if word in words)
        matched = min(Fraction(1), sum((told[word] for word in served), Fraction(0)))
        strong = min(power(sketch, fitted) for sketch, _ in pieces)
        size = Fraction(min(fitted.head_count, players), players) if players else Fraction(1, 2)
        reach = min(_reach(sketch, fitted) for sketch, _ in pieces)
        promise = _WORDS * matched + _POWER * strong + _SIZE * size + _REACH * reach
        found.append(_Candidate(fitted, source, promise, served))
    return sorted(found, key=lambda one: (-one.promise, one.ensemble.head_count, one.ensemble.id))


def _weights(ensembles: Sequence[Ensemble]) -> dict[str, Fraction]:
    """What a word decides: all, where one or two ensembles answer to it (`irish`); else half."""
    counts = Counter(word for one in ensembles for word in one.serves)
    return {word: Fraction(1, 1 if n <= _RARE else 2) for word, n in counts.items()}


def _reach(sketch: Sketch, ensemble: Ensemble) -> Fraction:
    """The share of the sketch's notes that somebody has in the comfortable range."""
    easy = [one.comfortable for p in ensemble.players for one in p.instruments if one.comfortable]
    keys = [
        pitch for strand in sketch.strands for note in strand.staff.notes for pitch in note.sounding
    ]
    if not keys:
        return Fraction(1)
    return Fraction(sum(any(one.holds(pitch) for one in easy) for pitch in keys), len(keys))


def _best(
    candidates: Sequence[_Candidate],
    pieces: Sequence[tuple[Sketch, TempoMap]],
    settings: Settings,
) -> tuple[_Candidate, tuple[Proposal, ...]]:
    """The candidate that does best when the pieces are scored for it; its promise weighs in."""
    tried = []
    for place, one in enumerate(candidates):
        trials = tuple(
            propose(sketch, [one.ensemble], tempo_map, settings)[0] for sketch, tempo_map in pieces
        )
        points = Fraction(sum(trial.points for trial in trials), len(trials)) + 6 * one.promise
        tried.append((points, -place, one, trials))
    _, _, chosen, trials = max(tried, key=lambda entry: entry[:2])
    return chosen, trials


def _alike(one: Ensemble, other: Ensemble) -> bool:
    mine = {p.instrument.id for p in one.players}
    theirs = {p.instrument.id for p in other.players}
    return Fraction(len(mine & theirs), len(mine | theirs)) > _ALIKE


def _told(
    title: str, one: _Candidate, trials: tuple[Proposal, ...], companies: Sequence[Ensemble]
) -> Lineup:
    own = _colours(one.ensemble)
    others = [_colours(company) for company in companies if company is not one.ensemble]
    return Lineup(
        title,
        one.ensemble,
        one.source,
        trials,
        _gains(one, trials, own, others),
        _loses(trials, own, others),
        tuple(doubling_words(p) for p in one.ensemble.players if len(p.instruments) > 1),
        _changes(one.source, one.ensemble),
    )


def _colours(ensemble: Ensemble) -> dict[str, None]:
    return dict.fromkeys(str(colour(i)) for p in ensemble.players for i in p.instruments)


def doubling_words(player: Player) -> str:
    """Who takes up what besides: `Fl. 2: Flute, Piccolo`."""
    return f"{player.abbreviation}: {', '.join(one.name for one in player.instruments)}"


def _gains(
    one: _Candidate,
    trials: Sequence[Proposal],
    own: dict[str, None],
    others: Sequence[dict[str, None]],
) -> tuple[str, ...]:
    found = []
    if one.words:
        found.append(f"suits {', '.join(one.words)}")
    if all(trial.carried == 1 for trial in trials):
        found.append("tune and bass whole, at their own pitch")
    if all(trial.power == 1 for trial in trials):
        found.append("strong enough for the loudest bars")
    alone = [name for name in own if not any(name in other for other in others)]
    if alone:
        found.append(f"alone of the three it has {', '.join(alone)}")
    extra = sum(len(p.instruments) - 1 for p in one.ensemble.players)
    if extra:
        found.append(f"{extra} more colour{'s' * (extra > 1)} by doubling, no chair more")
    return tuple(found)


def _loses(
    trials: Sequence[Proposal], own: dict[str, None], others: Sequence[dict[str, None]]
) -> tuple[str, ...]:
    found = []
    carried = min(trial.carried for trial in trials)
    sounding = min(trial.sounding for trial in trials)
    weak = min(trial.power for trial in trials)
    busy = min(trial.busy for trial in trials)
    if carried < 1:
        found.append(f"only {float(carried):.0%} of tune and bass as written")
    if sounding < 1:
        found.append(f"{float(1 - sounding):.0%} of the sketch's notes left out")
    if weak < 1:
        found.append(f"{float(weak):.0%} of the weight that the loudest bars ask for")
    missing = list(dict.fromkeys(name for other in others for name in other if name not in own))
    if missing:
        found.append(f"no {', '.join(missing)}")
    if busy < 1:
        found.append(f"{float(1 - busy):.0%} of the players have nothing to play in some piece")
    return tuple(found)


def _changes(source: Ensemble, fitted: Ensemble) -> tuple[str, ...]:
    now = {player.id: player for player in fitted.players}
    found = []
    for player in source.players:
        kept = now.get(player.id)
        if kept is None:
            found.append(f"without {player.name}")
        elif kept.count != player.count:
            found.append(f"{player.name}: {player.count} to {kept.count}")
        elif kept.instruments != player.instruments:
            taken = [one.name for one in kept.instruments if one not in player.instruments]
            found.append(f"{player.name} takes {', '.join(taken)}")
    known = {player.id for player in source.players}
    found += [f"with {player.name}" for player in fitted.players if player.id not in known]
    return tuple(found)
