"""Who (people and their organisations), may they, what happened, identities, long work, registers."""
