"""`theme show`: a theme with what makes it itself, and whether it holds what its form promises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorestage.music import Theme
from scorestage.thematics.formchecks import form_checks
from scorestage.thematics.invariants import invariants_of
from scorestage.workflow.theme_search import named_theme
from scorestage.workflow.theme_variants import theme_facts_of


def show_theme(name: str, project: Path | None = None) -> dict[str, Any]:
    """A theme as plain values, with its invariants and the checks of its form."""
    return shown(named_theme(name, project))


def shown(theme: Theme) -> dict[str, Any]:
    """All that can be told of a theme."""
    own = invariants_of(theme)
    return {
        **theme_facts_of(theme),
        "made_by": theme.made_by,
        "invariants": {
            "head_notes": own.head_notes,
            "head_moves_semitones": list(own.head_moves),
            "head_rhythm_quarters": [str(length) for length in own.head_rhythm],
            "range_semitones": own.range_semitones,
            "rarest_move_semitones": own.rarest_move,
            "rhythm_that_returns_quarters": [str(length) for length in own.returning_rhythm],
            "begins_on_step": own.begins_on_step,
            "ends_on_step": own.ends_on_step,
            "upbeat": own.has_upbeat,
        },
        "checks": [
            {"check": one.name, "holds": one.holds, "measured": one.measured, "asked": one.asked}
            for one in form_checks(theme)
        ],
    }


def shown_words(told: dict[str, Any]) -> list[str]:
    """The same in lines for people."""
    own = told["invariants"]
    stands = f", stands for {told['stands_for']}" if told["stands_for"] else ""
    lines = [
        f"{told['id']}: {told['title']}{stands}",
        f"{told['key']}, {told['meter']}, {told['bars']} bars"
        + (f", {told['made_by']}" if told["made_by"] else ""),
        "notes: " + " ".join("".join(note["pitches"][-1:]) for note in told["notes"]),
        "chords: " + " ".join(chord["chord"] for chord in told["chords"]),
        f"what makes it itself: a head of {own['head_notes']} notes with moves "
        f"{own['head_moves_semitones']} in quarters {' '.join(own['head_rhythm_quarters'])}; "
        f"rarest move {own['rarest_move_semitones']:+d} semitones; begins on step "
        f"{own['begins_on_step']}, ends on step {own['ends_on_step']}",
    ]
    lines += [
        f"{'holds' if one['holds'] else 'fails'}: {one['check']} ({one['measured']}, asked "
        f"{one['asked']})"
        for one in told["checks"]
    ]
    return lines
