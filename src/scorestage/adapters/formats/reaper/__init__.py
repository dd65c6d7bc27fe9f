"""Reaper projects (.RPP): tempo map, markers, regions, tracks, in and out."""

from scorestage.adapters.format import Carries, Format
from scorestage.adapters.formats.reaper.project_in import read_project
from scorestage.adapters.formats.reaper.project_out import write_project

FORMAT = Format(
    name="reaper",
    title="Reaper project",
    suffixes=(".rpp", ".rpp-bak"),
    read_session=read_project,
    write_session=write_project,
    recognises=lambda head: head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<REAPER_PROJECT"),
    carries=frozenset(
        (Carries.TEMPO_MAP, Carries.RAMPS, Carries.MARKERS, Carries.TRACKS, Carries.TIMECODE)
    ),
)

__all__ = ["FORMAT", "read_project", "write_project"]
