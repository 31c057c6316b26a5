"""Every write of a round: keyword-only, with the person, atomic, its audit event in the same transaction."""
