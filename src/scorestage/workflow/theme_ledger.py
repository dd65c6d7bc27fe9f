"""`theme ledger`: where each theme sounds in the whole film, and across the films of a series."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.store import read_provenance, write_bytes
from scorestage.music import Score, Theme
from scorestage.production import Cue
from scorestage.thematics.ledger import (
    Ledger,
    LedgerTheme,
    Scope,
    Statement,
    keep_ledger,
)
from scorestage.thematics.recognition import Occurrence, ScoreIndex, Transformation, find_theme
from scorestage.timebase import Beat, TempoMap
from scorestage.workflow.job import Job
from scorestage.workflow.theme_sharing import FollowedTheme, shared_themes
from scorestage.workflow.themes import load_themes, theme_file

SKETCH, SCORE = "sketch.musicxml", "score.musicxml"
_CACHE = "theme-ledger.json"
_CACHE_VERSION = "1"
_SURE = 0.85
_LEDGER_LIKENESS = 0.55
_NOT_WHOLE = {Transformation.FRAGMENT, Transformation.THINNED, Transformation.SAME_RHYTHM}


def ledger_of(job: Job, *, series: bool = False) -> Ledger:
    """Where every theme sounds in every cue that is written, recognised anew where it changed.

    With `series` the themes shared by other films are looked for as well.
    """
    followed = [
        FollowedTheme(one, LedgerTheme(one.id, one.title, one.stands_for))
        for one in load_themes(job)
    ]
    if series:
        followed += shared_themes(job.production.title)
    cues = sorted(
        (cue for cue in job.cues() if cue.start is not None), key=lambda cue: cue.start or 0
    )
    cache = _Cache(job.folder.build / _CACHE)
    statements = [statement for cue in cues for statement in _statements(job, cue, followed, cache)]
    cache.save()
    starts = [(cue.number, Fraction(cue.start.seconds)) for cue in cues if cue.start is not None]
    return keep_ledger(
        [one.facts for one in followed],
        starts,
        _film_seconds(job, cues),
        statements,
        _film_start(job, starts),
    )


def _film_start(job: Job, starts: Sequence[tuple[str, Fraction]]) -> Fraction:
    """Where the film begins; as long as there is no picture, its first music."""
    if job.production.current_picture is not None:
        return Fraction(0)
    return min((at for _, at in starts), default=Fraction(0))


def _film_seconds(job: Job, cues: Sequence[Cue]) -> Fraction:
    picture = job.production.current_picture
    ends = [Fraction(cue.end.seconds) for cue in cues if cue.end is not None]
    if picture is not None:
        ends.append(Fraction(picture.end.seconds))
    return max(ends, default=Fraction(0))


class _Cache:
    """What was found in a score by a theme, kept by the content of both."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, Any] = {}
        self._used: dict[str, Any] = {}
        if path.exists():
            try:
                self._kept = json.loads(path.read_text(encoding="utf-8"))
            except (ValueError, OSError):
                self._kept = {}

    def get(self, name: str) -> list[dict[str, Any]] | None:
        """What is known under a name."""
        found = self._kept.get(name) if isinstance(self._kept, dict) else None
        if isinstance(found, list):
            self._used[name] = found
            return found
        return None

    def put(self, name: str, found: list[dict[str, Any]]) -> None:
        """Keep what was found."""
        self._used[name] = found

    def save(self) -> None:
        """Write what is in use, where that differs from the file."""
        if self._used != self._kept:
            write_bytes(self._path, json.dumps(self._used).encode())


def _statements(
    job: Job, cue: Cue, followed: Sequence[FollowedTheme], cache: _Cache
) -> list[Statement]:
    """Every statement in a cue: from its score where there is one, else from its sketch."""
    folder = job.folder.cue_folder(cue.id)
    path = next((folder / name for name in (SKETCH, SCORE) if (folder / name).exists()), None)
    tempo_map = job.folder.map(cue.id, job.clock)
    if path is None or tempo_map is None:
        return []
    content = path.read_bytes()
    score: Score | None = None
    index: ScoreIndex | None = None
    found: list[Statement] = []
    for one in followed:
        print_of = hashlib.sha256(content + theme_file(one.theme)).hexdigest()
        name = f"{_CACHE_VERSION}:{cue.id}:{one.facts.id}:{print_of}"
        kept = cache.get(name)
        if kept is None:
            if score is None or index is None:
                score = read_score(content, path.name).score
                index = ScoreIndex(score)
            kept = _searched(one.theme, score, index, folder, path.name)
            cache.put(name, kept)
        found += [_placed(one.facts.id, cue.number, told, tempo_map) for told in kept]
    return found


