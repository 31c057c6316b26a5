"""Pages of evidence: the library, one piece, uploads, and what belongs to an item."""
