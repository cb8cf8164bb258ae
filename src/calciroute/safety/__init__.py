"""Gates that come before everything else, and the words of notices."""
