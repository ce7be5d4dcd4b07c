"""Who you are: people, organisations, memberships, sign-in, sessions.

Promise: nobody learns from here whether an address has an account, no role is read from a cookie,
and no secret is stored in a form that opens anything.
"""
