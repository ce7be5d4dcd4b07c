"""A short survey of attitudes and confidence, before and after a cohort's course.

Voluntary, never a test, never scored for a person. Only a cohort's matched pairs may ever be shown, suppressed.
"""
