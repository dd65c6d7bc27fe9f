"""What of the sketch the score says otherwise, note for note, and why it has to.

The notes that are played and these differences together are the sketch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scorestage.music import Instrument, Player, Score
from scorestage.orchestration.explaining import Account, Kind, PlayedNote, SketchNote
from scorestage.orchestration.fingers import at_once, double_stop, is_bowed
from scorestage.timebase import Beat

_ALONE = 3
"""From so many notes at once on somebody plays chords, and the hand decides."""


class Change(StrEnum):
    """How a note of the sketch is played otherwise, or that it is not."""

    OCTAVE = "in another octave"
    LATER = "later, the chord broken"
    SHORTER = "let go early"
    BREATH = "with a breath in it"
    AGAIN = "struck again while it lasts"
    LONGER = "held longer"
    HELD = "sounds already"
    OUT = "left out"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the score says otherwise than the sketch.

    `note` is the place of the sketch note among the account's `notes`; `player` who plays it so,
    empty where nobody does; `octaves`, `start` and `end` are what is played instead of the
    sketch's own (0, its onset, its end).
    """

    note: int
    change: Change
    player: str
    octaves: int
    start: Beat
    end: Beat
    why: str


def differences(account: Account, score: Score) -> tuple[Difference, ...]:
    """Every difference between sketch and score, in the order of the sketch's notes.

    A note without one is begun by somebody at its moment and pitch and held to its end.
    """
    players = tuple(line.player for line in score.lines)
    told = _Told(account, players)
    found: list[Difference] = []
    for place in range(len(account.notes)):
        found += told.of(place)
    return tuple(found)


