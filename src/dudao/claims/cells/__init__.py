"""Results that sentences tell of the cells of a table: which lines they name, and what those cells make."""
