"""Timing notes, cue sheets, cue lists: the paper of a production as plain tables."""

from scorestage.paperwork.click_book import ClickBookPage, click_book_pages, click_book_table
from scorestage.paperwork.cue_sheet import cue_sheet
from scorestage.paperwork.master_list import master_cue_list
from scorestage.paperwork.table import Column, Table
from scorestage.paperwork.timing_notes import PictureNote, timing_notes

__all__ = [
    "ClickBookPage",
    "Column",
    "PictureNote",
    "Table",
    "click_book_pages",
    "click_book_table",
    "cue_sheet",
    "master_cue_list",
    "timing_notes",
]
