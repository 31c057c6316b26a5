"""The cheapest way to a standard: fewest teachers added or moved, least yuan of rooms and equipment, with proof."""
