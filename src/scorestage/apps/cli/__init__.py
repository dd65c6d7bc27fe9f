"""The command line: one verb, one thing a person does."""
