"""Treaties and laws, what changed in them, the penalties they set, studies, and law reform."""
