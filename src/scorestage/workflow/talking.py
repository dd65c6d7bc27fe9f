"""Who says what in the film, where a screenplay tells."""

from __future__ import annotations

from functools import lru_cache

from scorestage.adapters.subtitles import Subtitle
from scorestage.breakdown import said_in, speakers_of
from scorestage.errors import ScorestageError
from scorestage.timebase import FilmRange
from scorestage.workflow.job import Job
from scorestage.workflow.scenes import ScriptedScene, scenes_of


def with_speakers(job: Job, titles: tuple[Subtitle, ...]) -> tuple[str, ...]:
    """The words of each title, with who says them before it where the screenplay tells."""
    scenes = _scenes(job)
    lines = tuple(line for one in scenes for line in one.written.spoken)
    if not lines:
        return tuple(one.words for one in titles)
    who = _speakers(tuple((one.range, one.words) for one in titles), lines)
    return tuple(
        f"{name}: {one.words}"
        if name and not one.words.upper().startswith(f"{name}:")
        else one.words
        for one, name in zip(titles, who, strict=True)
    )


def spoken_words(job: Job, span: FilmRange, titles: tuple[Subtitle, ...]) -> str:
    """What is said in a stretch of dialogue, as it is to be noted.

    Subtitles are quoted; without them the screenplay's lines that should come there are, marked as
    the script's, for nobody has heard them; else it is dialogue.
    """
    named = with_speakers(job, titles)
    words = " ".join(
        said for one, said in zip(titles, named, strict=True) if one.range.overlaps(span)
    )
    if words:
        return f"“{words}”"
    for one in _scenes(job):
        at = one.scene.at
        if titles or at is None or not at.overlaps(span):
            continue
        speech = [
            spoken for cue in job.production.cues for spoken in cue.dialogue if spoken.overlaps(at)
        ]
        found = said_in(at, sorted(set(speech)), one.written.spoken)
        here = [f"{line.who}: {line.words}" for line in found if line.at == span]
        if here:
            return f"dialogue (script: {' '.join(here)})"
    return "dialogue"


_speakers = lru_cache(maxsize=4)(speakers_of)
"""Worked out once for all cues of a film."""


def _scenes(job: Job) -> tuple[ScriptedScene, ...]:
    """The screenplay's scenes; none where there is no draft that fits."""
    if not job.production.script:
        return ()
    try:
        return scenes_of(job)
    except ScorestageError:
        return ()
