"""The frames of a film in time, told by its packets: nothing is decoded.

A film whose end is missing or out of reach, or whose clock starts anew, is refused here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from scorestage.adapters.machines.film.edits import Edit
from scorestage.adapters.machines.film.opening import broken, packets_of
from scorestage.adapters.machines.film.wholeness import missing_bytes, tells_length

_BACK_SECONDS, _LEAP_SECONDS = Fraction(1, 10), Fraction(10)
_UNREAD_SECONDS, _READ_SHARE = Fraction(1, 4), 0.95
"""A film that ends this early, with so much of its file not reached, is damaged in the middle."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The film's frames in time: exact starts in seconds, sorted, and the clock's tick.

    `late_ticks` as in `FilmFacts`; `scanned` where the times are those of showing, frame by frame.
    """

    starts_seconds: tuple[Fraction, ...]
    tick_seconds: Fraction
    late_ticks: int | None = None
    scanned: bool = False

    def begun_at(self, first_seconds: Fraction) -> Pace:
        """Without frames that cannot be decoded: a broadcast may begin inside a group of them."""
        kept = tuple(one for one in self.starts_seconds if one >= first_seconds)
        return replace(self, starts_seconds=kept) if self.scanned and kept else self


@dataclass(frozen=True, slots=True)
class _Scan:
    """What the packets of a file say: the frames' times in ticks, and whether decoding's are all.

    `reached_seconds` is where the last packet ends, `read_bytes` where it ends in the file.
    """

    starts: tuple[int, ...]
    decoding_only: bool
    reached_seconds: Fraction
    read_bytes: int


def pace_of(
    container: InputContainer, picture: VideoStream, path: Path, as_shown: bool = False
) -> Pace:
    """The pace that the file's own table of contents tells, or else its packets.

    With `as_shown` the times are those of showing, which the packets alone tell.
    """
    base = picture.time_base
    if base is None:
        raise broken(path, "the picture has no clock")
    late: int | None = None
    starts: Iterable[int] = [] if as_shown else _indexed(container, picture, path)
    scanned = not starts
    if scanned:
        scan = _scanned(container, picture, path)
        _complete(container, picture, scan, path)
        starts = scan.starts
        turned = bool(picture.codec_context.has_b_frames)
        late = 0 if "mxf" in container.format.name and scan.decoding_only and turned else None
    if not starts:
        raise broken(path, "the file holds no frames")
    return Pace(tuple(start * base for start in sorted(starts)), base, late, scanned)


def pace_in_pieces(stored: Pace, edits: tuple[Edit, ...], path: Path) -> Pace:
    """When the frames of a film in pieces are shown."""
    slack = _frame_slack_seconds(stored.starts_seconds)
    shown = [
        edit.shown_at(start)
        for edit in edits
        for start in stored.starts_seconds
        if edit.holds(start, slack)
    ]
    if not shown:
        raise broken(path, "the film's edit list shows no frame of it")
    return Pace(tuple(sorted(set(shown))), stored.tick_seconds)


def _frame_slack_seconds(starts_seconds: tuple[Fraction, ...]) -> Fraction:
    """Half the usual length of a frame: pieces in an edit list begin near a frame, not on it."""
    steps = sorted(later - one for one, later in pairwise(starts_seconds))
    return steps[len(steps) // 2] / 2 if steps else Fraction(1, 100)


def _indexed(container: InputContainer, picture: VideoStream, path: Path) -> list[int]:
    """Frame starts from an MP4's own table of contents, in ticks; empty where there is none.

    The table holds decoding times; at a constant rate these step like the shown ones.
    """
    if "mp4" not in container.format.name or not picture.frames:
        return []
    entries = list(picture.index_entries)
    kept = [entry for entry in entries if not entry.is_discard]
    if len(kept) < 2 or len(entries) < picture.frames:
        return []
    size = path.stat().st_size
    beyond = sum(1 for entry in entries if entry.pos + entry.size > size)
    if beyond:
        raise broken(path, f"the film is cut short: {beyond} of {len(entries)} frames are missing")
    starts = [entry.timestamp for entry in kept]
    steps = {later - one for one, later in pairwise(starts)}
    return starts if len(steps) == 1 else []


def _scanned(container: InputContainer, picture: VideoStream, path: Path) -> _Scan:
    """What every packet of the file says (nothing is decoded)."""
    starts: list[int] = []
    reached, read, decoding_only = Fraction(0), 0, True
    before: Fraction | None = None
    streams = [stream for stream in container.streams if stream.type in ("video", "audio")]
    for packet in packets_of(container, streams, path):
        if packet.pts is None:
            continue
        reached = max(reached, (packet.pts + (packet.duration or 0)) * packet.time_base)
        read = max(read, (packet.pos or 0) + packet.size)
        if packet.stream_index == picture.index and not packet.is_discard:
            starts.append(packet.pts)
            decoding_only &= packet.dts == packet.pts
            if packet.dts is not None:
                before = _in_one_run(container, before, packet.dts * packet.time_base, path)
    return _Scan(tuple(starts), decoding_only, reached, read)


def _in_one_run(
    container: InputContainer, before: Fraction | None, now: Fraction, path: Path
) -> Fraction:
    """The clock as it stands now; `FilmError` where it starts anew, as in joined recordings."""
    step = Fraction(0) if before is None else now - before
    leaps = "mpegts" in container.format.name and step > _LEAP_SECONDS
    if before is not None and (step < -_BACK_SECONDS or leaps):
        raise broken(
            path,
            f"the film's clock leaps from {float(before):.2f} to {float(now):.2f} seconds, as "
            "where several recordings were joined",
        )
    return now


def _complete(container: InputContainer, picture: VideoStream, scan: _Scan, path: Path) -> None:
    """Refuse a film whose end is missing, or could not be reached."""
    told_length = container.duration if tells_length(path) else None
    promised = Fraction(told_length or 0, 1_000_000)
    if picture.frames and picture.average_rate:
        promised = max(promised, picture.frames / picture.average_rate)
    start = min(Fraction(container.start_time or 0, 1_000_000), Fraction(0))
    left = start + promised - scan.reached_seconds
    told = f"{float(scan.reached_seconds - start):.1f} of {float(promised):.1f} seconds are there"
    missing = missing_bytes(path)
    far = left > max(Fraction(1), promised / 50)
    if missing or (missing is None and far):
        lacking = f", {missing:,} bytes are missing at the end" if missing else ""
        raise broken(path, f"the film is cut short: {told}{lacking}")
    indexed = any(one in container.format.name for one in ("mp4", "avi"))
    unread = scan.read_bytes < path.stat().st_size * _READ_SHARE
    if left > _UNREAD_SECONDS and unread and not indexed:
        raise broken(path, f"the film is damaged and cannot be read to its end: {told}")
