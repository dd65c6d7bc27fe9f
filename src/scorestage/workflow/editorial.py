"""Cut lists: the edit of a picture version, its markers, and the film's cues on the way out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.cut_exchange import ReadCut, cut_marker, cut_of_session
from scorestage.adapters.format import Carries, Format
from scorestage.adapters.formats.otio import read_otio, write_otio
from scorestage.adapters.session import Exported, Marker, Session
from scorestage.adapters.store import write_bytes, writing
from scorestage.errors import FormatError, InputError, Where
from scorestage.production import (
    Cue,
    CutEvent,
    CutList,
    CutMarker,
    CutSource,
    Note,
    PictureVersion,
    Reel,
)
from scorestage.timebase import FRAMES_24, FilmClock, FilmTime
from scorestage.workflow.exchange import (
    Counting,
    bring,
    formats_that,
    markers_of,
    put,
    target_in,
)
from scorestage.workflow.job import Job
from scorestage.workflow.products.naming import slug
from scorestage.workflow.tell import tell_exact, tell_moment

EDIT_SUFFIX = ".otio"
_SNIFFED_BYTES = 1 << 16


def is_cut_list(path: Path) -> bool:
    """Whether a file is a cut list, by suffix and beginning; files that are not there are none."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_SNIFFED_BYTES)
    return any(
        one.read_cut is not None
        and one.takes(path)
        and (one.recognises is None or one.recognises(head))
        for one in formats_that(write=False).values()
    )


def read_cut_list(path: Path, counting: Counting) -> ReadCut:
    """The cut list of a file, whichever of the formats it is."""
    found = bring(path, FilmClock(counting.rate or FRAMES_24), counting=counting)
    if found.cut is None:
        raise FormatError(
            f"{found.title}: this is no cut list", Where(file=path), "give an EDL, OTIO, FCPXML …"
        )
    return found.cut


def write_cut_list(cut: CutList, target: Path, form: str = "") -> Exported:
    """Write a cut list as `form`, or as the suffix of `target` tells."""
    made = cut_writer(target, form).write_cut
    if made is None:
        raise FormatError("this format holds no cut", Where(file=target))
    written = made(cut)
    write_bytes(target, written.content)
    return written


def cut_writer(target: Path | None, form: str = "") -> Format:
    """The format of a cut list by its name or by a file's; `InputError` names what there is."""
    writers = {n: one for n, one in formats_that(write=True).items() if one.write_cut is not None}
    if form in writers:
        return writers[form]
    taking = [one for one in writers.values() if target is not None and one.takes(target)]
    if form or not taking:
        do = f"written are: {', '.join(sorted(writers))}"
        raise InputError(f"{form or target} is no cut list that is written", do=do)
    return taking[0]


def holds_cut(form: str, target: Path | None) -> bool:
    """Whether an export asked for like this is a cut list."""
    writers = formats_that(write=True)
    if form:
        return form in writers and Carries.CUT in writers[form].carries
    if target is None or not target.suffix:
        return False
    taking = [one for one in writers.values() if one.takes(target)]
    return bool(taking) and Carries.CUT in taking[0].carries


# ── in a project ────────────────────────────────────────────────────────────────────────────────


def keep_edit(job: Job, read: ReadCut, picture: str = "") -> tuple[Path, tuple[str, ...]]:
    """Keep a cut list as the edit of a picture version; its file, and in words what to look at."""
    version = _version(job, picture)
    cut = read.cut
    notes = []
    if cut.rate.frames_per_second != version.rate.frames_per_second:
        raise InputError(
            f"the list counts {cut.rate.name} frames, picture {version.id} {version.rate.name}",
            do="ask for a list at the picture's rate",
        )
    if not cut.picture:
        raise InputError("the list holds no picture", do="export the video tracks")
    first, last = cut.picture[0].record_in_frames, cut.picture[-1].record_out_frames
    starts = {version.start_frames, *(reel.start_frames for reel in job.production.reels)}
    if first not in starts:
        told = cut.label(first)
        notes.append(f"the list begins at {told}, where neither the picture nor a reel begins")
    if last - first > version.frames:
        notes.append(f"the list is {last - first} frames long, the picture {version.frames}")
    path = edit_file(job, version)
    with writing(job.folder.root):
        write_bytes(path, write_otio(cut).content)
    return path, tuple(notes)


def edit_file(job: Job, version: PictureVersion) -> Path:
    """Where the edit of a picture version lies."""
    return job.folder.root / "pictures" / f"{version.id}{EDIT_SUFFIX}"


def edit_of(job: Job, picture: str = "") -> CutList | None:
    """The edit of a picture version, where one was taken in."""
    if not job.production.picture and not picture:
        return None
    path = edit_file(job, _version(job, picture))
    if not path.is_file():
        return None
    return read_otio(path.read_bytes(), path.name, job.production.rate).cut


