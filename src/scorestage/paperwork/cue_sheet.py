"""The cue sheet: by it everyone is paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from scorestage.paperwork.heading import people_facts
from scorestage.paperwork.licensed import licence_words, names_in, uncleared
from scorestage.paperwork.table import Column, Table
from scorestage.production import Credit, Cue, CueStatus, Layer, Person, Production, ReelClock
from scorestage.timebase import FilmClock

COLUMNS = (
    Column("No.", 5, right=True),
    Column("Cue", 8),
    Column("Title", 28),
    Column("Use", 6),
    Column("In", 12),
    Column("Out", 12),
    Column("Duration", 9, right=True),
    Column("Writer", 24),
    Column("Role", 6),
    Column("Society", 9),
    Column("IPI", 12),
    Column("Share %", 8, right=True),
)


def usage(cue: Cue) -> str:
    """The US usage code: background or visual, instrumental or vocal.

    >>> usage(Cue("a", "1m01")), usage(Cue("b", "1m02s", layer=Layer.SOURCE, song="waltz"))
    ('BI', 'VV')
    """
    return ("V" if cue.layer is Layer.SOURCE else "B") + ("V" if cue.is_vocal else "I")


def cue_sheet(production: Production, clock: FilmClock | ReelClock) -> Table:
    """One line per cue and writer; durations in whole seconds, as the societies' forms want them.

    Omitted cues and cues without a place in the film are left out. A cue's own composer counts
    before the production's credits; of licensed music writer and publisher stand as they are given
    with its licence, which is told below the table.
    """
    people = {person.id: person for person in production.people}
    rows: list[tuple[str, ...]] = []
    number = 0
    for cue in production.cues:
        if not _counts(cue):
            continue
        number += 1
        for index, credit in enumerate(_credits_of(cue, production) or (None,)):
            first = index == 0
            licence = production.licence(cue.id)
            titled = replace(cue, title=licence.work) if licence and not cue.title else cue
            rows.append(_row(titled, number if first else None, credit, people, clock))
    total = sum(
        (cue.seconds or Fraction(0) for cue in production.cues if _counts(cue)), Fraction(0)
    )
    return Table(
        title="Music cue sheet",
        columns=COLUMNS,
        rows=tuple(rows),
        facts=(
            ("Production", production.title),
            *people_facts(production),
            ("Cues", str(number)),
            ("Music", _whole_seconds(total)),
        ),
        legend=tuple(_licensed(production)),
    )


def _licensed(production: Production) -> Iterator[str]:
    """Whose the licensed music is, without what it costs."""
    for cue in production.cues:
        licence = production.licence(cue.id)
        if licence is not None and _counts(cue):
            public = replace(licence, fee="", note="")
            yield f"{cue.number} {'; '.join(licence_words(public))}."


def faults(production: Production) -> tuple[str, ...]:
    """Why the sheet is not ready: shares that do not add up, writers nobody could pay."""
    found = []
    by_role: dict[str, Fraction] = {}
    for credit in production.credits:
        by_role[credit.role] = by_role.get(credit.role, Fraction(0)) + credit.share_percent
    for role, share in sorted(by_role.items()):
        if share != 100:
            found.append(f"the shares of role {role} add up to {share} %, not 100 %")
    found += uncleared(production)
    people = {person.id: person for person in production.people}
    cues = [cue for cue in production.cues if _counts(cue) and not production.licence(cue.id)]
    paid = [credit.person for credit in production.credits]
    paid += [cue.composer for cue in cues if cue.composer]
    for name in dict.fromkeys(paid):
        person = people.get(name)
        if person is None:
            found.append(f"{name} is credited, but people.toml does not know them")
        elif not person.society or not person.ipi:
            found.append(f"{person.name} has no society or IPI number and could not be paid")
    if not production.credits and cues and not all(cue.composer for cue in cues):
        found.append("no writer is credited: say `scorestage person credit NAME C 100`")
    return tuple(found)


def _counts(cue: Cue) -> bool:
    placed = cue.start is not None and cue.end is not None
    return placed and cue.status is not CueStatus.OMITTED


def _credits_of(cue: Cue, production: Production) -> tuple[Credit, ...]:
    licence = production.licence(cue.id)
    if licence is not None:
        writers, publishers = names_in(licence.writer), names_in(licence.publisher)
        parts = [(name, "C", len(writers)) for name in writers]
        parts += [(name, "E", len(publishers)) for name in publishers]
        return tuple(Credit(name, role, Fraction(100, count)) for name, role, count in parts)
    if cue.composer:
        return (Credit(cue.composer, "C", Fraction(100)),)
    return production.credits


def _row(
    cue: Cue,
    number: int | None,
    credit: Credit | None,
    people: Mapping[str, Person],
    clock: FilmClock | ReelClock,
) -> tuple[str, ...]:
    head = ("",) * 7
    if number is not None and cue.start is not None and cue.end is not None:
        head = (
            str(number),
            cue.number,
            cue.title,
            usage(cue),
            clock.nearest_label(cue.start),
            clock.nearest_label(cue.end),
            _whole_seconds((cue.end - cue.start).seconds),
        )
    if credit is None:
        return (*head, "", "", "", "", "")
    person = people.get(credit.person, Person(credit.person, credit.person))
    share = f"{float(credit.share_percent):g}"
    return (*head, person.name, credit.role, person.society, person.ipi, share)


def _whole_seconds(seconds: Fraction) -> str:
    """Minutes and seconds; what sounds at all is paid for a second."""
    whole = max(int(seconds > 0), (seconds + Fraction(1, 2)).__floor__())
    return f"{whole // 60}:{whole % 60:02}"
