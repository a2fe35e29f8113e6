"""The publication wing: what leaves the house, and how the public reads it."""
