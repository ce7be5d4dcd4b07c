"""Letters from a cohort's trainers: few, kind, and easily stopped. Who gets one is decided by one pure rule."""
