"""The learning engine: append-only facts, pure rules, one projection.

Promise: an answer that was acknowledged is kept; a score is computed here and nowhere else; a
double click makes one attempt; what was earned stays earned, with the revision it was earned on.
"""
