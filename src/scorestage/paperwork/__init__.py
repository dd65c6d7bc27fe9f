"""Timing notes, cue sheets, cue lists: the paper of a production as plain tables."""

from scorestage.paperwork.click_book import (
    ClickBookPage,
    click_book_pages,
    click_book_table,
    click_of,
)
from scorestage.paperwork.cue_sheet import cue_sheet
from scorestage.paperwork.heading import people_facts
from scorestage.paperwork.licensed import licence_words, uncleared
from scorestage.paperwork.master_list import full_cue_list, master_cue_list
from scorestage.paperwork.print_list import PrintJob, PrintRow, print_list
from scorestage.paperwork.progress import Progress, progress_of, progress_table
from scorestage.paperwork.spotting_notes import spotting_notes
from scorestage.paperwork.stop_clock import ChosenBeats, ClockRow, clock_rows, stop_clock_sheet
from scorestage.paperwork.table import Column, Table
from scorestage.paperwork.tasks import is_late, owed, state_of
from scorestage.paperwork.timing_notes import PictureNote, timing_notes

__all__ = [
    "ChosenBeats",
    "ClickBookPage",
    "ClockRow",
    "Column",
    "PictureNote",
    "PrintJob",
    "PrintRow",
    "Progress",
    "Table",
    "click_book_pages",
    "click_book_table",
    "click_of",
    "clock_rows",
    "cue_sheet",
    "full_cue_list",
    "is_late",
    "licence_words",
    "master_cue_list",
    "owed",
    "people_facts",
    "print_list",
    "progress_of",
    "progress_table",
    "spotting_notes",
    "state_of",
    "stop_clock_sheet",
    "timing_notes",
    "uncleared",
]
