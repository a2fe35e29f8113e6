"""What authorities must do by law, how far each state complies, and the self-assessment of the national response."""
