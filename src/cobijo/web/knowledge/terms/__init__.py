"""The vocabulary on the site: its concepts, the words that a country adds, and the check of a text."""
