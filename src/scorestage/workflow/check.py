"""`check`: all that is wrong, before the orchestra finds it."""

from __future__ import annotations

from typing import Any

from scorestage.paperwork.cue_sheet import faults as cue_sheet_faults
from scorestage.production import Cue
from scorestage.tempofit import land
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, check_cue
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
            found += [
                _told(cue.number, fault.player, fault.bar, str(fault.severity), fault.text)
                for fault in check_cue(job, cue)
            ]
    if not names:
        found += [
            _told("", "", "", "doubtful", f"cue sheet: {words}")
            for words in cue_sheet_faults(job.production)
        ]
    found += _check_rates(job, names)
    return sorted(found, key=lambda fault: fault["severity"] != "wrong")


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
            severity = "wrong" if hit.locked else "doubtful"
            found.append(_told(cue.number, "", str(landing.position.label), severity, words))
    if cue.end is not None:
        off = rate.frames_in(tempo_map.end - cue.end)
        if abs(off) > FRAMES_LEFT_OVER:
            words = f"the last barline is {float(off):+.2f} frames off the cue's end"
            found.append(_told(cue.number, "", "", "doubtful", words))
    return found


def _check_rates(job: Job, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Film, timecode, sound and project of different speed, with what it costs each cue."""
    found = []
    numbers = {f"the end of {cue.number}": cue.number for cue in job.cues(names)}
    for doubt in project_doubts(job, names):
        if doubt.kind in SLIGHT:
            continue
        sure = doubt.cost_frames >= FRAMES_LEFT_OVER and doubt.kind not in DISPUTABLE
        severity = "wrong" if sure else "doubtful"
        words = f"frame rate: {doubt.words} ({doubt.do})"
        found.append(_told(numbers.get(doubt.where, ""), "", "", severity, words))
    return found


def _told(cue: str, player: str, bar: str, severity: str, what: str) -> dict[str, Any]:
    return {"cue": cue, "player": player, "bar": bar, "severity": severity, "what": what}
