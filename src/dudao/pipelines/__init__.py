"""The paths of dudao, each readable from top to bottom."""
