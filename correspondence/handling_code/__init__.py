"""The Housing Ombudsman's Complaint Handling Code as data and pure functions.

Nothing here reads a clock, a disk or a network: the day is always an argument, and every answer
carries the clause it rests on.
"""
