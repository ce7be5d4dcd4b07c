"""Who studies what: cohorts, their trainers, enrolments and assignments.

Promise: a cohort is found only through its organisation and the actor's right to it.
"""
