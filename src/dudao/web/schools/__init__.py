"""School tables of the regions: imports, immutable snapshots, balance between schools, what-ifs, facts for answers."""
