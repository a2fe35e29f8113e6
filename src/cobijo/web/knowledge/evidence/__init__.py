"""Figures that somebody published, who said them, what they count, and what contradicts what."""
