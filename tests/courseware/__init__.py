"""Tests of courseware."""
