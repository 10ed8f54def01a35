"""Mailboxes on an Exchange server of the landlord's own, by exchangelib."""
