"""The demonstration: regions of public self-evaluations in several stages of a round, and people to look at them as."""
