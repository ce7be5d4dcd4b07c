"""Safe HTML from Markdown: parsed without raw HTML, checked element by element, then sanitised by an allow-list."""
