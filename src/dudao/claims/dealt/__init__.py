"""What a list that is dealt out (分别为、依次为) says of another list, item by item."""
