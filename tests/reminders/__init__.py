"""Letters from a cohort's trainers."""
