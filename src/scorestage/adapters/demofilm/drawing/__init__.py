"""How the demo film is drawn: shapes, cut paper, light, lettering, motion."""
