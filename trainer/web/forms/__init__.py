"""Forms: shape and messages only. What a value means is decided by the services."""
