"""The two films: the review film for the director, the stage film for the conductor."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.formats.wav import read_wav
from scorestage.adapters.machines.film import Sound, probe
from scorestage.adapters.machines.review_film import production_sound, write_review_film
from scorestage.adapters.store import replacing
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.production import Cue
from scorestage.sync import Trouble
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, written_cues
from scorestage.workflow.products.cuefacts import facts_of
from scorestage.workflow.products.naming import cue_file
from scorestage.workflow.products.sound import RATE_HZ, mockup_path
from scorestage.workflow.staging import stage_film_of, write_cue_film

_FILM_CODE = (
    *("timebase", "sync", "adapters/machines/film", "adapters/machines/stage_film.py"),
    *("adapters/machines/stage_painter.py", "adapters/machines/stage_patches.py"),
    "workflow/staging.py",
)
_TOLD = (Trouble.CLOSE, Trouble.SHORTENED, Trouble.LEFT_OUT, Trouble.OFF_THE_FILM)
"""What a person should hear of while building; the plan itself tells everything."""
_REVIEW_CODE = ("adapters/machines/film", "adapters/machines/review_film.py", "workflow/products")
REVIEW = "film/review.mp4"
DIP_DB = -7.0
"""How far the music steps back under dialogue in the review film."""
_DIP_SECONDS = 0.35
_CEILING = 10 ** (-1 / 20)


def stage_film(job: Job, cue: Cue) -> Product:
    """The stage film of one cue; on black where there is no picture."""
    facts = facts_of(job, cue)
    flagged = tuple(
        (hit.at, hit.aim_frames, hit.words, hit.streamer, hit.weight) for hit in cue.live_hits
    )
    score = job.folder.cue_folder(cue.id) / SCORE
    return Product(
        name=f"{cue.number}/stage-film",
        kind="stage film",
        make=make_stage_film,
        arguments=(str(job.folder.root), str(job.folder.build), cue.id),
        inputs=fingerprint(
            *(facts.tempo_map, facts.timeline, facts.house, cue.number, cue.title, flagged),
            *(facts.free, cue.start, job.production.current_picture, score),
            code_of(*_FILM_CODE),
        ),
        cue=cue.number,
        music_version=cue.version,
        picture_version=job.production.picture,
        weight=6,
    )


def make_stage_film(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write a cue's stage film: streamers, punches, counter, click and production sound."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    path = cue_file(cue, "stage", ".mov")
    film = stage_film_of(job, cue)
    write_cue_film(job, cue, film, Path(build) / path)
    remark = "; ".join(str(told) for told in film.plan.warnings if told.trouble in _TOLD)
    return (Output(path, "stage film", remark=remark),)


def review_film(job: Job, mockups: tuple[Product, ...]) -> tuple[Product, ...]:
    """The review film of the whole production; none where there is no picture."""
    picture = job.production.current_picture
    if picture is None:
        return ()
    cues = tuple((cue.start, cue.end, cue.dialogue, cue.layer) for cue in job.cues())
    return (
        Product(
            name="review-film",
            kind="review film",
            make=make_review_film,
            arguments=(str(job.folder.root), str(job.folder.build)),
            inputs=fingerprint(
                *(picture, cues, tuple(one.inputs for one in mockups), job.production.title),
                code_of(*_REVIEW_CODE),
            ),
            picture_version=picture.id,
            needs=tuple(one.name for one in mockups),
            weight=4,
        ),
    )


def make_review_film(root: str, build: str) -> tuple[Output, ...]:
    """Write the film with its own sound and the mock-ups under it."""
    job = Job.open(Path(root))
    film = job.film()
    sound = production_sound(film, probe(film))
    music = np.zeros_like(sound)
    for cue in written_cues(job):
        if cue.start is None:
            continue
        heard, _ = read_wav(Path(build) / mockup_path(job, cue))
        facts = facts_of(job, cue)
        _lay(music, heard, facts.timeline.file.start)
    spoken = tuple(span for cue in job.cues() for span in cue.dialogue)
    music *= dip_curve(spoken, len(music))[:, None]
    mixed = sound + music
    peak = float(np.abs(mixed).max(initial=0.0))
    if peak > _CEILING:
        mixed *= np.float32(_CEILING / peak)
    with replacing(Path(build) / REVIEW) as unfinished:
        write_review_film(film, unfinished, mixed, job.production.title)
    return (Output(REVIEW, "review film"),)


def dip_curve(spoken: tuple[FilmRange, ...], length_samples: int) -> NDArray[np.float32]:
    """Gain of the music under dialogue: down before the first word, up after the last."""
    seconds = np.arange(0, length_samples + 480, 480) / RATE_HZ
    depth = np.zeros(len(seconds), dtype=np.float64)
    for span in spoken:
        start, end = float(span.start.seconds), float(span.end.seconds)
        before = np.clip((seconds - (start - _DIP_SECONDS)) / _DIP_SECONDS, 0, 1)
        after = np.clip((end + _DIP_SECONDS - seconds) / _DIP_SECONDS, 0, 1)
        depth = np.maximum(depth, np.minimum(before, after))
    curve = np.interp(np.arange(length_samples) / RATE_HZ, seconds, DIP_DB * depth)
    return np.asarray(10 ** (curve / 20), dtype=np.float32)


def _lay(music: Sound, heard: Sound, start: FilmTime) -> None:
    """Add a cue's sound where its file starts; what lies outside the film falls away."""
    at = round(start.seconds * RATE_HZ)
    first, last = max(0, at), min(len(music), at + len(heard))
    if last > first:
        music[first:last] += heard[first - at : last - at]
