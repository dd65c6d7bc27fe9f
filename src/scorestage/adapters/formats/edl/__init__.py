"""Edit decision lists: CMX3600 and what is written in its name."""

from __future__ import annotations

import re

from scorestage.adapters.cut_exchange import cut_of_session, session_losses
from scorestage.adapters.format import Carries, Format
from scorestage.adapters.formats.edl.reading import read_edl
from scorestage.adapters.formats.edl.writing import write_edl
from scorestage.adapters.session import Exported, Session

_RESOLVE = re.compile(rb"\|\x00?C\x00?:")


def write_session(session: Session) -> Exported:
    """The film as one event, with hits and cues as markers below it."""
    made = write_edl(cut_of_session(session))
    return Exported(made.content, (*session_losses(session), *made.not_carried), made.notes)


FORMAT = Format(
    name="edl",
    title="edit decision list (CMX3600)",
    suffixes=(".edl",),
    read_cut=read_edl,
    write_cut=write_edl,
    write_session=write_session,
    recognises=lambda head: not _RESOLVE.search(head),
    carries=frozenset((Carries.CUT, Carries.MARKERS, Carries.TIMECODE)),
)

__all__ = ["FORMAT", "read_edl", "write_edl"]