def _searched(
    theme: Theme, score: Score, index: ScoreIndex, folder: Path, file: str
) -> list[dict[str, Any]]:
    """Statements known by recognition and by provenance, doublings told as one."""
    heard = _without_doublings(find_theme(theme, index, least_likeness=_LEDGER_LIKENESS))
    found = [_told(one, score) for one in heard]
    for span in _written(theme.id, score, folder, file):
        match = next(
            (
                told
                for told in found
                if Fraction(told["start"]) < Fraction(span["end"])
                and Fraction(told["end"]) > Fraction(span["start"])
            ),
            None,
        )
        if match is None:
            found.append(span)
        else:
            match["known_by"] = "provenance and recognition"
    return sorted(found, key=lambda told: Fraction(told["start"]))


def _without_doublings(heard: Sequence[Occurrence]) -> list[Occurrence]:
    """Of statements at the same time the best, with all who play it."""
    kept: list[Occurrence] = []
    for one in sorted(heard, key=lambda one: (-one.bits, one.player)):
        place = next(
            (
                at
                for at, other in enumerate(kept)
                if min(one.end, other.end) - max(one.start, other.start) > (one.end - one.start) / 2
            ),
            None,
        )
        if place is None:
            kept.append(one)
        else:
            players = tuple(dict.fromkeys((*kept[place].players, *one.players)))
            kept[place] = replace(kept[place], players=players)
    return kept


def _told(one: Occurrence, score: Score) -> dict[str, Any]:
    is_whole = not _NOT_WHOLE & set(one.transformations) and one.likeness >= _SURE * 0.75
    names = [score.lines[player].player.name for player in one.players]
    return {
        "start": str(one.start),
        "end": str(one.end),
        "bar": str(score.grid.position(Beat(one.start)).label),
        "transformations": [str(name) for name in one.transformations],
        "likeness": round(one.likeness, 3),
        "scope": str(Scope.WHOLE if is_whole else Scope.PART),
        "known_by": "recognition",
        "players": names,
    }


def _written(theme_id: str, score: Score, folder: Path, file: str) -> list[dict[str, Any]]:
    """Stretches whose notes were put there by the theme, by note."""
    origins = {
        one.note: one.origin.split(" (")[0]
        for one in read_provenance(folder).origins
        if one.file == file and one.origin.startswith(f"theme:{theme_id}:")
    }
    spans: list[dict[str, Any]] = []
    for line in score.lines:
        for note in line.notes:
            origin = origins.get(note.id)
            if origin is None:
                continue
            operation = origin.split(":", 2)[2]
            near = [
                one
                for one in spans
                if one["operation"] == operation and note.onset.quarters - Fraction(one["end"]) <= 4
            ]
            if near:
                near[-1]["end"] = str(max(Fraction(near[-1]["end"]), note.end.quarters))
                continue
            spans.append(
                {
                    "start": str(note.onset.quarters),
                    "end": str(note.end.quarters),
                    "bar": str(score.grid.position(note.onset).label),
                    "operation": operation,
                    "transformations": [operation],
                    "likeness": 1.0,
                    "scope": str(Scope.HINT if operation == "hint" else Scope.PART),
                    "known_by": "provenance",
                    "players": [line.player.name],
                }
            )
    return spans


def _placed(theme: str, cue: str, told: dict[str, Any], tempo_map: TempoMap) -> Statement:
    def seconds(quarters: str) -> Fraction:
        at = min(Beat(Fraction(quarters)), tempo_map.grid.end)
        return Fraction(tempo_map.time_at(at).seconds)

    return Statement(
        theme,
        cue,
        seconds(told["start"]),
        seconds(told["end"]),
        told["bar"],
        tuple(told["transformations"]),
        told["likeness"],
        Scope(told["scope"]),
        told["known_by"],
        tuple(told["players"]),
    )
