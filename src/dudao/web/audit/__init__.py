"""The audit trail: append-only, hash-chained, without foreign keys, so that it outlives what it describes."""
