"""What is handed in as evidence: the bytes as records, the port to their store, and the checks of a file.

Must not know where bytes are kept, who may hand them in, or how a page shows them.
"""
