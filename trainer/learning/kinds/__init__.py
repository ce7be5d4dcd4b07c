"""One module per kind of question: read an answer, mark it, summarise many. Pure."""
