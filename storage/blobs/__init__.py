"""The stores of evidence bytes. Nothing outside this package learns where a byte lies."""
