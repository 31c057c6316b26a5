"""Evidence files: stored by content, with their legal period, secrecy and what they support."""
