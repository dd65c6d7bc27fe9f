"""What a person does, one file a verb: engines and adapters brought together."""
