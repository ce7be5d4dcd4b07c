"""The notebook: sealed, its writer's alone, never lost and really deleted."""
