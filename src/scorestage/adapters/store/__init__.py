"""The project folder."""

from scorestage.adapters.store.atomic import replacing, sha256_of, write_bytes, write_text
from scorestage.adapters.store.lock import writing
from scorestage.adapters.store.page_shelf import PAGES, PageShelf
from scorestage.adapters.store.project import ProjectFolder
from scorestage.adapters.store.provenance import (
    BarPrints,
    Made,
    Origin,
    Provenance,
    is_by_hand,
    read_provenance,
    write_provenance,
)
from scorestage.adapters.store.rooms import ROOMS, passing_room, room_in, sweep
from scorestage.adapters.store.together import (
    Kept,
    changing_together,
    copy_texts,
    finish_changes,
    kept_changes,
    take_back,
)

__all__ = [
    "PAGES",
    "ROOMS",
    "BarPrints",
    "Kept",
    "Made",
    "Origin",
    "PageShelf",
    "ProjectFolder",
    "Provenance",
    "changing_together",
    "copy_texts",
    "finish_changes",
    "is_by_hand",
    "kept_changes",
    "passing_room",
    "read_provenance",
    "replacing",
    "room_in",
    "sha256_of",
    "sweep",
    "take_back",
    "write_bytes",
    "write_provenance",
    "write_text",
    "writing",
]
