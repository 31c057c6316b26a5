"""From the table an office receives to the draft of a pack: columns → rows → items → settled points and ids."""
