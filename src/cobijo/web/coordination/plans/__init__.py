"""National plans of action: objectives, lines, activities, indicators, money, reports, ratings, evaluations."""
