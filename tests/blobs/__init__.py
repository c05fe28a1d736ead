"""The stores of evidence bytes: one contract, every store, and each failing system call."""
