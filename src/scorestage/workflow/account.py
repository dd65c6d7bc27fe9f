"""The account of a score as plain values for `--explain --json`, and marks of it in the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from scorestage.music import Line, Role, Score, Staff, Words
from scorestage.orchestration import (
    Account,
    Difference,
    Kind,
    LineBalance,
    OptionRow,
    PlayedNote,
    Way,
    balance_of,
    change_counts,
    differences,
    shares_of,
    tune_margins,
)
from scorestage.timebase import Beat


def account_answer(account: Account, score: Score, ways: Sequence[Way] = ()) -> dict[str, Any]:
    """Every note of the sketch with who carries it and why, every other note with its reason.

    `differences` are the notes of the sketch that are played otherwise; `ways` how notes are
    played that the sketch does not say.
    """
    grid = account.grid
    balance = balance_of(account, score)

    def place(at: Beat) -> dict[str, Any]:
        index = grid.index_at(at)
        return {
            "bar": str(grid.bars[index].label),
            "bar_index": index,
            "beat": str(grid.position(at).beat),
            "quarters": str(at.quarters),
        }

    def played(one: PlayedNote) -> dict[str, Any]:
        return {
            "player": one.player,
            "note": one.note,
            "pitch": one.pitch,
            "octaves": one.octaves,
            "kind": one.kind.value,
            "rule": one.rule,
            "why": one.why,
        }

    def differs(one: Difference) -> dict[str, Any]:
        note = account.notes[one.note]
        return {
            "note": note.note,
            "strand": note.strand,
            "pitch": note.pitch,
            **place(note.at),
            "change": one.change.value,
            "player": one.player,
            "octaves": one.octaves,
            "from_quarters": str(one.start.quarters),
            "to_quarters": str(one.end.quarters),
            "why": one.why,
        }

    changed = differences(account, score)
    return {
        "proof": {
            **proof_answer(account),
            "differences": {kind.value: n for kind, n in change_counts(changed).items()},
        },
        "differences": [differs(one) for one in changed],
        "ways": [
            {**place(one.at), "player": one.player, "what": one.what, "why": one.why}
            for one in ways
        ],
        "sketch_notes": [
            {
                "note": one.note,
                "strand": one.strand,
                "role": one.role.value,
                **place(one.at),
                "pitch": one.pitch,
                "carried_by": [played(account.played[index]) for index in one.played],
            }
            for one in account.notes
        ],
        "added_notes": [
            {**place(one.at), "role": one.role.value, **played(one)}
            for one in account.played
            if one.kind is not Kind.SKETCH
        ],
        "balance": [_balance(one) for one in balance],
        "tune_over_the_rest_db": [
            {"bar": str(grid.bars[bar].label), "bar_index": bar, "margin_db": margin}
            for bar, margin in sorted(tune_margins(balance).items())
        ],
    }


def _balance(one: LineBalance) -> dict[str, Any]:
    return {
        "bar": one.bar,
        "bar_index": one.bar_index,
        "role": one.role.value,
        "players": list(one.players),
        "weight_trumpets": one.weight,
        "level_db": one.level_db,
    }


def proof_answer(account: Account) -> dict[str, Any]:
    """The figures of the proof: coverage by role, notes lost, notes by kind, unexplained ones."""
    roles = dict.fromkeys(one.role for one in account.notes)
    return {
        "sketch_notes": len(account.notes),
        "score_notes": len(account.played),
        "lost": len(account.lost),
        "unexplained": len(account.unexplained),
        "by_kind": {kind.value: count for kind, count in shares_of(account).items()},
        "coverage": {
            role.value: {
                "at_pitch": str(account.coverage(role)),
                "at_pitch_float": float(account.coverage(role)),
                "in_any_octave": str(account.coverage(role, at_pitch=False)),
                "in_any_octave_float": float(account.coverage(role, at_pitch=False)),
            }
            for role in roles
        },
    }


def proof_words(account: Account, score: Score) -> str:
    """The proof in a line."""
    changed = change_counts(differences(account, score))
    otherwise = ", ".join(f"{count} {change.value}" for change, count in changed.items())
    tune, bass = (
        f"{word} {float(account.coverage(role)):.0%}"
        for word, role in (("tune", Role.MELODY), ("bass", Role.BASS))
    )
    kinds = ", ".join(f"{count} {kind.value}" for kind, count in shares_of(account).items())
    return (
        f"{len(account.notes)} notes of the sketch, {len(account.lost)} lost; at pitch: {tune}, "
        f"{bass}; the score has {len(account.played)}: {kinds}"
        + (f"; of the sketch {otherwise}" if otherwise else "")
    )


def told_differences(account: Account, score: Score, ways: Sequence[Way]) -> list[str]:
    """Each difference from the sketch and each way of playing put in, as a line of text."""
    grid = account.grid

    def place(at: Beat) -> str:
        return f"bar {grid.bars[grid.index_at(at)].label} beat {grid.position(at).beat}"

    found = []
    for one in differences(account, score):
        note = account.notes[one.note]
        who = f", {one.player}" if one.player else ""
        what = f"{note.strand} {note.pitch} {one.change.value}"
        found.append(f"{place(note.at)}{who}: {what} ({one.why})")
    return found + [f"{place(one.at)}, {one.player}: {one.what} ({one.why})" for one in ways]


def option_answer(row: OptionRow) -> dict[str, Any]:
    """One option for `--json`."""
    return {
        "option": row.option,
        "what": row.words,
        "offered": row.offered,
        "not_offered": row.not_offered,
        "players": row.players,
        "people": row.people,
        "tune": list(row.tune),
        "harmony": list(row.harmony),
        "bass": list(row.bass),
        "players_a_bar": row.players_a_bar,
        "tune_over_the_rest_db": row.margin_db,
        "people_times_bars": row.player_bars,
        "added_notes": row.added,
        "wrong": row.faults,
        "bars_apart": {name: str(share) for name, share in row.apart.items()},
        "bars_apart_float": {name: float(share) for name, share in row.apart.items()},
    }


_SHORT = {
    "tune": "tune",
    "counter": "c. mel.",
    "harmony": "harm.",
    "rhythm": "rhythm",
    "bass": "bass",
    "colour": "col.",
}


def marked(
    score: Score, account: Account, origins: Mapping[tuple[str, Beat], str] | None = None
) -> Score:
    """The score with words at each player's entries that say what they do: `tune`, `doubles …`.

    `origins` are words for notes of the sketch, by strand and moment: `main: inversion`.
    """
    changes: dict[str, list[Words]] = {}
    last: dict[str, str] = {}
    ends: dict[str, Beat] = {}
    for one in sorted(account.played, key=lambda note: (note.at, note.player)):
        of = account.notes[one.of] if one.of is not None else None
        text = _mark(one, (origins or {}).get((of.strand, of.at), "") if of else "")
        rests = one.player in ends and (one.at - ends[one.player]).quarters >= 4
        if text != last.get(one.player) or rests:
            said = changes.setdefault(one.player, [])
            if not said or said[-1].at != one.at:
                said.append(Words(one.at, text))
                last[one.player] = text
        ends[one.player] = max(one.end, ends.get(one.player, one.end))
    return replace(score, lines=tuple(_with(line, changes) for line in score.lines))


def _mark(one: PlayedNote, origin: str) -> str:
    role = _SHORT.get(one.rule.split(".")[0], one.role.value.lower())
    if one.kind in (Kind.SKETCH, Kind.AGAIN):
        return f"[{role}; {origin}]" if origin else f"[{role}]"
    if one.kind is Kind.DOUBLING:
        shift = {0: "unis.", 1: "8va", -1: "8vb", 2: "15ma", -2: "15mb"}.get(one.octaves, "")
        whom = one.why.removeprefix("with ").split(" in ")[0].split(" an ")[0].split(" two ")[0]
        return f"[{role}: {whom} {shift}]" if one.why.startswith("with ") else f"[{role} {shift}]"
    return f"[added: {one.rule.replace('.', ' ')}]"


def _with(line: Line, changes: dict[str, list[Words]]) -> Line:
    words = changes.get(line.player.id)
    if not words or not line.staves:
        return line
    first: Staff = line.staves[0]
    staff = replace(first, words=tuple(sorted((*first.words, *words), key=lambda one: one.at)))
    return replace(line, staves=(staff, *line.staves[1:]))
