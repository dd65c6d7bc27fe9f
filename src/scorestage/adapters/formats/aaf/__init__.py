"""AAF compositions: a session out; a sequence with its clips and locators in and out."""

from scorestage.adapters.format import Carries, Format
from scorestage.adapters.formats.aaf.composition_in import read_aaf
from scorestage.adapters.formats.aaf.composition_out import write_aaf
from scorestage.adapters.formats.aaf.cut_out import write_cut_aaf

FORMAT = Format(
    name="aaf",
    title="AAF composition",
    suffixes=(".aaf",),
    read_cut=read_aaf,
    write_cut=write_cut_aaf,
    write_session=write_aaf,
    recognises=lambda head: head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    carries=frozenset((Carries.CUT, Carries.MARKERS, Carries.TRACKS, Carries.TIMECODE)),
)

__all__ = ["FORMAT", "read_aaf", "write_aaf", "write_cut_aaf"]
