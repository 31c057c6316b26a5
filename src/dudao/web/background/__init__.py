"""Background work: what takes long runs outside of the request, survives a killed worker, and shows its progress."""
