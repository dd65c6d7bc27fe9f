"""`import` and `export`: tempo maps and markers between this house and other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from scorestage import registry
from scorestage.adapters.catalogue import load_house
from scorestage.adapters.cut_exchange import ReadCut, imported_of
from scorestage.adapters.format import Format
from scorestage.adapters.formats.map_json import chosen_candidate
from scorestage.adapters.session import Exported, Imported, Marker, MarkerKind, Session
from scorestage.adapters.store import write_bytes
from scorestage.adapters.store.map_file import map_text, read_map
from scorestage.errors import FormatError, InputError, Where
from scorestage.production import Cue, Reel
from scorestage.timebase import (
    Beat,
    FilmClock,
    FilmTime,
    FrameRate,
    TempoMap,
    Timecode,
    frame_rate,
)
from scorestage.workflow.compose import map_of
from scorestage.workflow.job import Job, user_library
from scorestage.workflow.map_alone import rate_doubt
from scorestage.workflow.products.cuefacts import numbered_by
from scorestage.workflow.products.naming import slug

_HEAD_BYTES = 1 << 16
_LARGEST_BYTES = 2 * 1024**3
TOML = "toml"
"""A cue's own `map.toml`, which is read and written like the other formats."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds, and which format it was taken for; `cut` where it is a cut list."""

    format: str
    title: str
    found: Imported
    cut: ReadCut | None = None


@dataclass(frozen=True, slots=True)
class Counting:
    """What a cut list is read by: the rate it counts in (None: told by its labels), the reels."""

    rate: FrameRate | None = None
    reels: tuple[Reel, ...] = ()
    own_start: bool = False
    """Whether film time begins where the list begins, for want of a project."""


ANY_RATE = Counting()


def formats_that(write: bool) -> dict[str, Format]:
    """The formats that write (or read) a tempo map, markers or a cut list, by name."""
    loaded = registry.load_all("formats")
    known = {name: one for name, one in loaded.items() if isinstance(one, Format)}
    return {
        name: one
        for name, one in known.items()
        if ((one.write_session or one.write_cut) if write else (one.read_session or one.read_cut))
        is not None
    }


def clock_of(rate: str, timecode: str) -> FilmClock:
    """How a file outside any project is read: its frame rate, the timecode of the first frame."""
    frames = frame_rate(rate)
    return FilmClock(frames, Timecode.parse(timecode, frames).frames if timecode else 0)


def bring(
    path: Path,
    clock: FilmClock,
    form: str = "",
    choose: int = 1,
    counting: Counting = ANY_RATE,
) -> Brought:
    """Read a file of another program; `form` names its format, else suffix and content tell it.

    `choose` takes a candidate of a fit's answer, `counting` says how a cut list counts.
    `InputError` or `FormatError` name the file.
    """
    where = Where(file=path)
    if not path.is_file():
        raise InputError("there is no such file", where)
    if path.suffix.lower() == f".{TOML}" and not form:
        found = Imported(tempo_map=read_map(path, clock), placed=True)
        return Brought(TOML, "tempo map of a cue", found)
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise FormatError("larger than 2 GB", where)
        content = path.read_bytes()
    except OSError as fault:
        raise InputError(f"cannot be read: {fault.strerror}", where) from None
    name, reader = _format_of(path, content, form)
    if name == "json":
        chosen = chosen_candidate(content, path.name, choose)
        return Brought(name, reader.title, _of_answer(chosen, path, clock, choose, reader))
    if choose != 1:
        raise InputError("only a fit's answer (.json) has candidates to choose from", where)
    if reader.read_cut is not None:
        held = reader.read_cut(content, path.name, counting.rate)
        if counting.own_start:
            clock = FilmClock(held.cut.rate, held.cut.first_frame)
        return Brought(name, reader.title, imported_of(held, clock, counting.reels), held)
    read = reader.read_session
    if read is None:
        raise FormatError(f"{reader.title} is written only", where)
    found = _in_its_reel(lambda at: read(content, path.name, at), clock, counting.reels)
    return Brought(name, reader.title, found)


def _in_its_reel(
    read: Callable[[FilmClock], Imported], clock: FilmClock, reels: tuple[Reel, ...]
) -> Imported:
    """Markers by the film's timecode; by a reel's where all of them lie in it and not in the film.

    Where both can be, it is the film's, and that is told. What a file says in seconds is the same
    by any clock.
    """
    found = read(clock)
    if found.tempo_map is not None or not found.markers:
        return found
    fitting = []
    for reel in reels:
        other = read(FilmClock(clock.rate, reel.start_frames - reel.first_frame))
        if other.markers != found.markers and _all_in(other, clock.rate, reel):
            fitting.append((reel.number, other))
    if len(fitting) != 1:
        return found
    number, other = fitting[0]
    if _all_in(found, clock.rate, *reels):
        told = (
            f"its timecode is taken for the film's; if it is reel {number}'s, say --reel {number}"
        )
        return replace(found, notes=(*found.notes, told))
    return replace(other, notes=(*other.notes, f"its timecode is that of reel {number}"))


def _all_in(found: Imported, rate: FrameRate, *reels: Reel) -> bool:
    """Whether every marker lies in one of these reels, its end included."""
    places = [one.at.seconds * rate.frames_per_second for one in found.markers]
    return all(any(r.first_frame <= at <= r.last_frame + 1 for r in reels) for at in places)


def _of_answer(
    content: bytes, path: Path, clock: FilmClock, choose: int, reader: Format
) -> Imported:
    """One candidate of a fit's answer; where it was made for another rate, that is told."""
    if reader.read_session is None:
        raise FormatError(f"{reader.title} is written only", Where(file=path))
    found = reader.read_session(content, path.name, clock)
    if found.tempo_map is None:
        return found
    doubts = rate_doubt(path, clock.rate, float(found.tempo_map.end.seconds), choose)
    return replace(found, notes=(*found.notes, *doubts))