def _version(job: Job, picture: str) -> PictureVersion:
    if not picture:
        return job.picture()
    for version in job.production.pictures:
        if picture in (version.id, version.label):
            return version
    known = ", ".join(one.id for one in job.production.pictures) or "none"
    raise InputError(f"there is no picture version {picture!r}", do=f"known: {known}")


def keep_notes(job: Job, markers: tuple[Marker, ...], who: str, today: str) -> tuple[Note, ...]:
    """Keep markers as notes of the talk, each with its timecode; those kept before stay once."""
    brief = job.production.brief
    held = {(note.text, note.timecode) for note in brief.notes}
    found = []
    for marker in sorted(markers, key=lambda one: one.at):
        label = job.clock.nearest_label(marker.at)
        if marker.words and (marker.words, label) not in held:
            held.add((marker.words, label))
            found.append(Note(marker.words, who, today, label))
    if found:
        job.save(replace(job.production, brief=replace(brief, notes=(*brief.notes, *found))))
    return tuple(found)


# ── the way out ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class FilmCut:
    """The film's edit with the cues and hits as its markers, and what was left out."""

    cut: CutList
    notes: tuple[str, ...] = ()


def film_cut(job: Job, cues: tuple[Cue, ...], reel_number: int = 0) -> FilmCut:
    """The edit in force (the whole film as one clip where none was taken in), marked by our cues.

    With a reel, only what lies in it; labels are those of the reels where there are several.
    """
    reel = _reel(job, reel_number)
    notes = []
    edit = edit_of(job)
    if edit is None:
        edit = _plain_cut(job)
        if job.production.picture:
            notes.append("the picture is one clip: take in its edit with import --edit")
    elif edit.markers:
        count = len(edit.markers)
        notes.append(f"the edit's own markers ({count}) are left out: the editor has them")
    markers = [
        _marked(job, marker, reel)
        for cue in cues
        for marker in markers_of(cue)
        if reel is None or _inside(job, marker.at, reel)
    ]
    title = f"{job.production.title} music" if reel is None else edit.title
    marked = tuple(sorted(markers, key=lambda one: (one.at_frames, -one.frames)))
    cut = replace(edit, title=title or job.production.title, markers=marked)
    if reel is not None:
        cut = _within(cut, reel)
    return FilmCut(cut, tuple(notes))


def film_markers(job: Job, cues: tuple[Cue, ...], reel_number: int = 0) -> Session:
    """Cues and hits of the film, or of one reel on that reel's timecode, without its edit."""
    reel = _reel(job, reel_number)
    clock = reel_clock(job, reel_number)
    markers = tuple(
        marker
        for cue in cues
        for marker in markers_of(cue)
        if reel is None or _inside(job, marker.at, reel)
    )
    title = f"{job.production.title} music" + (f" reel {reel_number}" if reel else "")
    ordered = tuple(sorted(markers, key=lambda marker: marker.at))
    return Session(title, clock, FilmTime(0), None, ordered)


def _plain_cut(job: Job) -> CutList:
    """The film as one clip a reel, on the reels' timecode."""
    production = job.production
    clock = job.clock
    picture = production.current_picture
    if picture is None:
        last = max(
            (c.end.seconds for c in production.cues if c.end is not None), default=Fraction(1)
        )
        session = Session(production.title, clock, FilmTime(0), end=FilmTime(last))
        return cut_of_session(session)
    name = Path(picture.media).name
    source = CutSource("", picture.label or name, name)
    reels = production.reels or (Reel(1, 0, picture.frames - 1, picture.start_frames),)
    events = tuple(
        CutEvent(
            record_in_frames=reel.start_frames,
            record_out_frames=reel.start_frames + reel.last_frame - reel.first_frame + 1,
            source=source,
            source_in_frames=Fraction(picture.start_frames + reel.first_frame),
            source_out_frames=Fraction(picture.start_frames + reel.last_frame + 1),
            number=f"{place:03}",
        )
        for place, reel in enumerate(reels, start=1)
    )
    return CutList(production.title, production.rate, events)


def reel_clock(job: Job, number: int) -> FilmClock:
    """The film's clock, or for a reel by number the one that counts as that reel's labels do."""
    reel = _reel(job, number)
    if reel is None:
        return job.clock
    return FilmClock(job.clock.rate, reel.start_frames - reel.first_frame)


def counting_of(job: Job, reel_number: int = 0) -> Counting:
    """How lists for this film count: in its reels, or in the one said."""
    reel = _reel(job, reel_number)
    return Counting(job.production.rate, job.production.reels if reel is None else (reel,))


def _reel(job: Job, number: int) -> Reel | None:
    if not number:
        return None
    for reel in job.production.reels:
        if reel.number == number:
            return reel
    known = ", ".join(str(one.number) for one in job.production.reels) or "none"
    raise InputError(f"there is no reel {number}", do=f"reels: {known}")


