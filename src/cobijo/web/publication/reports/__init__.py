"""The alternative report to the Committee on the Rights of the Child: written, checked, frozen, handed in."""
