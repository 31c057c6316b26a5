"""The pages of school data."""
