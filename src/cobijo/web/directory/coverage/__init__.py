"""Who does what where: the matrix, the map, overlaps and gaps."""
