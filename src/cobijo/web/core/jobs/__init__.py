"""Long work: what is asked for now and done by a worker, seen while it runs, resumed or ended with a sentence."""