def _format_of(path: Path, content: bytes, form: str) -> tuple[str, Format]:
    readers = formats_that(write=False)
    if form:
        if form not in readers:
            raise InputError(f"no format {form!r} is read", do=f"known: {', '.join(readers)}")
        return form, readers[form]
    head = content[:_HEAD_BYTES]
    taking = {name: one for name, one in readers.items() if one.takes(path)}
    for name, one in taking.items():
        if one.recognises is None or one.recognises(head):
            return name, one
    if len(taking) == 1:
        return next(iter(taking.items()))
    suffixes = sorted({suffix for one in readers.values() for suffix in one.suffixes})
    told = f"{path.suffix or 'a file without suffix'} with this content is not understood"
    raise FormatError(told, Where(file=path), f"read are: {', '.join(suffixes)}")


# ── the way out ─────────────────────────────────────────────────────────────────────────────────


def map_session(job: Job, cue: Cue) -> Session:
    """A cue's map with its hits as markers and its span as a region."""
    tempo_map = map_of(job, cue)
    return Session(
        title=f"{cue.number} {cue.title}".strip(),
        clock=job.clock,
        start=_before(tempo_map),
        tempo_map=tempo_map,
        markers=markers_of(cue),
        sample_rate_hz=job.production.sample_rate_hz,
    )


def markers_of(cue: Cue) -> tuple[Marker, ...]:
    """Its hits, and its span where it has one."""
    hits = tuple(
        Marker(hit.at, hit.words or f"hit {hit.id}", None, MarkerKind.HIT, hit.id)
        for hit in sorted(cue.live_hits, key=lambda hit: hit.at.seconds)
    )
    if cue.start is None or cue.end is None:
        return hits
    words = f"{cue.number} {cue.title}".strip()
    return (Marker(cue.start, words, cue.end, MarkerKind.CUE, cue.id), *hits)


def counted_by(brought: Brought, house: str) -> Brought:
    """The map with the house's free bars counted before it, where its bars count from 1."""
    tempo_map = brought.found.tempo_map
    if tempo_map is None:
        return brought
    numbered = numbered_by(load_house(house, user_library()), tempo_map)
    return replace(brought, found=replace(brought.found, tempo_map=numbered))


def plain_session(brought: Brought, clock: FilmClock, title: str) -> Session:
    """What a file holds, to be written as another format."""
    tempo_map = brought.found.tempo_map
    moments = [marker.at for marker in brought.found.markers]
    start = min([_before(tempo_map)] if tempo_map is not None else moments, default=None)
    if start is None:
        raise InputError("the file holds neither a tempo map nor markers")
    title = brought.found.title or title
    in_order = tuple(sorted(brought.found.markers, key=lambda marker: marker.at.seconds))
    return Session(title, clock, start, tempo_map, in_order)


def _before(tempo_map: TempoMap) -> FilmTime:
    """The first moment of a plain map: bar 1, or whole bars before it where there is a pickup."""
    bar = tempo_map.grid.bars[0].meter.length.quarters
    lead = -(-tempo_map.grid.pickup.quarters // bar) * bar
    return tempo_map.time_at(Beat(-lead))


def target_in(out: Path | None, session: Session, form: str) -> Path | None:
    """Where an export goes: `out` itself, or a file of the cue's name where it is a folder."""
    if out is None or (out.suffix and not out.is_dir()):
        return out
    suffix = f".{TOML}" if form == TOML else _writer_of(None, form)[1].suffixes[0]
    return out / _plain_name(session, suffix)


def put(session: Session, target: Path | None, form: str) -> tuple[Path, Exported]:
    """Write a session as `form`, or as the format that the suffix of `target` tells."""
    if form == TOML or (not form and target is not None and target.suffix.lower() == f".{TOML}"):
        return _put_toml(session, target)
    _, one = _writer_of(target, form)
    path = target if target is not None else Path(_plain_name(session, one.suffixes[0]))
    write = one.write_session
    if write is None:
        raise FormatError(f"{one.title} is read only", do="choose another format")
    written = write(session)
    write_bytes(path, written.content)
    return path, written


def _put_toml(session: Session, target: Path | None) -> tuple[Path, Exported]:
    if session.tempo_map is None:
        raise FormatError("there is no tempo map to write")
    path = target if target is not None else Path(_plain_name(session, f".{TOML}"))
    text = map_text(session.tempo_map, session.clock, session.title)
    lost = (f"markers ({len(session.markers)})",) if session.markers else ()
    written = Exported(text.encode("utf-8"), lost, ("every number is exact",))
    write_bytes(path, written.content)
    return path, written


def _plain_name(session: Session, suffix: str) -> str:
    return f"{slug(session.title)}{suffix}"


def _writer_of(target: Path | None, form: str) -> tuple[str, Format]:
    writers = formats_that(write=True)
    if form:
        if form not in writers:
            known = ", ".join((*writers, TOML))
            raise InputError(f"no format {form!r} is written", do=f"known: {known}")
        return form, writers[form]
    if target is None:
        raise InputError("say a format or a file", do=f"--to {' | '.join((*writers, TOML))}")
    for name, one in writers.items():
        if one.takes(target):
            return name, one
    suffixes = sorted({suffix for one in writers.values() for suffix in one.suffixes})
    told = f"{target.suffix or 'a file without suffix'} is no format that is written"
    raise FormatError(told, Where(file=target), f"written are: {', '.join(suffixes)}")
