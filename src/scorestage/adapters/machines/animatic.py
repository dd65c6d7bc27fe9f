"""Drawings as a film: each stands as long as it is told, in a frame of one size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import av
import av.error
import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmWriter, even
from scorestage.errors import FilmError, Where
from scorestage.timebase import FrameRate, Timecode

IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff")
Image = NDArray[np.uint8]
Progress = Callable[[float], None]
MOST_PX = 16_384
_READ = "apng,bmp_pipe,gif,gif_pipe,jpeg_pipe,mjpeg,png_pipe,tiff_pipe,webp_pipe"


def write_animatic(
    target: Path,
    panels: Sequence[tuple[Path, int]],
    rate: FrameRate,
    start: Timecode,
    size_px: tuple[int, int] = (1280, 720),
    progress: Progress = lambda share: None,
) -> None:
    """A film of drawings, each with the frames it stands; smaller or other shapes get black round.

    Raises `FilmError` for a drawing that cannot be read; then nothing is written.
    """
    total = sum(frames for _, frames in panels)
    width, height = even(size_px[0]), even(size_px[1])
    done = 0
    with FilmWriter(target, width, height, rate, start_timecode=start, title=target.stem) as film:
        for path, frames in panels:
            drawing = read_drawing(path, width, height)
            for _ in range(frames):
                film.write_frame(drawing)
                done += 1
                progress(done / total)


def read_drawing(path: Path, width_px: int, height_px: int) -> Image:
    """A drawing as height x width x 3, as large as fits, black around it; `FilmError` for none.

    What is transparent is white, as paper is.
    """
    options = {"protocol_whitelist": "file", "format_whitelist": _READ}
    try:
        with av.open(f"file:{path.absolute()}", container_options=options) as opened:
            frame = next(opened.decode(video=0))
            if max(frame.width, frame.height) > MOST_PX:
                raise FilmError(f"wider or higher than {MOST_PX} pixels", Where(file=path))
            fit = min(width_px / frame.width, height_px / frame.height)
            wide = max(1, min(width_px, round(frame.width * fit)))
            high = max(1, min(height_px, round(frame.height * fit)))
            drawn = _on_paper(frame, wide, high)
    except (av.error.FFmpegError, OSError, StopIteration, IndexError, ValueError) as fault:
        raise FilmError(
            f"this drawing cannot be read: {fault}", Where(file=path), "save it as PNG or JPEG"
        ) from None
    canvas = np.zeros((height_px, width_px, 3), dtype=np.uint8)
    top, left = (height_px - high) // 2, (width_px - wide) // 2
    canvas[top : top + high, left : left + wide] = drawn
    return canvas


def _on_paper(frame: av.VideoFrame, wide_px: int, high_px: int) -> Image:
    kind = frame.format
    if not (kind.has_palette or any(one.is_alpha for one in kind.components)):
        return _scaled(frame, wide_px, high_px, "rgb24")
    drawn = _scaled(frame, wide_px, high_px, "rgba").astype(np.uint32)
    ink, cover = drawn[..., :3], drawn[..., 3:]
    return ((ink * cover + 255 * (255 - cover) + 127) // 255).astype(np.uint8)


def _scaled(frame: av.VideoFrame, wide_px: int, high_px: int, kind: str) -> Image:
    drawn = frame.reformat(wide_px, high_px, kind, interpolation="AREA").to_ndarray()
    return drawn.astype(np.uint8, copy=False)
