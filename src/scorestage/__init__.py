"""From rough cut to scoring stage."""
