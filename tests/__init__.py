"""The proofs. ``cast.py`` says who plays, ``conftest.py`` sets the stage, ``contracts`` holds the house rules."""
