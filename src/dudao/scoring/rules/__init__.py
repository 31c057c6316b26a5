"""One file for each kind of scoring rule: the settings it reads and the points it gives."""
