"""Cohorts, enrolments, assignments and the gate to them."""
