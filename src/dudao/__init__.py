"""dudao (督导): the yearly evaluation of how governments fulfil their duties for education."""
