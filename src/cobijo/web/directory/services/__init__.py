"""The services of the directory: what is offered, to whom, and who verified it last."""
