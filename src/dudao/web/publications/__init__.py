"""Files that go out of the platform: score sheets and reports."""
