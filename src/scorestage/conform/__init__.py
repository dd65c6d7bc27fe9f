"""Old cut against new cut: what changed in the picture, and where written music may be joined."""
