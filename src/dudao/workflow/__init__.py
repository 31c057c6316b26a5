"""States of answers and assessments and the events between them: pure and declarative."""
