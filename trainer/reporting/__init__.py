"""The read side: each report is one frozen dataclass, built in a fixed number of statements.

Promise: the same rows on screen and in the file; figures about an organisation never leave here
before suppression; nothing is written.
"""
