"""Pages that account for music: who plays what and why, and what put each note of a sketch there.

One file each, nothing fetched, no outside script.
"""

from scorestage.adapters.formats.account_pages.orchestration import orchestration_page
from scorestage.adapters.formats.account_pages.sketch import SectionTold, sketch_page

__all__ = ["SectionTold", "orchestration_page", "sketch_page"]
