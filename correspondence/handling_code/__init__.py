"""The Housing Ombudsman's Complaint Handling Code as data and pure functions.

Nothing here reads a clock, a disk or a network: the day is always an argument, and every answer
carries the clause it rests on.

    provisions          what the Code asks, clause by clause
    working_days        counting, on the calendar of England and Wales
    deadlines           every date of one stage, with its reason
    timeliness          whether a stage was answered in the Code's time
    stages              the moves between stage 1, stage 2 and closed; who may decide
    exclusions          when a complaint may be refused, and what must be on record
    added_issues        where an issue raised meanwhile belongs
    consent             who may speak for a resident, and what they may be told
    ombudsmen           which Ombudsman to name; contacts has their details
    remedies            how things are put right, and the sums the Ombudsman names
    measures            CH01 and CH02
    hazard_clocks       Awaab's Law
    information_clocks  requests for information, data protection complaints
    published_holidays  the government's list of bank holidays taken in
"""
