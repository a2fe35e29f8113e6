"""Groups that coordinate: their seats, meetings and decisions."""
