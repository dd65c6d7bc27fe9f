"""A tempo map from a file by itself, in whatever way a person has it."""

from __future__ import annotations

from pathlib import Path

from scorestage import registry
from scorestage.adapters.format import Format
from scorestage.adapters.formats.map_json import rate_said, read_map_json
from scorestage.adapters.store.map_file import read_map
from scorestage.errors import FormatError, InputError, Where
from scorestage.timebase import FilmClock, FrameRate, TempoMap, frame_rate


def read_map_alone(path: Path, clock: FilmClock, choose: int = 1) -> TempoMap:
    """The map in `path`: a fit's answer (.json), a cue's map (.toml), or a file of another program.

    `choose` takes a candidate of a fit's answer. A file that does not tell its place in the film
    begins at the film's first frame.
    """
    if not path.is_file():
        raise InputError(f"there is no such tempo map: {path}", do="check the name")
    suffix = path.suffix.lower()
    if suffix == ".toml":
        return read_map(path, clock)
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise InputError(f"the tempo map cannot be read: {fault}", Where(file=path)) from None
    if suffix == ".json":
        return read_map_json(content, path.name, choose)
    return _of_another_program(path, content, clock)


def rate_doubt(path: Path, rate: FrameRate, end: float, choose: int = 1) -> tuple[str, ...]:
    """What it costs where a fit's answer was made for another frame rate than the film's `rate`.

    `end` is where the music is over, in seconds; a hit given in timecode is off by its share.
    """
    if path.suffix.lower() != ".json":
        return ()
    said = rate_said(path.read_bytes(), path.name, choose)
    if not said:
        return ()
    made_for = frame_rate(said)
    off_frames = abs(end * float(made_for.frames_per_second - rate.frames_per_second))
    if not off_frames:
        return ()
    return (
        f"the map was made for {made_for.name} frames a second, not for {rate.name}: a hit given "
        f"in timecode lies {off_frames:.1f} frames off at its end (fit again with --rate "
        f"{rate.name}, or run the map at the film's speed: map pull)",
    )


def _of_another_program(path: Path, content: bytes, clock: FilmClock) -> TempoMap:
    known = [one for one in registry.load_all("formats").values() if isinstance(one, Format)]
    readers = [one for one in known if one.read_session is not None]
    for one in readers:
        told = one.recognises is None or one.recognises(content[:4096])
        if one.read_session is not None and one.takes(path) and told:
            found = one.read_session(content, path.name, clock).tempo_map
            if found is not None:
                return found
            raise FormatError("the file holds no tempo map", Where(file=path))
    suffixes = sorted({".json", ".toml", *(name for one in readers for name in one.suffixes)})
    raise FormatError(
        f"no tempo map is read from {path.suffix or 'a file without suffix'}",
        Where(file=path),
        f"known: {', '.join(suffixes)}",
    )
