"""The scoring at a glance: who does what in each bar, as a conductor leafs through a score."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scorestage.music import Line, Role
from scorestage.orchestration.result import OrchestrationResult, Reason

_LETTERS = {
    Role.MELODY.value: "M",
    Role.COUNTER.value: "K",
    Role.HARMONY.value: "H",
    Role.RHYTHM.value: "R",
    Role.BASS.value: "B",
    Role.COLOUR.value: "C",
    Role.ACCENT.value: "A",
}


def overview(result: OrchestrationResult) -> str:
    """A table of players by bars, a letter for each role, a dot for a rest.

    M tune, K counter-melody, H harmony, R rhythm, B bass, C colour, A accents; a capital carries
    the sketch's own notes, a small letter doubles or adds.
    """
    grid = result.score.grid
    wide = max((len(line.player.abbreviation) for line in result.score.lines), default=4) + 1
    rows = [" " * wide + "".join(f"{bar.label!s:>4}" for bar in grid.bars)]
    for line in result.score.lines:
        reasons = [one for one in result.reasons if one.player == line.player.id]
        cells = "".join(
            f"{_cell(line, reasons, grid.starts[bar].quarters, grid.starts[bar + 1].quarters):>4}"
            for bar in range(len(grid.bars))
        )
        rows.append(f"{line.player.abbreviation:{wide}}{cells}")
    return "\n".join(rows)


def _cell(line: Line, reasons: Sequence[Reason], start: Fraction, end: Fraction) -> str:
    sounding = any(note.onset.quarters < end and note.end.quarters > start for note in line.notes)
    if not sounding:
        return "."
    letters = []
    for one in reasons:
        if one.start.quarters < end and one.end.quarters > start:
            letter = _LETTERS[one.role]
            letter = letter if one.rule.endswith(".carrier") else letter.lower()
            if letter not in letters:
                letters.append(letter)
    return "".join(letters[:3]) or "."
