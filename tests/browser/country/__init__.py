"""The invented people as a register of a real site, so that a browser sees a sealed register too."""
