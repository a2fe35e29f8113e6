"""What is known: figures and their contradictions, terms, instruments and laws."""
