"""Pages of checks: the draft under way, reports and their versions, decisions, exports."""
