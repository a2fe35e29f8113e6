"""Who does what where: the matrix and map of services, overlaps, gaps, and 4W tables with HXL hashtags."""
