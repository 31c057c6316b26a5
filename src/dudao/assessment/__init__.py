"""What is answered: facts, answers to items, references to evidence, and how complete they are."""
