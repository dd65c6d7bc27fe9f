"""DAWproject, the open exchange format of Bitwig, Cubase and Studio One, in and out."""

from scorestage.adapters.format import Carries, Format
from scorestage.adapters.formats.dawproject.project_in import read_project
from scorestage.adapters.formats.dawproject.project_out import write_project

FORMAT = Format(
    name="dawproject",
    title="DAWproject",
    suffixes=(".dawproject",),
    read_session=read_project,
    write_session=write_project,
    recognises=lambda head: head.startswith(b"PK"),
    carries=frozenset((Carries.TEMPO_MAP, Carries.MARKERS, Carries.TRACKS)),
)

__all__ = ["FORMAT", "read_project", "write_project"]
