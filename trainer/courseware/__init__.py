"""The compiler: a folder of Markdown becomes an immutable ``Catalogue``.

Pure: it reads files and returns values. It knows no web framework, no database and no clock;
the same compiler runs in the checker, in CI and when the server starts.
"""
