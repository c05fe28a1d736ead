"""The documents that the product writes, as bytes from records alone, and the text that it reads in a PDF.

Must not know tasks, people or databases: whoever wants a document fills in a record of ``records``. The
modules that write them load large libraries (a tenth of a second each and more), so this package imports
none of them; import the one you need where documents are made.
"""
