"""The evidence pack: what an organisation may show a commissioner or an auditor, as a PDF that a screen reader reads.

Figures are those of the overview page, released and frozen; nobody is named.
"""
