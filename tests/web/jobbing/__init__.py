"""An app of the tests with jobs of its own, for workers in processes of their own."""
