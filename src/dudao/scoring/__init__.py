"""Points from facts: rule kinds, aggregation, grades, vetoes, and the audit of score sheets."""
