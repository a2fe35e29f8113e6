"""The justice track, and the alert when a child is treated as an offender."""
