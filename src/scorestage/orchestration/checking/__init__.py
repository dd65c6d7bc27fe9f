"""What players can do in real seconds: one engine of states, one file for each kind of player."""
