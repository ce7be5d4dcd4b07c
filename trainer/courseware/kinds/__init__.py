"""One parser per kind of question: what the author wrote becomes a frozen question, or diagnostics."""
