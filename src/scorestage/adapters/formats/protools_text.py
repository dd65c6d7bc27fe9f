"""Pro Tools session information as text: its markers, in and out.

The file that Pro Tools writes under File, Export, Session Info as Text: a head with sample rate,
start timecode and timecode format, then tables whose titles are set in spaced letters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.adapters.format import Carries, Format, Losses
from scorestage.adapters.marker_text import moment_of, text_lines
from scorestage.adapters.plain_numbers import number_in
from scorestage.adapters.session import Exported, Imported, Marker, MarkerKind, Session
from scorestage.errors import FormatError, TimecodeError, Where
from scorestage.timebase import FilmClock, FilmTime, FrameRate, Timecode, frame_rate

_TITLE = "M A R K E R S  L I S T I N G"
_TABLES = {
    "T R A C K  L I S T I N G": "tracks and their clips",
    "O N L I N E  F I L E S  I N  S E S S I O N": "files",
    "O N L I N E  C L I P S  I N  S E S S I O N": "clips",
    "P L U G - I N S  L I S T I N G": "plug-ins",
}
_COLUMNS = (
    ("#", 4), ("LOCATION", 13), ("TIME REFERENCE", 18), ("UNITS", 9), ("NAME", 33),
    ("TRACK NAME", 33), ("TRACK TYPE", 13), ("COMMENTS", 0),
)  # fmt: skip
_FORMATS = {"23.976": "23.976", "29.97": "29.97", "29.97 drop": "29.97 Drop", "30": "30"}


def write_text(session: Session) -> Exported:
    """The session's markers as Pro Tools lists them, in timecode and exact samples.

    A marker is a point there; a stretch is told by its beginning, its end in the comment.
    """
    clock, rate_hz = session.clock, session.sample_rate_hz
    start = clock.rate.frame_at(session.start)
    label = str(Timecode(clock.start_frames + start, clock.rate).round_the_clock)
    begins = clock.rate.time_of(start)
    head = (
        f"SESSION NAME:\t{_flat(session.title)}",
        f"SAMPLE RATE:\t{rate_hz}.000000",
        "BIT DEPTH:\t24-bit",
        f"SESSION START TIMECODE:\t{label}",
        f"TIMECODE FORMAT:\t{_FORMATS.get(clock.rate.name, clock.rate.name)} Frame",
        f"# OF AUDIO TRACKS:\t{len(session.tracks)}",
    )
    lines = [*head, "", "", _TITLE, "\t".join(f"{name:<{width}}" for name, width in _COLUMNS)]
    lost = ["the tempo map (take the MIDI file beside it)"] if session.tempo_map else []
    ends = early = 0
    for number, marker in enumerate(session.markers, start=1):
        samples = round((marker.at - begins).seconds * rate_hz)
        if samples < 0:
            early += 1
            continue
        ends += marker.end is not None
        comment = f"to {clock.nearest_label(marker.end)}" if marker.end is not None else ""
        cells = (str(number), clock.nearest_label(marker.at), str(samples), "Samples",
                 _flat(marker.words or marker.id), "Markers", "Ruler", comment)  # fmt: skip
        lines.append("\t".join(
            f"{cell:<{width}}" for cell, (_, width) in zip(cells, _COLUMNS, strict=True)
        ))  # fmt: skip
    lost += ["tracks and their media"] if session.tracks else []
    lost += [f"where regions end, but in the comment ({ends})"] if ends else []
    lost += [f"markers before the session's start ({early})"] if early else []
    notes = ("Pro Tools itself reads markers from the MIDI or AAF file; this is for other readers",)
    return Exported(("\n".join(lines) + "\n").encode("utf-8"), tuple(lost), notes)


def _flat(text: str) -> str:
    return " ".join(text.split())


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Head:
    """What the head of the file says."""

    title: str = ""
    sample_rate_hz: Fraction = Fraction(0)
    start: str = ""
    rate: FrameRate | None = None
    losses: Losses = field(default_factory=Losses)


def read_text(content: bytes, name: str, clock: FilmClock) -> Imported:
    """Markers of a Pro Tools text export, by samples where they are listed so, else by timecode.

    `FormatError` names file and line; bars and beats alone say no moment, and are refused.
    """
    lines = text_lines(content, name)
    head = _Head()
    for number, line in enumerate(lines, start=1):
        if line.strip() == _TITLE:
            return _markers(lines, number, head, name, clock)
        _take_head(line, number, head, name)
    if head.rate is None:
        raise FormatError("this is no text export of Pro Tools", Where(file=name))
    do = "export again with Include Markers"
    raise FormatError("the export lists no markers", Where(file=name), do)


def _take_head(line: str, number: int, head: _Head, name: str) -> None:
    key, _, cell = line.partition("\t")
    cell = cell.strip()
    where = Where(file=name, line=number)
    if line.strip() in _TABLES:
        head.losses.add(_TABLES[line.strip()])
    elif key == "SESSION NAME:":
        head.title = cell
    elif key == "SAMPLE RATE:":
        try:
            head.sample_rate_hz = number_in(cell)
        except ValueError as fault:
            raise FormatError(f"the sample rate {fault}", where) from None
        if not 1000 <= head.sample_rate_hz <= 1_000_000:
            raise FormatError(f"a sample rate of {cell[:20]}", where)
    elif key == "SESSION START TIMECODE:":
        head.start = cell
    elif key == "TIMECODE FORMAT:":
        plain = cell.lower().replace("frames", "").replace("frame", "").replace("fps", "")
        try:
            head.rate = frame_rate(" ".join(plain.replace("non-drop", "").split()))
        except TimecodeError as fault:
            raise FormatError(fault.what, where, fault.do) from None


def _markers(
    lines: list[str], title_line: int, head: _Head, name: str, clock: FilmClock
) -> Imported:
    rate = head.rate or clock.rate
    heads = lines[title_line] if title_line < len(lines) else ""
    columns = [cell.strip().upper() for cell in heads.split("\t")]
    if "LOCATION" not in columns or "NAME" not in columns:
        where = Where(file=name, line=title_line + 1)
        raise FormatError("the table of markers has no LOCATION and NAME", where)
    notes: list[str] = []
    if rate != clock.rate:
        told = f"the session counts {rate.name} frames, the project {clock.rate.name}"
        notes.append(f"{told}: real seconds are kept")
    found = []
    for number, line in enumerate(lines[title_line + 1 :], start=title_line + 2):
        if not line.strip():
            break
        cells = [cell.strip() for cell in line.split("\t")]
        row = dict(zip(columns, [*cells, *[""] * len(columns)], strict=False))
        try:
            found.append(Marker(_at(row, head, rate, clock), row["NAME"], None, _kind(row)))
        except (TimecodeError, ValueError) as fault:
            what = fault.what if isinstance(fault, TimecodeError) else str(fault)
            do = "export with the time format Timecode or Samples"
            raise FormatError(what, Where(file=name, line=number), do) from None
    return Imported(
        title=head.title,
        markers=tuple(found),
        placed=True,
        rate=head.rate,
        losses=head.losses.told(),
        notes=tuple(notes),
    )


def _kind(row: dict[str, str]) -> MarkerKind:
    return MarkerKind.HIT if row["NAME"] else MarkerKind.TEXT


def _at(row: dict[str, str], head: _Head, rate: FrameRate, clock: FilmClock) -> FilmTime:
    """Samples from the session's start are exact; a label is its frame."""
    listed = row.get("UNITS") == "Samples" and "TIME REFERENCE" in row
    if listed and head.sample_rate_hz and head.start:
        start = moment_of(head.start, rate, clock)
        samples = number_in(row["TIME REFERENCE"])
        return FilmTime(start.seconds + samples / head.sample_rate_hz)
    return moment_of(row["LOCATION"], rate, clock)


FORMAT = Format(
    name="protools",
    title="Pro Tools session information as text",
    suffixes=(".txt",),
    read_session=read_text,
    write_session=write_text,
    recognises=lambda head: b"SESSION NAME:" in head or b"S\x00E\x00S\x00S\x00" in head,
    carries=frozenset((Carries.MARKERS, Carries.TIMECODE)),
)
