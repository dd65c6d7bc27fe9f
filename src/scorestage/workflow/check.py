"""`check`: all that is wrong, before the orchestra finds it."""

from __future__ import annotations

from typing import Any

from scorestage.orchestration import Severity
from scorestage.paperwork.cue_sheet import faults as cue_sheet_faults
from scorestage.production import Cue
from scorestage.tempofit import land
from scorestage.workflow.faults import fault_facts
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, check_cue, read_cue_score
from scorestage.workflow.rates import SLIGHT, project_doubts

FRAMES_LEFT_OVER = 1
DISPUTABLE = ("claim", "stamp")
"""Disagreements about the frame rate that mislead some programs only."""


def check_production(job: Job, names: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Every fault of the cues named (or all) and of the cue sheet, gravest first."""
    found: list[dict[str, Any]] = []
    for cue in job.cues(names):
        found += _check_map(job, cue)
        if (job.folder.cue_folder(cue.id) / SCORE).exists():
            grid = read_cue_score(job, cue).grid
            found += [
                {"cue": cue.number, **fault_facts(fault, grid), "what": fault.text}
                for fault in check_cue(job, cue)
            ]
    if not names:
        found += [
            _told("", "", "cue sheet", Severity.WARNING, f"cue sheet: {words}")
            for words in cue_sheet_faults(job.production)
        ]
    found += _check_rates(job, names)
    return sorted(found, key=lambda fault: Severity(fault["severity"]).rank)


def _check_map(job: Job, cue: Cue) -> list[dict[str, Any]]:
    tempo_map = job.folder.map(cue.id, job.clock)
    if tempo_map is None:
        return []
    found = []
    rate = job.production.rate
    for hit in cue.live_hits:
        landing = land(hit, tempo_map, rate)
        if not landing.caught:
            words = (
                f"the hit {hit.words or hit.id!r} is {float(landing.off_frames):+.2f} frames off"
            )
            severity = Severity.ERROR if hit.locked else Severity.WARNING
            repair = "fit the cue again" if hit.locked else "fit the cue again, or let it pass"
            told = _told(cue.number, str(landing.position.label), "hit", severity, words, repair)
            told["bar_index"] = landing.position.bar_index
            told["beat"] = str(landing.position.beat)
            found.append(told)
    if cue.end is not None:
        off = rate.frames_in(tempo_map.end - cue.end)
        if abs(off) > FRAMES_LEFT_OVER:
            words = f"the last barline is {float(off):+.2f} frames off the cue's end"
            found.append(_told(cue.number, "", "end", Severity.WARNING, words))
    return found


def _check_rates(job: Job, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Film, timecode, sound and project of different speed, with what it costs each cue."""
    found = []
    numbers = {f"the end of {cue.number}": cue.number for cue in job.cues(names)}
    for doubt in project_doubts(job, names):
        if doubt.kind in SLIGHT:
            continue
        sure = doubt.cost_frames >= FRAMES_LEFT_OVER and doubt.kind not in DISPUTABLE
        severity = Severity.ERROR if sure else Severity.WARNING
        words = f"frame rate: {doubt.words} ({doubt.do})"
        where = numbers.get(doubt.where, "")
        found.append(_told(where, "", "frame rate", severity, words, doubt.do))
    return found


def _told(
    cue: str, bar: str, kind: str, severity: Severity, what: str, repair: str = ""
) -> dict[str, Any]:
    """What no player is to blame for; `what` is the message too, as it has always been called."""
    return {
        "cue": cue,
        "player": "",
        "bar": bar,
        "bar_index": None,
        "beat": "",
        "kind": kind,
        "severity": str(severity),
        "message": what,
        "repair": repair,
        "what": what,
    }
