"""What a sound scheme looks like: one concern a file, all of them in one tuple."""
