"""Reflections and private notes: theirs alone.

What is written here is sealed with a key outside the database and opened for its writer only. Nothing else may import
these tables: no report, no trainer's page, no export of anybody else's.
"""
