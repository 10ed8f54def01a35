"""Stand-ins for services that nobody can run on this machine: programs of their own, with state.

They model what their makers publish, which they cite; they prove nothing about the real services.
"""
