"""A STAND-IN for an Exchange server's Web Services, for tests alone. It is not Microsoft's.

A program of its own that answers SOAP over HTTP on a loopback port, holds one mailbox, and fails as
it is told to. Modelled on what Microsoft publishes:

- the operations: https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/
  and there syncfolderitems-operation, getitem-operation, moveitem-operation, getfolder-operation,
  findfolder-operation, createfolder-operation, finditem-operation and createitem-operation
- response codes: .../web-service-reference/responsecode
- sync: https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/mailbox-synchronization-and-ews-in-exchange
- ids, which change when an item is moved: .../exchange-web-services/ews-identifiers-in-exchange
- being busy: .../exchange-web-services/ews-throttling-in-exchange (ErrorServerBusy with
  BackOffMilliseconds)
- impersonation: .../exchange-web-services/impersonation-and-ews-in-exchange
- NTLM: [MS-NLMP], by the library pyspnego, which is here the server

Simpler than the real one: a message's MIME comes back byte for byte as it was delivered, where
Exchange makes its own; requests are understood only in the forms that are asked here.
"""
