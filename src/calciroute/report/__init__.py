"""What a person reads: the answer, the table, the pictures, and the files that hold them."""
