"""The same kind of note written before and after a cohort's course, to see whether the cohort's words change.

Voluntary, agreed to first, no part of completing anything. Texts are sealed until the analysis and deleted in it;
what stays is one figure for a whole cohort, or none where too few took part. Nothing is ever said of one person.
"""
