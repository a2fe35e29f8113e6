"""What treaty bodies and the study recommend, what is done about it, and the internal record of who pressed whom."""
