"""The checks of handed-in files: names, types by content, and markings of secrecy."""
