"""The engine: marking, drawing, progress, attempts, races."""
