"""Where to get help: what the public may see of the directory, with the country's help lines first."""
