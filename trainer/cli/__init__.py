"""The command door: one command group per file. Commands act as the operator."""
