# ruff: noqa: E501  reports are shown as mail servers word them
"""What mail servers and gateways say of a letter that did not arrive, as each words it.

All invented: the people, the hosts, the letters. `lasting` is whether the server has given up.
"""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

WHO: Final = "bryony.larch@example.net"
OTHER: Final = "col.ash@example.org"
OURS: Final = "complaints@harrowmere.example"
LETTER: Final = f"From: Housing Complaints <{OURS}>\nTo: Bryony Larch <{WHO}>\nSubject: Your complaint CMP-2026-000041\nMessage-ID: <letter.41@harrowmere.example>\nDate: Mon, 12 Jan 2026 10:00:00 +0000\n"


@dataclass(frozen=True, slots=True)
class Worded:
    """One server's report: from whom, under which subject, in which words, and what is right."""

    name: str
    sender: str
    subject: str
    words: str
    lasting: bool
    who: str = WHO
    null_sender: bool = True


_DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.harrowmere.example>"
_SUBSYSTEM = "Mail Delivery Subsystem <mailer-daemon@googlemail.example>"
_OUTLOOK = (
    "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@harrowmere.example>"
)
_ADMIN = "System Administrator <postmaster@harrowmere.example>"

WORDED: Final = (
    Worded("exchange 2003", _ADMIN, "Undeliverable: Your complaint", f"Your message did not reach some or all of the intended recipients.\n\n      Subject:\tYour complaint\n      Sent:\t12/01/2026 10:00\n\nThe following recipient(s) could not be reached:\n\n      {WHO} on 12/01/2026 10:01\n            The e-mail account does not exist at the organization this message was sent to.  Check the e-mail address, or contact the recipient directly to find out the correct address.\n            <mail.harrowmere.example #5.1.1>\n", True),
    Worded("exchange 2007", _OUTLOOK, "Undeliverable: Your complaint", f"Delivery has failed to these recipients or distribution lists:\n\n{WHO}\nThe recipient's e-mail address was not found in the recipient's e-mail system. Microsoft Exchange will not try to redeliver this message for you. Please check the e-mail address and try resending this message, or provide the following diagnostic text to your system administrator.\n\n_____\nSent by Microsoft Exchange Server 2007\n\nDiagnostic information for administrators:\n\nGenerating server: harrowmere.example\n\n{WHO}\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n\nOriginal message headers:\n\n{LETTER}", True),
    Worded("exchange 2010", _OUTLOOK, "Undeliverable: Your complaint", f"Delivery has failed to these recipients or groups:\n\nBryony Larch ({WHO})\nThe e-mail address you entered couldn't be found. Please check the recipient's e-mail address and try to resend the message. If the problem continues, please contact your helpdesk.\n\nDiagnostic information for administrators:\n\nGenerating server: EX10.harrowmere.example\n\n{WHO}\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n\nOriginal message headers:\n\n{LETTER}", True),
    Worded("exchange 2013, full", _OUTLOOK, "Undeliverable: Your complaint", f"Delivery has failed to these recipients or groups:\n\nBryony Larch (mailto:{WHO})\nThe recipient's mailbox is full and can't accept messages now. Please try resending your message later, or contact the recipient directly.\n\nDiagnostic information for administrators:\n\nGenerating server: EX13.harrowmere.example\n\n{WHO}\nRemote Server returned '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message due to a permanent exception'\n\nOriginal message headers:\n\n{LETTER}", True),
    Worded("exchange 2016, relay", _OUTLOOK, "Undeliverable: Your complaint", f"Delivery has failed to these recipients or groups:\n\n{WHO}\nYour message couldn't be delivered because the recipient's e-mail system wasn't accepting it. \n\nDiagnostic information for administrators:\n\nGenerating server: EX16.harrowmere.example\nReceiving server: mx.example.net (192.0.2.25)\n\n{WHO}\nmx.example.net\nRemote Server returned '550 5.7.1 Unable to relay'\n\nOriginal message headers:\n\n{LETTER}", True),
    Worded("exchange 2019, delayed", _OUTLOOK, "Delivery delayed: Your complaint", f"Delivery is delayed to these recipients or groups:\n\nBryony Larch ({WHO})\n\nSubject: Your complaint\n\nThis message hasn't been delivered yet. Delivery will continue to be attempted.\n\nThe server will keep trying to deliver this message for the next 1 days, 19 hours and 58 minutes. You'll be notified if the message can't be delivered by that time.\n", False),
    Worded("exchange 2019, expired", _OUTLOOK, "Undeliverable: Your complaint", f"Delivery has failed to these recipients or groups:\n\n{WHO}\nYour message couldn't be delivered. Despite repeated attempts to contact the recipient's email system it didn't respond.\n\nDiagnostic information for administrators:\n\n{WHO}\nRemote Server returned '550 4.4.7 QUEUE.Expired; message expired'\n\nOriginal message headers:\n\n{LETTER}", True),
    Worded("exchange online, not found", "Microsoft Outlook <postmaster@harrowmere.onmicrosoft.example>", "Undeliverable: Your complaint", f"Your message to {WHO} couldn't be delivered.\n\nbryony.larch wasn't found at example.net.\n\ncomplaints\tOffice 365\tbryony.larch\nAction Required\t\tRecipient\nUnknown To address\n\nHow to Fix It\nThe address may be misspelled or may not exist. Try one or more of the following:\n\nMore Info for Email Admins\nStatus code: 550 5.1.10\n\nOriginal Message Details\nCreated Date:\t12/01/2026 10:00:00\nSender Address:\t{OURS}\nRecipient Address:\t{WHO}\nSubject:\tYour complaint\n\nError Details\nError:\t550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {WHO} not found by SMTP address lookup\n", True),
    Worded("exchange online, blocked", "postmaster@harrowmere.onmicrosoft.example", "Undeliverable: Your complaint", f"Your message to {WHO} has been blocked.\n\nYour message wasn't delivered because the recipient's email provider rejected it.\n\nRemote Server returned '550 5.7.606 Access denied, banned sending IP [192.0.2.7]'\n", True),
    Worded("exchange online, group", "Microsoft Outlook <postmaster@harrowmere.onmicrosoft.example>", "Undeliverable: Your complaint", f"The group {WHO} only accepts messages from people in its organization or on its allowed senders list, and your email address isn't on the list.\n\nRemote Server returned '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required'\n", True),
    Worded("exchange online, too large", "postmaster@harrowmere.onmicrosoft.example", "Undeliverable: Your complaint", f"The message you sent to {WHO} couldn't be delivered because it is larger than the recipient's limit.\n\nRemote Server returned '552 5.3.4 Message size exceeds fixed maximum message size'\n", True),
    Worded("exchange german", _OUTLOOK, "Unzustellbar: Your complaint", f"Fehler bei der Zustellung an folgende Empfänger oder Gruppen:\n\n{WHO}\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden. Überprüfen Sie die E-Mail-Adresse des Empfängers, und versuchen Sie erneut, die Nachricht zu senden.\n\nDiagnoseinformationen für Administratoren:\n\nGenerierender Server: EX16.harrowmere.example\n\n{WHO}\n#550 5.1.1 RESOLVER.ADR.RecipNotFound ##\n", True),
    Worded("exchange german, delayed", _OUTLOOK, "Verzögerte Zustellung: Your complaint", f"Die Zustellung an folgende Empfänger oder Gruppen verzögert sich:\n\n{WHO}\n\nDiese Nachricht wurde noch nicht zugestellt. Es werden weitere Zustellversuche unternommen.\n", False),
    Worded("exchange french", _OUTLOOK, "Non remis : Your complaint", f"Échec de la remise pour ces destinataires ou groupes :\n\n{WHO}\nL'adresse de messagerie que vous avez entrée est introuvable. Vérifiez l'adresse de messagerie du destinataire et réessayez d'envoyer le message.\n\nInformations de diagnostic pour les administrateurs :\n\n{WHO}\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n", True),
    Worded("exchange french, delayed", _OUTLOOK, "Remise différée : Your complaint", f"La remise aux destinataires ou groupes suivants est retardée :\n\n{WHO}\n\nCe message n'a pas encore été remis. Les tentatives de remise continueront.\n", False),
    Worded("exchange welsh and english", _OUTLOOK, "Methu â danfon / Undeliverable: Eich cwyn", f"Methwyd danfon i'r derbynwyr neu'r grwpiau hyn:\nDelivery has failed to these recipients or groups:\n\n{WHO}\nNid oedd modd dod o hyd i'r cyfeiriad e-bost.\nThe email address you entered couldn't be found.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n", True),
    Worded("exchange spanish", _OUTLOOK, "No se puede entregar: Your complaint", f"No se pudo entregar el mensaje a estos destinatarios o grupos:\n\n{WHO}\nNo se encontró la dirección de correo electrónico que escribió.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound ##\n", True),
    Worded("exchange polish", _OUTLOOK, "Niedostarczalne: Your complaint", f"Dostarczenie do następujących adresatów lub grup nie powiodło się:\n\n{WHO}\nNie można odnaleźć wprowadzonego adresu e-mail.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound ##\n", True),
    Worded("exchange dutch", _OUTLOOK, "Onbestelbaar: Your complaint", f"Het bericht kan niet worden bezorgd bij deze geadresseerden of groepen:\n\n{WHO}\nHet ingevoerde e-mailadres is niet gevonden.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound ##\n", True),
    Worded("exchange italian", _OUTLOOK, "Non recapitabile: Your complaint", f"Recapito non riuscito per i destinatari o i gruppi seguenti:\n\n{WHO}\nImpossibile trovare l'indirizzo di posta elettronica immesso.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound ##\n", True),
    Worded("exchange portuguese", _OUTLOOK, "Não é possível entregar: Your complaint", f"Falha na entrega a estes destinatários ou grupos:\n\n{WHO}\nNão foi possível encontrar o endereço de email introduzido.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound ##\n", True),
    Worded("postfix", _DAEMON, "Undelivered Mail Returned to Sender", f"This is the mail system at host mx.harrowmere.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\nFor further assistance, please send mail to postmaster.\n\nIf you do so, please include this problem report. You can\ndelete your own text from the attached returned message.\n\n                   The mail system\n\n<{WHO}>: host mx.example.net[192.0.2.1] said: 550 5.1.1\n    <{WHO}>: Recipient address rejected: User unknown in virtual\n    mailbox table (in reply to RCPT TO command)\n", True),
    Worded("postfix, no such domain", _DAEMON, "Undelivered Mail Returned to Sender", f"This is the mail system at host mx.harrowmere.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n                   The mail system\n\n<{WHO}>: Host or domain name not found. Name service error\n    for name=example.net type=AAAA: Host not found\n", True),
    Worded("postfix, gave up", _DAEMON, "Undelivered Mail Returned to Sender", f"This is the mail system at host mx.harrowmere.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<{WHO}>: connect to mx.example.net[192.0.2.1]:25: Connection timed out\n", True),
    Worded("postfix, delayed", _DAEMON, "Delayed Mail (still being retried)", f"This is the mail system at host mx.harrowmere.example.\n\n####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################\n\nYour message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n<{WHO}>: connect to mx.example.net[192.0.2.1]:25: Connection refused\n", False),
    Worded("postfix, alias", _DAEMON, "Undelivered Mail Returned to Sender", f"This is the mail system at host mx.harrowmere.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<b.larch.private@example.com> (expanded from <{WHO}>): host\n    mx.example.com[192.0.2.9] said: 552 5.2.2 Mailbox full (in reply to RCPT TO command)\n", True),
    Worded("exim", "Mail Delivery System <Mailer-Daemon@mx.harrowmere.example>", "Mail delivery failed: returning message to sender", f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {WHO}\n    host mx.example.net [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<{WHO}>:\n    550 No such user here\n", True),
    Worded("exim, unrouteable", "Mail Delivery System <Mailer-Daemon@mx.harrowmere.example>", "Mail delivery failed: returning message to sender", f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {WHO}\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\n{LETTER}", True),
    Worded("exim, retry time", "Mail Delivery System <Mailer-Daemon@mx.harrowmere.example>", "Mail delivery failed: returning message to sender", f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {WHO}\n    host mx.example.net [192.0.2.1]\n    SMTP error from remote mail server after initial connection:\n    421 Service not available: retry timeout exceeded\n", True),
    Worded("exim, delayed", "Mail Delivery System <Mailer-Daemon@mx.harrowmere.example>", "Warning: message 1vFx3k-0002Ab-1C delayed 24 hours", f"This message was created automatically by mail delivery software.\nA message that you have sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on mx.harrowmere.example.\n\nThe address to which the message has not yet been delivered is:\n\n  {WHO}\n\nNo action is required on your part. Delivery attempts will continue for\nsome time, and this warning may be repeated at intervals if the message\nremains undelivered.\n", False),
    Worded("exim, alias", "Mail Delivery System <Mailer-Daemon@mx.harrowmere.example>", "Mail delivery failed: returning message to sender", f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  private@example.com\n    (generated from {WHO})\n    mailbox is full: retry timeout exceeded\n", True),
    Worded("qmail", "MAILER-DAEMON@mx.harrowmere.example", "failure notice", f"Hi. This is the qmail-send program at mx.harrowmere.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<{WHO}>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 sorry, no mailbox here by that name (#5.1.1)\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\n{LETTER}", True),
    Worded("qmail, too long", "MAILER-DAEMON@mx.harrowmere.example", "failure notice", f"Hi. This is the qmail-send program at mx.harrowmere.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<{WHO}>:\nSorry, I wasn't able to establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too long.\n", True),
    Worded("sendmail", "Mail Delivery Subsystem <MAILER-DAEMON@mx.harrowmere.example>", "Returned mail: see transcript for details", f"The original message was received at Mon, 12 Jan 2026 10:00:00 GMT\nfrom localhost.localdomain [127.0.0.1]\n\n   ----- The following addresses had permanent fatal errors -----\n<{WHO}>\n    (reason: 550 5.1.1 <{WHO}>... User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.net.:\n>>> DATA\n<<< 550 5.1.1 <{WHO}>... User unknown\n550 5.1.1 <{WHO}>... User unknown\n<<< 503 5.0.0 Need RCPT (recipient)\n", True),
    Worded("sendmail, host unknown", "Mail Delivery Subsystem <MAILER-DAEMON@mx.harrowmere.example>", "Returned mail: Host unknown (Name server: example.net: host not found)", f"The original message was received at Mon, 12 Jan 2026 10:00:00 GMT\nfrom localhost\n\n   ----- The following addresses had permanent fatal errors -----\n<{WHO}>\n\n   ----- Transcript of session follows -----\n550 5.1.2 <{WHO}>... Host unknown (Name server: example.net: host not found)\n", True),
    Worded("sendmail, warning", "Mail Delivery Subsystem <MAILER-DAEMON@mx.harrowmere.example>", "Warning: could not send message for past 4 hours", f"    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\nThe original message was received at Mon, 12 Jan 2026 10:00:00 GMT\n\n   ----- The following addresses had transient non-fatal errors -----\n<{WHO}>\n\n   ----- Transcript of session follows -----\n<{WHO}>... Deferred: Connection timed out with mx.example.net.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n", False),
    Worded("sendmail, gave up", "Mail Delivery Subsystem <MAILER-DAEMON@mx.harrowmere.example>", "Returned mail: Cannot send message for 5 days", f"The original message was received at Mon, 12 Jan 2026 10:00:00 GMT\n\n   ----- The following addresses had permanent delivery errors -----\n<{WHO}>\n\n   ----- Transcript of session follows -----\n<{WHO}>... Deferred: Connection refused by mx.example.net.\nMessage could not be delivered for 5 days\nMessage will be deleted from queue\n", True),
    Worded("google, not found", _SUBSYSTEM, "Delivery Status Notification (Failure)", f"** Address not found **\n\nYour message wasn't delivered to {WHO} because the address couldn't be found, or is unable to receive mail.\n\nLearn more here: https://support.example/mail/?p=NoSuchUser\n\nThe response was:\n\n550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces.\n", True),
    Worded("google, full", _SUBSYSTEM, "Delivery Status Notification (Failure)", f"** Recipient inbox full **\n\nYour message couldn't be delivered to {WHO}. Their inbox is full, or it's getting too much mail right now.\n\nThe response was:\n\n552 5.2.2 The email account that you tried to reach is over quota.\n", True),
    Worded("google, delay", _SUBSYSTEM, "Delivery Status Notification (Delay)", f"** Delivery incomplete **\n\nThere was a temporary problem delivering your message to {WHO}. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.\n\nThe response was:\n\nThe recipient server did not accept our requests to connect.\n", False),
    Worded("google, blocked", _SUBSYSTEM, "Delivery Status Notification (Failure)", f"** Message blocked **\n\nYour message to {WHO} has been blocked. See technical details below for more information.\n\nThe response from the remote server was:\n\n554 5.7.1 Message rejected due to content restrictions\n", True),
    Worded("google, groups", _SUBSYSTEM, "Delivery Status Notification (Failure)", f"Hello {OURS},\n\nWe're writing to let you know that the group you tried to contact (bryony.larch) may not exist, or you may not have permission to post messages to the group.\n\n  {WHO}\n\n550 5.7.1 permission denied\n", True),
    Worded("yahoo", "MAILER-DAEMON@yahoo.example", "Failure Notice", f"Sorry, we were unable to deliver your message to the following address.\n\n<{WHO}>:\n554: delivery error: dd This user doesn't have a yahoo.example account ({WHO}) [0] - mta1042.mail.yahoo.example\n\n--- Below this line is a copy of the message.\n\n{LETTER}", True),
    Worded("yahoo, disabled", "MAILER-DAEMON@yahoo.example", "Failure Notice", f"Sorry, we were unable to deliver your message to the following address.\n\n<{WHO}>:\n554: delivery error: dd Sorry, your message to {WHO} cannot be delivered. This mailbox is disabled (554.30).\n", True),
    Worded("proofpoint", "Mail Delivery System <MAILER-DAEMON@mx0a.pphosted.example>", "Undeliverable: Your complaint", f"Your message to the following recipients cannot be delivered:\n\n<{WHO}>:\nmx.example.net: 550 5.4.1 Recipient address rejected: Access denied.\n\nThe mail system\n", True),
    Worded("proofpoint essentials", "postmaster@ppe-hosted.example", "Undeliverable: Your complaint", f"Message could not be delivered to one or more recipients.\n\nThe following addresses had permanent fatal errors:\n{WHO}\n\nReason: 550 5.7.1 Message rejected by recipient server\n", True),
    Worded("mimecast", "Mimecast Postmaster <postmaster@eu.mimecast.example>", "[Postmaster] Email Delivery Failure", f"This is a failed delivery notification message which was sent to {OURS}.\n\nThe Email was sent to:\n{WHO}\n\nThe following error was given by the remote server:\n550 Invalid Recipient - https://community.mimecast.example/docs/DOC-1369#550\n", True),
    Worded("mimecast, held", "Mimecast Postmaster <postmaster@eu.mimecast.example>", "[Postmaster] Email Delivery Delayed", f"Your email to {WHO} has been delayed.\n\nThe remote server temporarily refused it: 451 Internal resources are temporarily unavailable. Delivery will be retried.\n", False),
    Worded("barracuda", "Barracuda Spam Firewall <postmaster@barracuda.example>", "**Message you sent blocked by our bulk email filter**", f"Your message to: {WHO}\nwas blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:\n\nSubject: Your complaint\n", True),
    Worded("barracuda, ess", "Barracuda Email Security Service <noreply@barracudanetworks.example>", "Undeliverable: Your complaint", f"Your message could not be delivered to one or more recipients.\n\n<{WHO}>: 550 permanent failure for one or more recipients ({WHO}:550 5.1.1 user unknown)\n", True),
    Worded("zimbra", "Mail Delivery System <MAILER-DAEMON@zimbra.example>", "Undelivered Mail Returned to Sender", f"This is the mail system at host zimbra.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<{WHO}>: host zimbra.example[192.0.2.30] said: 452 4.2.2 Over quota\n    (in reply to end of DATA command)\n", True),
    Worded("domino", "Postmaster <postmaster@harrowmere.example>", "DELIVERY FAILURE: User bryony.larch not listed in Domino Directory", f"Your message\n\n  Subject: Your complaint\n\nwas not delivered to:\n\n  {WHO}\n\nbecause:\n\n  User bryony.larch ({WHO}) not listed in Domino Directory\n", True),
    Worded("domino, delay", "Postmaster <postmaster@harrowmere.example>", "DELIVERY DELAY: Your complaint", f"Your message\n\n  Subject: Your complaint\n\nhas not yet been delivered to:\n\n  {WHO}\n\nbecause:\n\n  Domino is still trying to transfer the message.\n\nDelivery will be attempted for a further 20 hours.\n", False),
    Worded("domino german", "Postmaster <postmaster@harrowmere.example>", "ZUSTELLFEHLER: Benutzer nicht im Domino-Verzeichnis", f"Ihre Nachricht\n\n  Thema: Your complaint\n\nwurde nicht zugestellt an:\n\n  {WHO}\n\nGrund:\n\n  Benutzer {WHO} ist nicht im Domino-Verzeichnis aufgeführt\n", True),
    Worded("groupwise", "Mailer-Daemon@gw.harrowmere.example", "Message status - undeliverable", f"The message that you sent was undeliverable to the following:\n\n\t{WHO} (user not found)\n\nPossibly truncated original message follows:\n\n{LETTER}", True),
    Worded("groupwise, gwia", "GWIA <postmaster@gw.harrowmere.example>", "Message status - undeliverable", f"The attached file had the following undeliverable recipient(s):\n\t{WHO}\n\nTranscript of session follows:\nCommand: RCPT TO:<{WHO}>\nResponse: 550 5.1.1 User unknown\n", True),
    Worded("mailenable", "MailEnable Postmaster <postmaster@harrowmere.example>", "Message Delivery Failure", f"MailEnable: Message Delivery Failure.\n\nThe following recipient(s) could not be reached:\n\n      [SMTP:{WHO}] - Remote Server Returned: Response Error: 550 5.1.1 User unknown\n\nMessage headers follow:\n\n{LETTER}", True),
    Worded("mailenable, delay", "MailEnable Postmaster <postmaster@harrowmere.example>", "Message Delivery Delay", f"MailEnable: Message Delivery Delay.\n\nThe message could not be delivered yet and will be retried. It has been delayed.\n\n      [SMTP:{WHO}]\n\nError: Could not connect to the remote server.\n", False),
    Worded("hmailserver", "mailer-daemon@harrowmere.example", "Message undeliverable: Your complaint", f"Your message did not reach some or all of the intended recipients.\n\n   Sent: Mon, 12 Jan 2026 10:00:00 +0000\n   Subject: Your complaint\n\nThe following recipient(s) could not be reached:\n\n{WHO}\n   Error Type: SMTP\n   Remote server (192.0.2.1) issued an error.\n   hMailServer sent: RCPT TO:<{WHO}>\n   Remote server replied: 550 No such user\n\nhMailServer\n", True),
    Worded("postini", "Postmaster <postmaster@postini.example>", "Delivery Status Notification (Failure)", f"This is an automatically generated Delivery Status Notification.\n\nDelivery to the following recipients failed permanently:\n\n   * {WHO}\n\nReason: Permanent Error\n\n550 5.1.1 user unknown - psmtp\n", True),
    Worded("aol", "Mail Delivery Subsystem <MAILER-DAEMON@aol.example>", "Returned mail: User unknown", f'The original message was received at Mon, 12 Jan 2026 05:00:00 -0500 (EST)\n\n*** ATTENTION ***\n\nYour e-mail is being returned to you because there was a problem with its\ndelivery.  The address which was undeliverable is listed in the section\nlabeled: "----- The following addresses had permanent fatal errors -----".\n\n   ----- The following addresses had permanent fatal errors -----\n<{WHO}>\n\n   ----- Transcript of session follows -----\n>>> RCPT To:<{WHO}>\n<<< 550 MAILBOX NOT FOUND\n550 <{WHO}>... User unknown\n', True),
    Worded("bt", "BT Internet Mail <postmaster@btinternet.example>", "Mail delivery failed: returning message to sender", f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to all of its recipients. The following address(es) failed:\n\n  {WHO}\n    552 5.2.2 Mailbox size limit exceeded\n", True),
    Worded("virgin media", "Mail Delivery System <MAILER-DAEMON@virginmedia.example>", "Mail System Error - Returned Mail", f"This Message was undeliverable due to the following reason:\n\nThe user(s) account is temporarily over quota.\n\n<{WHO}>\n\nPlease reply to <postmaster@virginmedia.example>\nif you feel this message to be in error.\n", True),
    Worded("sky", "Mail Delivery System <MAILER-DAEMON@sky.example>", "Undelivered Mail Returned to Sender", f"The message you sent could not be delivered.\n\n<{WHO}>: 550 5.7.9 This mail has been blocked because the sender is unauthenticated.\n", True),
    Worded("talktalk", "postmaster@talktalk.example", "Undeliverable: Your complaint", f"The following message could not be delivered to the address below because the account is inactive.\n\n{WHO}\n\n550 5.2.1 Mailbox unavailable\n", True),
    Worded("o2, full", "Mail Administrator <postmaster@o2.example>", "Mail System Error - Returned Mail", f"This Message was undeliverable due to the following reason:\n\nEach of the following recipients was rejected by a remote mail server.\nThe reasons given by the server are included to help you determine why\neach recipient was rejected.\n\n    Recipient: <{WHO}>\n    Reason:    User mailbox exceeds allowed size: {WHO}\n", True),
    Worded("icloud", "postmaster@icloud.example", "Undelivered Mail Returned to Sender", f"I'm sorry to have to inform you that your message could not be delivered to one or more recipients.\n\n<{WHO}>: user is overquota (in reply to end of DATA command) 552 5.2.2\n", True),
    Worded("outlook.com", "postmaster@outlook.example", "Undeliverable: Your complaint", f"Delivery has failed to these recipients or groups:\n\n{WHO}\nThe email address you entered couldn't be found or is invalid.\n\nRemote Server returned '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).'\n", True),
    Worded("gmx german", "GMX Mailer Daemon <mailer-daemon@gmx.example>", "Mail delivery failed: returning message to sender", f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to\none or more of its recipients. This is a permanent error.\n\nThe following address failed:\n\n{WHO}:\nSMTP error from remote server for RCPT TO command, host: mx.example.net (192.0.2.1) reason: 550 5.1.1 User unknown\n", True),
    Worded("web.de", "mailer-daemon@web.example", "Unzustellbare Nachricht", f"Diese Nachricht wurde automatisch vom E-Mail-System erzeugt.\n\nIhre Nachricht konnte nicht zugestellt werden an:\n\n{WHO}\n\nGrund: 550 Requested action not taken: mailbox unavailable\n", True),
    Worded("orange.fr", "MAILER-DAEMON@orange.example", "Echec de remise de votre message", f"Votre message n'a pas pu être délivré à l'adresse suivante :\n\n<{WHO}>\n\n550 5.1.1 Adresse d au moins un destinataire invalide\n", True),
    Worded("libero.it", "MAILER-DAEMON@libero.example", "Mancata consegna: Your complaint", f"Il messaggio non è stato consegnato al destinatario:\n\n{WHO}\n\n550 RCPT TO:<{WHO}> User unknown\n", True),
    Worded("communigate", "MAILER-DAEMON@cgp.harrowmere.example", "Undeliverable mail: Your complaint", f"Failed to deliver to '{WHO}'\nSMTP module(domain example.net) reports:\n host mx.example.net says:\n 550 5.1.1 unknown user\n", True),
    Worded("imail", "Postmaster <postmaster@imail.harrowmere.example>", "Undeliverable Mail", f"unknown user: {WHO}\n\nOriginal message follows.\n\n{LETTER}", True),
    Worded("merak", "Mail Delivery Subsystem <MAILER-DAEMON@icewarp.example>", "Returned mail: user unknown", f"The original message was received at Mon, 12 Jan 2026\n\n------ The following addresses had permanent delivery errors ------\n\n<{WHO}>; 550 5.1.1 User unknown; not accepting\n", True),
    Worded("kerio", "Mail Delivery Subsystem <mailer-daemon@kerio.example>", "Undeliverable: Your complaint", f"The message could not be delivered to the following recipient(s):\n\n{WHO}\n\nSMTP server replied: 550 5.1.1 User unknown\n", True),
    Worded("sophos", "Sophos Email <postmaster@sophos.example>", "Message delivery failed", f"Your message to the recipient {WHO} could not be delivered.\n\nThe receiving server replied: 550 5.4.1 [internal] recipient address rejected\n", True),
    Worded("messagelabs", "MAILER-DAEMON@messagelabs.example", "failure notice", f"This is the mail delivery agent at messagelabs.example.\nI was unable to deliver your message to the following addresses:\n\n{WHO}\n\nReason: 550 5.1.1 unknown user\n\nThe message subject was: Your complaint\n", True),
    Worded("forcepoint", "postmaster@mailcontrol.example", "Delivery failure: Your complaint", f"Your email was not delivered to:\n\n{WHO}\n\nThe remote server said: 554 5.7.1 Service unavailable; Client host blocked\n", True),
    Worded("trend micro", "IMSVA <postmaster@imsva.example>", "Mail could not be delivered", f"Sent <<< RCPT TO:<{WHO}>\nReceived >>> 550 5.1.1 User unknown\n\nCould not deliver mail to this user.\n<{WHO}>\n*****************     End of message     ***************\n", True),
    Worded("mdaemon", "MDaemon <MDaemon@harrowmere.example>", "Permanent Delivery Failure", f"The following data may contain sections which represent BASE64 encoded\nfile attachments.\n\n--> Error description:\nError-for: {WHO}\nError-Code: 550\nError-Text: User unknown\n", True),
    Worded("mdaemon, warning", "MDaemon <MDaemon@harrowmere.example>", "Warning: {0} Delivery Delayed".replace("{0} ", ""), f"The attached message is still in the remote delivery queue.\nIt has not yet been delivered to {WHO}; attempts to deliver it will continue.\n", False),
    Worded("sparkpost", "Mail Delivery System <MAILER-DAEMON@mta.sparkpost.example>", "Mail delivery failure notification", f"Your message could not be delivered to the following recipient:\n\n{WHO}\n\n550 5.1.1 bad destination mailbox address\n", True),
    Worded("a person at the post room", "Postmaster <postmaster@example.net>", "Undeliverable: Your complaint", f"The mailbox {WHO} does not exist. 550 5.1.1\n", True, null_sender=False),
    Worded("tls required", _DAEMON, "Undelivered Mail Returned to Sender", f"This is the mail system at host mx.harrowmere.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<{WHO}>: TLS is required, but was not offered by host mx.example.net[192.0.2.1] 550 5.7.10\n", True),
    Worded("greylisted", _DAEMON, "Delayed Mail (still being retried)", f"Your message could not be delivered for more than 0 hour(s).\nIt will be retried until it is 1 day(s) old.\n\n<{WHO}>: host mx.example.net[192.0.2.1] said: 451 4.7.1 Greylisting in action, please come back later\n", False),
    Worded("loop", _DAEMON, "Undelivered Mail Returned to Sender", f"This is the mail system at host mx.harrowmere.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<{WHO}>: mail forwarding loop for {WHO}: too many hops 554 5.4.6\n", True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A report as bytes, with what is right about it."""

    name: str
    raw: bytes
    who: str
    lasting: bool


def all_reports() -> Iterator[Wrapped]:
    """Each as plain text, coded, as HTML alone, and with what servers put beside their words."""
    for number, one in enumerate(WORDED):
        ways = (_plain, _coded, _hypertext, _with_letter, _with_gaps)
        for way in (ways[0], *(ways[1 + (number + step) % 4] for step in range(2))):
            yield Wrapped(f"{one.name}, {way.__name__.strip('_')}", way(one), one.who, one.lasting)


def _head(one: Worded) -> str:
    subject = one.subject
    if not subject.isascii():
        subject = f"=?utf-8?B?{base64.b64encode(subject.encode()).decode()}?="
    path = "Return-Path: <>\r\n" if one.null_sender else ""
    return f"{path}From: {one.sender}\r\nTo: {OURS}\r\nSubject: {subject}\r\nDate: Mon, 12 Jan 2026 10:05:00 +0000\r\nMessage-ID: <report@mx.harrowmere.example>\r\nMIME-Version: 1.0\r\n"


def _text(one: Worded) -> str:
    return f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{one.words}".replace(
        "\r\n", "\n"
    ).replace("\n", "\r\n")


def _plain(one: Worded) -> bytes:
    return (_head(one) + _text(one)).encode()


def _coded(one: Worded) -> bytes:
    coded = base64.encodebytes(one.words.encode()).decode().replace("\n", "\r\n")
    head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return (_head(one) + head + coded).encode()


def _hypertext(one: Worded) -> bytes:
    lines = "".join(f"<p>{html.escape(line)}</p>\r\n" for line in one.words.split("\n"))
    head = "Content-Type: text/html; charset=utf-8\r\n\r\n"
    return f"{_head(one)}{head}<html><body>{lines}</body></html>\r\n".encode()


def _with_letter(one: Worded) -> bytes:
    letter = f"Content-Type: message/rfc822\r\n\r\n{LETTER}\nDear Bryony Larch,\n\nThank you for your complaint.\n"
    return _of_parts(one, "multipart/mixed", _text(one), letter)


def _with_gaps(one: Worded) -> bytes:
    """A machine's part that names nobody and gives no status, as many do."""
    action = "failed" if one.lasting else "delayed"
    status = f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.harrowmere.example\r\n\r\nAction: {action}\r\n"
    headers = f"Content-Type: text/rfc822-headers\r\n\r\n{LETTER}"
    kind = "multipart/report; report-type=delivery-status"
    return _of_parts(one, kind, _text(one), status, headers)


def _of_parts(one: Worded, kind: str, *parts: str) -> bytes:
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    whole = f'{_head(one)}Content-Type: {kind}; boundary="b"\r\n\r\n{body}--b--\r\n'
    return whole.replace("\r\n", "\n").replace("\n", "\r\n").encode()
