"""A song laid out in bars: written out as it is performed, or folded as a lead sheet prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.music import ChordSymbol, Mark, MarkKind, Note, Sign, Slur, StaffSign
from scorestage.songs.drafts import Draft, one_at_a_time
from scorestage.songs.folding import Fold, folded_order
from scorestage.songs.setting import BAR, Misfit
from scorestage.songs.song import Song
from scorestage.songs.tempos import Step
from scorestage.songs.text import Turn, heading
from scorestage.timebase import BarGrid, Beat, Beats, Meter


@dataclass(frozen=True, slots=True)
class Stretch:
    """One part in its place: from `start` to `end`, gone through once for each of `turns`."""

    kind: str
    turns: tuple[Turn, ...]
    start: Beat
    end: Beat
    first_bar: int

    @property
    def name(self) -> str:
        """What stands over it: `Verse 1–2`, `Chorus`."""
        numbers = sorted({turn.number for turn in self.turns if turn.kind == "verse"})
        if len(numbers) < 2:
            return self.turns[0].name
        joint = "–" if numbers == list(range(numbers[0], numbers[-1] + 1)) else ", "
        shown = (numbers[0], numbers[-1]) if joint == "–" else numbers
        return f"Verse {joint.join(map(str, shown))}"


@dataclass(frozen=True, slots=True)
class Laid:
    """A song in bars: the voice with its words, chords, headings, repeats, what does not fit.

    `played` holds the tune where it is not sung, for an instrument.
    """

    grid: BarGrid
    notes: tuple[Note, ...]
    slurs: tuple[Slur, ...]
    chords: tuple[ChordSymbol, ...]
    marks: tuple[Mark, ...]
    signs: tuple[StaffSign, ...]
    stretches: tuple[Stretch, ...]
    played: tuple[Note, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    tempos: tuple[Step, ...] = ()
    """Where its tempo changes; empty: one throughout."""


def lay_out(song: Song, *, folded: bool = False) -> Laid:
    """The song in bars, numbered from 1.

    Folded, a run of parts that comes again at once is printed between repeat signs with its verses
    one below the other; what comes again later is printed again. Raises `InputError` for a form
    that asks for a part the tune does not have.
    """
    order = list(folded_order(song.form)) if folded else [((turn,), "") for turn in song.form]
    if not order:
        raise InputError("the song has no form", do="name its parts: --form 'verse 1, chorus'")
    drafts = [Draft.of(song, turns, number) for number, (turns, _) in enumerate(order)]
    fold = Fold.of([edge for _, edge in order], drafts)
    meters: list[Meter] = []
    stretches: list[Stretch] = []
    at = Beat(0)
    for number, draft in enumerate(drafts):
        own = (
            *draft.part.meters,
            *(fold.again if fold is not None and number == fold.last else ()),
        )
        end = at + Beats(sum((meter.length.quarters for meter in own), Fraction(0)))
        stretches.append(Stretch(draft.part.kind, draft.turns, at, end, len(meters)))
        meters += own
        at = end
    placed = list(zip(drafts, stretches, strict=True))
    notes = [one for draft, place in placed for one in draft.sung(place.start)]
    chords = list(_chords(drafts, stretches))
    signs = list(_repeats(order, stretches, fold))
    if fold is not None:
        notes = list(fold.sung(notes, stretches[fold.first].start, stretches[fold.last].end))
        chords += fold.chords(chords, stretches[fold.last].end)
    grid = BarGrid.of_meters(tuple(meters), pickup=drafts[0].part.upbeat)
    return Laid(
        grid,
        one_at_a_time(notes),
        tuple(slur for draft in drafts for slur in draft.slurs()),
        tuple(sorted(chords, key=lambda one: one.at)),
        tuple(Mark(one.start, MarkKind.REHEARSAL, one.name) for one in stretches),
        tuple(signs),
        tuple(stretches),
        one_at_a_time([one for draft, place in placed for one in draft.unsung(place.start)]),
        tuple(_misfits(drafts, stretches, grid)),
        tuple(_tempos(song, drafts, stretches)),
    )


def _chords(drafts: Sequence[Draft], places: Sequence[Stretch]) -> tuple[ChordSymbol, ...]:
    found: list[ChordSymbol] = []
    for draft, place in zip(drafts, places, strict=True):
        own = [replace(one, at=place.start + (one.at - Beat(0))) for one in draft.part.chords]
        found += [one for one in own if one.at < place.end]
    return tuple(sorted(found, key=lambda one: one.at))


def _tempos(song: Song, drafts: Sequence[Draft], places: Sequence[Stretch]) -> Iterator[Step]:
    """The tempos of every part in its place; an ending goes on in the one before."""
    if not any(one.tempos for one in song.parts):
        return
    for draft, place in zip(drafts, places, strict=True):
        own = draft.part.tempos
        if not own and draft.part.kind != "ending":
            own = ((Beat(0), song.tempo),)
        yield from ((place.start + (at - Beat(0)), tempo) for at, tempo in own)


def _misfits(drafts: Sequence[Draft], places: Sequence[Stretch], grid: BarGrid) -> Iterator[Misfit]:
    known: set[tuple[str, int, str, str]] = set()
    for draft, place in zip(drafts, places, strict=True):
        for setting in draft.settings:
            for one in setting.misfits:
                at = min(place.start + (one.at - Beat(0)), place.end - Beats(Fraction(1, 64)))
                position = grid.position(at)
                label = "the upbeat" if at < Beat(0) else f"bar {position.label}"
                key = (one.kind, one.line, one.word, one.text)
                if key not in known:
                    known.add(key)
                    yield replace(one, at=at, text=one.text.replace(BAR, label))


def _repeats(
    order: Sequence[tuple[tuple[Turn, ...], str]], places: Sequence[Stretch], fold: Fold | None
) -> Iterator[StaffSign]:
    for (_, told), place in zip(order, places, strict=True):
        edge, _, times = told.partition(":")
        if edge in ("start", "both"):
            yield _barline(place.start, "heavy-light", "forward")
        if edge in ("end", "both"):
            more = (("times", times),) if int(times) > 2 else ()
            if fold is not None:
                yield from fold.endings(place.end)
            else:
                yield _barline(place.end, "light-heavy", "backward", more)
        elif place is not places[-1]:
            yield _barline(place.end, "light-light")
    if fold is not None or not order[-1][1].startswith(("end", "both")):
        yield _barline(places[-1].end, "light-heavy")


def _barline(
    at: Beat, style: str, way: str = "", more: tuple[tuple[str, str], ...] = ()
) -> StaffSign:
    side = "left" if way == "forward" else "right"
    inner: tuple[Sign, ...] = (Sign("bar-style", style),)
    if way:
        inner += (Sign("repeat", "", (("direction", way), *more)),)
    return StaffSign(at, Sign("barline", "", (("location", side),), inner))


def form_in_words(form: Sequence[Turn]) -> str:
    """`Intro – Verse 1 – Chorus`."""
    return " – ".join(heading(one.kind, one.number if one.kind == "verse" else 0) for one in form)