def _inside(job: Job, at: FilmTime, reel: Reel) -> bool:
    return reel.holds(job.production.rate.frame_at(at))


def _marked(job: Job, marker: Marker, reel: Reel | None) -> CutMarker:
    """A cue or hit on the record timecode of the reel it lies in."""
    rate = job.production.rate
    at = marker.at.seconds * rate.frames_per_second
    end = None if marker.end is None else marker.end.seconds * rate.frames_per_second
    held = reel or _reel_at(job, at)
    offset = job.clock.start_frames if held is None else held.start_frames - held.first_frame
    if end is not None and held is not None:
        end = min(end, Fraction(held.last_frame + 1)) if at <= held.last_frame else end
    return cut_marker(at + offset, None if end is None else end + offset, marker)


def _reel_at(job: Job, frame: Fraction) -> Reel | None:
    for reel in job.production.reels:
        if reel.first_frame <= frame < reel.last_frame + 1:
            return reel
    return None


def _within(cut: CutList, reel: Reel) -> CutList:
    first, last = reel.start_frames, reel.start_frames + reel.last_frame - reel.first_frame + 1
    inside = (e for e in cut.events if first <= e.record_in_frames < last)
    return replace(cut, events=tuple(inside), start_frames=first, end_frames=last)


def export_film(
    job: Job, cues: tuple[Cue, ...], form: str, out: Path | None, reel: int = 0
) -> tuple[Path, Exported]:
    """Write cues and hits as markers of the film's edit, in one file for the whole film or reel.

    Formats that hold markers alone get those, on the picture's timecode or that of the reel.
    """
    one = formats_that(write=True).get(form)
    if one is not None and one.write_cut is None and Carries.MARKERS in one.carries:
        session = film_markers(job, cues, reel)
        return put(session, target_in(out, session, form), form)
    made = film_cut(job, cues, reel)
    writer = cut_writer(out, form)
    path = out
    if path is None or path.is_dir() or (not path.suffix and not path.is_file()):
        name = f"{slug(made.cut.title)}{writer.suffixes[0]}"
        path = Path(name) if path is None else path / name
    written = write_cut_list(made.cut, path, writer.name)
    return path, replace(written, notes=(*made.notes, *written.notes))


# ── as an answer ────────────────────────────────────────────────────────────────────────────────


def tell_cut(cut: CutList, clock: FilmClock) -> dict[str, Any]:
    """A cut list as an answer."""
    return {
        "title": cut.title,
        "rate": cut.rate.name,
        "drop": cut.rate.drop,
        "start_timecode": cut.label(cut.first_frame),
        "end_timecode": cut.label(cut.last_frame),
        "frames": cut.last_frame - cut.first_frame,
        "tracks": list(cut.tracks),
        "events": [_tell_event(cut, event, clock) for event in cut.events],
        "lines_before": list(cut.head),
    }


def tell_cut_markers(cut: CutList, markers: tuple[Marker, ...]) -> list[dict[str, Any]]:
    """The markers of a cut list, each with its moment of the film."""
    return [
        {
            **tell_moment("at", moment.at),
            "timecode": cut.label(one.at_frames),
            **tell_exact("at_frames", one.at_frames),
            **tell_exact("length_frames", one.frames),
            "words": one.words,
            "note": one.note,
            "who": one.who,
            "colour": one.colour,
            "track": one.track,
            "kind": str(moment.kind),
        }
        for one, moment in zip(cut.markers, markers, strict=True)
    ]


def _tell_event(cut: CutList, event: CutEvent, clock: FilmClock) -> dict[str, Any]:
    source = event.source
    rate = source.rate or cut.rate
    return {
        "number": event.number,
        "track": event.track,
        "record_in": cut.label(event.record_in_frames),
        "record_out": cut.label(event.record_out_frames),
        "record_in_frames": event.record_in_frames,
        "record_out_frames": event.record_out_frames,
        "reel": source.reel,
        "clip": source.clip,
        "file": source.file,
        "black": source.black,
        "source_rate": rate.name,
        **tell_exact("source_in_frames", event.source_in_frames),
        **tell_exact("source_out_frames", event.source_out_frames),
        **tell_exact("speed", event.speed),
        "transition": _tell_transition(event),
        "remarks": list(event.remarks),
    }


def _tell_transition(event: CutEvent) -> dict[str, Any] | None:
    found = event.transition
    if found is None:
        return None
    return {
        "kind": str(found.kind),
        "frames": found.frames,
        "before_frames": found.before_frames,
        "code": found.code,
        "name": found.name,
        "from": found.from_source.name if found.from_source is not None else None,
        "from_frames": str(found.from_frames) if found.from_frames is not None else None,
    }
