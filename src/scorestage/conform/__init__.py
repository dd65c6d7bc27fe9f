"""Old cut against new cut: what changed in the picture, and where written music may be joined."""

from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.conform.lists import compare_lists

__all__ = ["Change", "ChangeKind", "ChangeList", "compare_lists", "made_list"]