class _Told:
    """The account turned round: who plays what when, and which notes belong to a sketch note."""

    def __init__(self, account: Account, players: Sequence[Player]) -> None:
        self.account = account
        self.players = players
        self._by_player: dict[str, list[PlayedNote]] = {player.id: [] for player in players}
        self._of: dict[int, list[PlayedNote]] = {}
        self._at: dict[tuple[Beat, int], list[PlayedNote]] = {}
        self._tones: dict[int, list[PlayedNote]] = {}
        self._asked: dict[tuple[str, int], list[Beat]] = defaultdict(list)
        for note in account.notes:
            self._asked[note.strand, note.key].append(note.at)
        for one in account.played:
            if one.key >= 0:
                self._at.setdefault((one.at, one.key), []).append(one)
                self._tones.setdefault(one.key % 12, []).append(one)
            self._by_player.setdefault(one.player, []).append(one)
            if one.of is not None:
                self._of.setdefault(one.of, []).append(one)
        for own in self._by_player.values():
            own.sort(key=lambda one: one.at)

    def of(self, place: int) -> Iterator[Difference]:
        """The differences of one note of the sketch."""
        note = self.account.notes[place]
        begun = [self.account.played[index] for index in note.played]
        begun += [one for one in self._at.get((note.at, note.key), []) if one not in begun]
        if not begun:
            yield self._elsewhere(place, note)
            return
        near = min(begun, key=lambda one: (abs(one.key - note.key), -one.end.quarters))
        if near.key != note.key and note.key >= 0:
            yield self._changed(place, note, Change.OCTAVE, near, near.why)
        if note.key >= 0:
            yield from self._held(place, note, begun)

    def _changed(
        self, place: int, note: SketchNote, change: Change, one: PlayedNote, why: str
    ) -> Difference:
        octaves = (one.key - note.key) // 12 if one.key >= 0 else 0
        return Difference(place, change, one.player, octaves, one.at, one.end, why)

    def _elsewhere(self, place: int, note: SketchNote) -> Difference:
        """A note that nobody begins in time: broken, sounding already, or left out."""
        own = self._of.get(place, [])
        late = [one for one in own if one.at > note.at and one.rule.endswith(".broken")]
        if late:
            first = min(late, key=lambda one: one.at)
            return self._changed(place, note, Change.LATER, first, first.why)
        ringing = [
            one
            for one in (self._tones.get(note.key % 12, ()) if note.key >= 0 else ())
            if one.at < note.at < one.end
        ]
        if ringing:
            one = max(ringing, key=lambda held: held.end)
            why = f"{one.player} holds that tone from before; struck again it would break it"
            return self._changed(place, note, Change.HELD, one, why)
        return Difference(place, Change.OUT, "", 0, note.at, note.at, self._impossible(note))

    def _held(
        self, place: int, note: SketchNote, begun: Sequence[PlayedNote]
    ) -> Iterator[Difference]:
        """Whether somebody holds it to its end, and nobody beyond."""
        pieces = sorted(
            [*begun, *(one for one in self._of.get(place, []) if one.kind is Kind.AGAIN)],
            key=lambda one: (one.at, -one.end.quarters),
        )
        whole = next((one for one in pieces if one.at == note.at and one.end == note.end), None)
        if whole is not None:
            return
        end, last, gaps = note.at, pieces[0], False
        for one in pieces:
            gaps = gaps or one.at > end
            if one.end > end:
                end, last = one.end, one
        if end < note.end:
            yield self._changed(place, note, Change.SHORTER, last, self._let_go(note, last))
        elif gaps:
            yield self._changed(place, note, Change.BREATH, last, "a breath, or something between")
        elif end == note.end:
            yield self._changed(place, note, Change.AGAIN, last, "it would have died away")
        else:
            why = f"ends with the {last.rule.split('.')[0]} chord it stands in"
            if any(note.at < at < end for at in self._asked[note.strand, note.key]):
                why = "the next stroke would come too fast on the same pitch"
            yield self._changed(place, note, Change.LONGER, last, why)

    def _let_go(self, note: SketchNote, last: PlayedNote) -> str:
        """What a player needs the time for who lets a note go."""
        own = self._by_player[last.player]
        after = next((one for one in own if one.at >= last.end), None)
        if after is None:
            return "ends there with the rest of its phrase"
        if after.at == last.end:
            return f"needed for {after.pitch} of the {after.role.value.lower()}"
        return f"a breath, or time to get to {after.pitch}, which is next"

    def _impossible(self, note: SketchNote) -> str:
        """What everybody does who might have played it."""
        if note.key < 0:
            return "no percussionist has that instrument at hand there, or they strike another"
        if not self._able(note):
            return "no instrument here has the tone in any octave"
        busy = []
        for player in self._able(note):
            now = [one for one in self._by_player[player.id] if one.at <= note.at < one.end]
            what = "+".join(dict.fromkeys(one.pitch for one in now))
            if now:
                busy.append(f"{player.abbreviation} {what}{_no_hand(player, now, note)}")
            else:
                busy.append(f"{player.abbreviation} rests: changes, tunes or breathes")
        return "all have another note: " + "; ".join(busy)

    def _able(self, note: SketchNote) -> list[Player]:
        """Who has the tone in some octave."""
        found = []
        for player in self.players:
            if any(_has(player.instrument, key) for key in range(note.key % 12, 128, 12)):
                found.append(player)
        return found


def _no_hand(player: Player, now: Sequence[PlayedNote], note: SketchNote) -> str:
    """Whether the hand could have had the tone beside what it has, in words."""
    own = player.instrument
    keys = tuple(sorted({one.key for one in now if one.key >= 0}))
    asked = [key for key in range(note.key % 12, 128, 12) if _has(own, key)]
    if is_bowed(own) and len(keys) == 1:
        reached = [key for key in asked if double_stop(own, (keys[0], key))]
        return "" if reached else " (no double stop with it)"
    if own.max_polyphony >= _ALONE:
        reached = [key for key in asked if at_once(own, (*keys, key))]
        return " (hands are full there)" if not reached else " (two voices move already)"
    return ""


def _has(instrument: Instrument, key: int) -> bool:
    wide = instrument.professional
    return wide is not None and wide.low.key <= key <= wide.high.key


def change_counts(found: Sequence[Difference]) -> dict[Change, int]:
    """How many notes of the sketch are played otherwise, by kind."""
    counted = dict.fromkeys(Change, 0)
    for one in found:
        counted[one.change] += 1
    return {change: count for change, count in counted.items() if count}
