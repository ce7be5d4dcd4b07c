"""A spreadsheet becomes enrolments: read it, say what would happen to each line, then do all of it or nothing.

Reading is pure and bounded; planning reads and never writes; applying plans again and refuses a plan that has changed.
A roster grants nothing but a place as a learner: a column with roles or organisations is ignored, and said so.
"""
