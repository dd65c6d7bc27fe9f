"""What `build` makes, one file a kind: each says what it depends on and how it is made."""
