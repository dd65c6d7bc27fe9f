"""Who and what is seen in the demo film: Wick, the firefly, the boat, the tower."""
