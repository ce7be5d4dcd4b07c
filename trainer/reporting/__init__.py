"""The read side: each report is one frozen dataclass, built in a fixed number of statements.

Promise: the same rows on screen, on paper and in every file; figures about groups never leave here before
suppression. All that is written here is what reports need to keep that promise: the organisation's weekly figures,
which answers are counted, and who opened whose record.
"""
