"""The viewing proxy: a small film of the same length, every frame of which can be jumped to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from scorestage.adapters.machines.film.carried import SoundSource
from scorestage.adapters.machines.film.facts import FilmFacts, probe
from scorestage.adapters.machines.film.frames import colour_matrix, numbered_frames
from scorestage.adapters.machines.film.opening import local_file, opened, picture_of
from scorestage.adapters.machines.film.writer import FilmWriter, even

PROXY_HEIGHT_PX = 270
PROXY_CRF = 28


def write_proxy(
    film: Path, dest: Path, facts: FilmFacts | None = None, height_px: int = PROXY_HEIGHT_PX
) -> None:
    """Write `dest` (.mp4): the film upright with square pixels, its sound taken along.

    Every frame is a key frame, so a viewer stops on any of them at once. A film of variable rate
    is laid on the grid of its nearest rate: each frame stands until the next one comes. `FilmError`
    for what is no film.
    """
    file = local_file(film)
    known = facts or probe(file)
    tall = min(height_px, known.height_px)
    width, height = even(max(2, round(known.width_px * tall / known.height_px))), even(tall)
    with (
        closing(SoundSource(file, known)) as sound,
        FilmWriter(
            dest,
            width,
            height,
            known.rate,
            start_timecode=known.start_timecode,
            crf=PROXY_CRF,
            preset="ultrafast",
            carried=sound if known.has_sound else None,
            gop_frames=1,
        ) as out,
        opened(file, as_stored=bool(known.edits)) as container,
    ):
        picture = picture_of(container, file)
        scaler = VideoReformatter()
        shown: VideoFrame | None = None
        for _, at, frame in numbered_frames(container, picture, known, file):
            place = known.rate.nearest_frame(at)
            while shown is not None and out.frames_written < place:
                out.write_frame(shown)
            if out.frames_written <= place or shown is None:
                shown = _upright(frame, width, height, scaler)
        if shown is not None:
            out.write_frame(shown)


def _upright(frame: VideoFrame, width: int, height: int, scaler: VideoReformatter) -> VideoFrame:
    turns = frame.rotation % 360 // 90
    stored = (height, width) if turns % 2 else (width, height)
    small = scaler.reformat(
        frame,
        width=stored[0],
        height=stored[1],
        format="rgb24",
        src_colorspace=colour_matrix(frame),
        interpolation=Interpolation.AREA,
    )
    if not turns:
        return small
    turned = np.ascontiguousarray(np.rot90(small.to_ndarray(), turns), dtype=np.uint8)
    return VideoFrame.from_ndarray(turned, format="rgb24")
