"""The plans of action in force, for everybody: no sign-in, and nothing that is not meant for the public."""
