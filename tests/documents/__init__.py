"""The documents that the product writes, opened again and read back."""
