"""The pages of the room that are no register."""
