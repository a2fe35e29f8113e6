"""The public site: the picture, its estimates, tables, method and report, in Spanish and English."""
