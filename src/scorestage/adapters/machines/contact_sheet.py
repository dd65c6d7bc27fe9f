"""Contact sheets: small pictures of a film at given times, for reports."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from PIL import Image

from scorestage.adapters.machines.film import FilmFacts, Picture, probe, read_frames
from scorestage.timebase import FilmSpan, FilmTime

SEEK_SECONDS = 8
"""Frames further apart than this are sought in the file; nearer ones are reached by decoding."""


def film_strip(
    path: Path | str,
    times: Sequence[FilmTime],
    height_px: int = 90,
    quality: int = 80,
    facts: FilmFacts | None = None,
) -> list[bytes]:
    """The frames on screen at `times` as JPEG files, in the order asked for.

    Widths follow the film's shape. A time before the film shows its first frame, one after it the
    last.
    """
    known = facts or probe(path)
    width_px = max(1, round(height_px * known.width_px / known.height_px))
    last = FilmTime(0) + _to_last_frame(known)
    held = {at: min(max(at, FilmTime(0)), last) for at in times}
    pictures: dict[FilmTime, Picture] = {}
    for near in _neighbours(sorted(set(held.values()))):
        pictures.update(_frames_at(path, known, near, (width_px, height_px)))
    return [_jpeg(pictures[held[at]], quality) for at in times]


def _to_last_frame(facts: FilmFacts) -> FilmSpan:
    """From the film's start to its last frame."""
    return facts.duration - facts.rate.frame_span


def _neighbours(times: list[FilmTime]) -> list[list[FilmTime]]:
    groups: list[list[FilmTime]] = []
    for at in times:
        if groups and (at - groups[-1][-1]).seconds <= SEEK_SECONDS:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _frames_at(
    path: Path | str, facts: FilmFacts, times: list[FilmTime], size: tuple[int, int]
) -> dict[FilmTime, Picture]:
    """What is on screen at each of some times that lie close together."""
    found: dict[FilmTime, Picture] = {}
    with closing(read_frames(path, size, facts=facts, start=times[0])) as frames:
        shown = next(frames)
        coming = next(frames, None)
        for at in times:
            while coming is not None and coming[1] <= at:
                shown, coming = coming, next(frames, None)
            found[at] = shown[2]
    return found


def _jpeg(picture: Picture, quality: int) -> bytes:
    held = io.BytesIO()
    Image.fromarray(picture).save(held, "JPEG", quality=quality, optimize=True)
    return held.getvalue()
