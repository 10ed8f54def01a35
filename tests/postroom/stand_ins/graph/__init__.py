"""A STAND-IN for Microsoft Graph and its sign-in, for tests alone. It is not Microsoft's.

A program of its own that answers over HTTPS on a loopback port, holds mailboxes, and fails as it is
told to. Modelled on what Microsoft publishes:

- sign-in: https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
  and https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
- errors: https://learn.microsoft.com/en-us/graph/errors
- throttling: https://learn.microsoft.com/en-us/graph/throttling
- messages: https://learn.microsoft.com/en-us/graph/api/message-delta, message-get, message-move,
  user-sendmail, message-send, message-createuploadsession and attachment-createuploadsession
- ids: https://learn.microsoft.com/en-us/graph/outlook-immutable-id

Simpler than the real one: a message's MIME comes back byte for byte as it was delivered, Exchange
makes its own; filters are understood only in the forms that are asked here.
"""
