"""Pages of cases that are no registers."""
