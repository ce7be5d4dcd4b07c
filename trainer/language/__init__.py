"""The language lens: words that label, blame, doubt or threaten, found in context. Advice, never a score; pure.

Stable for other programs::

    lens = load_lens(Path("lexicon.yaml"))      # loading; lens_of() loads a file once. Raises LexiconProblems
    look = lens.look(text, own_words=["mad"])   # matcher; looks and forgets. Raises Invalid above MOST_CHARACTERS
    look.findings, look.spared                  # findings: Finding and Spared, in the order of the text
    read_document(data, "docx").look(lens)      # readers: plain text, Markdown, Word. Raises Invalid

A ``Finding`` has ``start``, ``end``, ``text``, ``line``, ``column`` and, of its entry, ``entry`` (an id that never
changes), ``severity``, ``why``, ``alternatives``, ``fine_when``, ``example`` and ``sources``. Offsets count characters:
``text[start:end]`` is the finding. A lens may be shared between threads. Time grows with the length of the text alone.
"""
