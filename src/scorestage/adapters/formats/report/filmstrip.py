"""The film from end to end: a ruler of minutes, and cues in lanes where they overlap."""

from __future__ import annotations

from scorestage.adapters.formats.report.values import CueReport, Report

_STEPS_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)
_MOST_MARKS = 13
_TOUCH = 1e-6
"""Cues that only touch share a lane."""


def ruler(report: Report) -> tuple[tuple[float, str], ...]:
    """Marks of the film's clock: share of the film (0 to 1), and minutes and seconds."""
    if report.seconds <= 0:
        return ()
    step = next(
        (one for one in _STEPS_SECONDS if report.seconds / one <= _MOST_MARKS),
        _STEPS_SECONDS[-1],
    )
    count = int(report.seconds // step)
    return tuple(
        (index * step / report.seconds, _clock(index * step)) for index in range(count + 1)
    )


def lanes(cues: tuple[CueReport, ...]) -> tuple[tuple[CueReport, ...], ...]:
    """The cues that have a place in the film, in as few lanes as hold them without overlap."""
    found: list[list[CueReport]] = []
    for cue in sorted((one for one in cues if one.placed), key=lambda one: one.share_in):
        lane = next((one for one in found if one[-1].share_out <= cue.share_in + _TOUCH), None)
        if lane is None:
            found.append([cue])
        else:
            lane.append(cue)
    return tuple(tuple(lane) for lane in found)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, within = divmod(minutes, 60)
    return f"{hours}:{within:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
