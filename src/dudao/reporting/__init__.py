"""Files that go out: tables, documents and pages made from results."""
