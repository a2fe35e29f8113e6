"""Tags of the screens, for the pages of any room."""
