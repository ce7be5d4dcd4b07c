"""The JSON door, version 1. Every error has one shape; what is sent to be looked at is never stored or logged."""
