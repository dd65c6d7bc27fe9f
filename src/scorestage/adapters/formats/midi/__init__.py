"""Standard MIDI files, in and out."""

from scorestage.adapters.format import Carries, Format
from scorestage.adapters.formats.midi.map_in import read_map
from scorestage.adapters.formats.midi.map_out import write_map
from scorestage.adapters.formats.midi.midi_in import ReadMidi, read_midi
from scorestage.adapters.formats.midi.midi_out import write_midi
from scorestage.adapters.formats.midi.tracks import MidiTrack

FORMAT = Format(
    name="midi",
    title="Standard MIDI file",
    suffixes=(".mid", ".midi", ".smf"),
    read=read_midi,
    write=write_midi,
    read_session=read_map,
    write_session=write_map,
    carries=frozenset((Carries.TEMPO_MAP, Carries.MARKERS, Carries.TIMECODE)),
)

__all__ = ["FORMAT", "MidiTrack", "ReadMidi", "read_midi", "write_midi"]
