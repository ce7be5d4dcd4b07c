"""Practice: what only its learner sees."""
