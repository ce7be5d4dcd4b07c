"""Live sessions: a date, some modules, and who came. Completed and come is *assessed*; nothing says absent."""
