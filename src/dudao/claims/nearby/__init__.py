"""What figures near a result make of it, where no word says which of them are meant; `relations.near_fits` asks."""
