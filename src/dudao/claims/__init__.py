"""What a text asserts about numbers, recomputed with intervals: quantities → relations → verdicts."""
