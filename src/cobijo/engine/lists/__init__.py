"""What an agency's list looks like, and how it becomes the canonical record."""
