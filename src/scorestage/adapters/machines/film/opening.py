"""Opening a stranger's film: local files only, nothing but films, every fault one clear error."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import av
import av.error
import av.logging
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from scorestage.errors import FilmError, Where

av.logging.set_level(None)

OneKind = TypeVar("OneKind", bound=Stream)

_NO_FILM = re.compile(
    "concatf?|dash|hls|applehttp|imf|sdp|rtsp|rtp|mpjpeg|tty|lavfi|image2.*|.*_pipe|ffmetadata|"
    "rawvideo|v4l2|video4linux2|x11grab|fbdev|alsa|oss|pulse|jack|avfoundation|dshow|gdigrab|"
    "vfwcap|decklink|openal|sndio|kmsgrab|iec61883|libcdio|libdc1394|vapoursynth|avisynth|"
    "bin|xbin|adf|idf|bintext|txd"
)
"""What FFmpeg reads but is no film: playlists (they name other files), devices, stills, texts."""


def film_formats() -> str:
    """The containers that are opened, as FFmpeg's comma list."""
    return ",".join(name for name in sorted(av.formats_available) if not _NO_FILM.fullmatch(name))


def local_file(path: Path | str) -> Path:
    """`path` as a readable local file of some bytes; `FilmError` for anything else."""
    text = str(path)
    if "://" in text:
        raise FilmError(f"{text} is an address, not a file", do="download the film and name it")
    file = Path(path)
    where = Where(file=file.name or text)
    try:
        if file.is_dir():
            raise FilmError("this is a folder, not a film", where, "name the film file inside it")
        if not file.exists():
            raise FilmError(f"there is no such film: {file}", where, "check the name")
        if not file.is_file():
            raise FilmError("this is no ordinary file", where, "name a film file")
        if file.stat().st_size == 0:
            raise FilmError("the file is empty", where, "copy it again")
        with file.open("rb"):
            pass
    except PermissionError as fault:
        raise FilmError("you may not read this file", where, "change its permissions") from fault
    except (OSError, ValueError) as fault:
        raise FilmError(f"the file cannot be read: {fault}", where) from fault
    return file


def open_film(path: Path | str, as_stored: bool = False) -> InputContainer:
    """The film container at `path`, to be closed by the caller; `FilmError` for what is none.

    `as_stored` leaves the edit lists of QuickTime and MP4 files unread: see `edits`.
    """
    file = local_file(path)
    options = {"protocol_whitelist": "file", "format_whitelist": film_formats()}
    if as_stored:
        options["ignore_editlist"] = "1"
    try:
        return av.open(
            f"file:{file.absolute()}", "r", container_options=options, metadata_errors="replace"
        )
    except (av.error.FFmpegError, ValueError, OSError, UnicodeError) as fault:
        raise _no_film(file) from fault


@contextmanager
def opened(path: Path | str, as_stored: bool = False) -> Iterator[InputContainer]:
    """The film container at `path`, closed afterwards; FFmpeg's own faults become `FilmError`."""
    file = local_file(path)
    container = open_film(file, as_stored)
    try:
        yield container
    except av.error.FFmpegError as fault:
        raise broken(file, f"the film cannot be read on: {_reason(fault)}") from fault
    finally:
        container.close()


def packets_of(
    container: InputContainer, streams: OneKind | Sequence[OneKind], path: Path | str
) -> Iterator[Packet[OneKind]]:
    """What the file holds of these streams, piece by piece; `FilmError` where it is damaged."""
    wanted = [streams] if isinstance(streams, Stream) else list(streams)
    packets: Iterator[Packet[OneKind]] = cast(Any, container.demux(wanted))
    while True:
        try:
            packet = next(packets, None)
        except IndexError as fault:  # PyAV's, where damage looks like a new stream
            raise broken(path, "the film cannot be read on: it is damaged") from fault
        except av.error.FFmpegError as fault:
            raise broken(path, f"the film cannot be read on: {_reason(fault)}") from fault
        if packet is None:
            return
        yield packet


def _reason(fault: av.error.FFmpegError) -> str:
    """Why, where it is the disk's fault; FFmpeg's other reasons all say that it is damaged."""
    told = fault.errno in (errno.EIO, errno.ENOMEM)
    return str(fault.strerror) if told else "it is damaged"


def picture_shown(container: InputContainer) -> VideoStream | None:
    """The stream that holds the picture; an album cover is none."""
    for stream in container.streams.video:
        if not int(stream.disposition) & int(av.stream.Disposition.attached_pic):
            return stream
    return None


def picture_of(container: InputContainer, path: Path | str) -> VideoStream:
    """The same; `FilmError` where there is none."""
    shown = picture_shown(container)
    if shown is not None:
        return shown
    what = "sound only" if container.streams.audio else "no picture"
    raise FilmError(
        f"this file holds {what}: it is no film",
        Where(file=Path(path).name),
        "name a film; a temp track is given with --temp",
    )


def broken(path: Path | str, what: str, timecode: str | None = None) -> FilmError:
    """The error for a film that is damaged or cut short."""
    where = Where(file=Path(path).name, timecode=timecode)
    return FilmError(what, where, "copy it again, or export it anew from the editing system")


def _no_film(file: Path) -> FilmError:
    with file.open("rb") as opening:
        head = opening.read(12)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free"):
        return broken(file, "the film is cut short: its table of contents is missing")
    return FilmError(
        "this is not a film that can be read",
        Where(file=file.name),
        "give an MP4, MOV, MKV, MXF or AVI file",
    )
