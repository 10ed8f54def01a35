"""A STAND-IN for the API of GOV.UK Notify, for tests alone. It is not the Government's.

A program of its own that answers by HTTP on a loopback port, keeps letters, and fails as it is told
to. Modelled on what is published, the documentation of the REST API
(https://docs.notifications.service.gov.uk/rest-api.html) and the source of the service itself
(https://github.com/alphagov/notifications-api, app/v2):

- tokens are real ones and are verified: their issuer, their secret, their 30 seconds;
- a letter is taken with 201 at once and looked at later, when a test says so;
- a reference is kept and is not unique: a letter given twice is printed twice;
- what is listed is what was given with a key of the same kind;
- the letters of a test key are done as soon as they were looked at, and no printer ever has them;
- a team key's letters, and those of a service in trial mode, are refused;
- the daily limit and the limit by the minute answer 429, each in its own words;
- letters that came back are listed by the day of the report, for live keys alone.

Simpler than the real one: what a letter looks like is not examined, but decided by the test; a
report of returned letters is not kept for a day.
"""
