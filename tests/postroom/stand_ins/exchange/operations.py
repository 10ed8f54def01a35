"""The operations of the stand-in: what each is asked, and the SOAP it answers."""

from __future__ import annotations

import base64
from datetime import UTC
from email import message_from_bytes
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree  # type: ignore[import-untyped]

from tests.postroom.stand_ins.exchange.state import Folder, Mailbox, Message

if TYPE_CHECKING:
    from collections.abc import Callable

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
M = "http://schemas.microsoft.com/exchange/services/2006/messages"
T = "http://schemas.microsoft.com/exchange/services/2006/types"
ERRORS = "http://schemas.microsoft.com/exchange/services/2006/errors"
NAMES = {"s": SOAP, "m": M, "t": T}


class Refusal(Exception):
    """A fault of the whole request."""


def asked(body: bytes) -> Any:
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, huge_tree=True))


def operation(envelope: Any) -> str:
    found = envelope.find("s:Body", NAMES)[0]
    return str(etree.QName(found).localname)


def fault(code: str, text: str = "", *, back_off: int = 0) -> bytes:
    """A SOAP fault, as a server that is busy answers."""
    more = (
        f'<t:MessageXml xmlns:t="{T}"><t:Value Name="BackOffMilliseconds">{back_off}</t:Value>'
        "</t:MessageXml>"
        if back_off
        else ""
    )
    said = escape(text or code)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault>'
        f'<faultcode xmlns:a="{T}">a:{code}</faultcode><faultstring>{said}</faultstring><detail>'
        f'<e:ResponseCode xmlns:e="{ERRORS}">{code}</e:ResponseCode>'
        f'<e:Message xmlns:e="{ERRORS}">{said}</e:Message>{more}</detail>'
        "</s:Fault></s:Body></s:Envelope>"
    ).encode()


def answer(mailbox: Mailbox, envelope: Any, *, partial: bool = False) -> bytes:
    """Do what is asked; with `partial` the second half of the answers is left out."""
    name = operation(envelope)
    request = envelope.find("s:Body", NAMES)[0]
    try:
        _must_be_allowed(mailbox, envelope)
        found = _OPERATIONS[name](mailbox, request)
    except Refusal as refused:
        return fault(str(refused))
    kept = found[: len(found) // 2] if partial else found
    said = "".join(_message(name, *one) for one in kept)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Header>'
        f'<h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="1748" '
        f'MinorBuildNumber="10" Version="V2017_07_11" xmlns:h="{T}"/></s:Header><s:Body>'
        f'<m:{name}Response xmlns:m="{M}" xmlns:t="{T}"><m:ResponseMessages>{said}'
        f"</m:ResponseMessages></m:{name}Response></s:Body></s:Envelope>"
    ).encode()


def _message(name: str, code: str, inner: str) -> str:
    kind = "Success" if code == "NoError" else "Error"
    text = "" if kind == "Success" else f"<m:MessageText>The request failed: {code}</m:MessageText>"
    return (
        f'<m:{name}ResponseMessage ResponseClass="{kind}">{text}'
        f"<m:ResponseCode>{code}</m:ResponseCode>{inner}</m:{name}ResponseMessage>"
    )


def _must_be_allowed(mailbox: Mailbox, envelope: Any) -> None:
    acting = envelope.findtext(".//t:ExchangeImpersonation//t:PrimarySmtpAddress", None, NAMES)
    if acting is not None:
        if not mailbox.may_impersonate:
            raise Refusal("ErrorImpersonateUserDenied")
        if acting.casefold() != mailbox.address:
            raise Refusal("ErrorNonExistentMailbox")
        return
    for owner in envelope.iterfind(".//t:DistinguishedFolderId/t:Mailbox/t:EmailAddress", NAMES):
        if owner.text.casefold() != mailbox.address:
            raise Refusal("ErrorNonExistentMailbox")
    known = envelope.findall(".//t:DistinguishedFolderId", NAMES)
    if any(one.find("t:Mailbox", NAMES) is None for one in known):
        raise Refusal("ErrorMissingEmailAddress")  # the account that logs in has none of its own


def _folder(mailbox: Mailbox, within: Any) -> Folder:
    place = within[0]
    found = mailbox.folder(place.get("Id"))
    acting = within.getroottree().find(".//t:ExchangeImpersonation", NAMES) is not None
    if found is None:
        raise LookupError("ErrorFolderNotFound")
    if not (acting or mailbox.is_delegate):
        raise LookupError("ErrorAccessDenied")
    return found


def _sync(mailbox: Mailbox, request: Any) -> list[tuple[str, str]]:
    none = "<m:SyncState/><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"
    try:
        folder = _folder(mailbox, request.find("m:SyncFolderId", NAMES))
    except LookupError as refused:
        return [(str(refused), none)]
    state = request.findtext("m:SyncState", "", NAMES)
    since = 0
    if state:
        try:
            place, number = base64.b64decode(state, validate=True).decode().rsplit(":", 1)
            since = int(number)
        except ValueError:
            place = ""
        if place != folder.identity or since < mailbox.forgotten:
            return [("ErrorInvalidSyncStateData", none)]
    named = request.find(".//t:FieldURI[@FieldURI='message:InternetMessageId']", NAMES) is not None
    changes = sorted(_changes(mailbox, folder, since, named=named), key=lambda one: one[0])
    most = int(request.findtext("m:MaxChangesReturned", "512", NAMES))
    if not 1 <= most <= 512:
        return [("ErrorInvalidSyncStateData", none)]
    part = changes[:most]
    whole = len(part) == len(changes)
    reached = max(mailbox.changes, mailbox.forgotten) if whole else part[-1][0]
    coded = base64.b64encode(f"{folder.identity}:{reached}".encode()).decode()
    said = (
        f"<m:SyncState>{coded}</m:SyncState>"
        f"<m:IncludesLastItemInRange>{str(whole).lower()}</m:IncludesLastItemInRange>"
        f"<m:Changes>{''.join(one for _, one in part)}</m:Changes>"
    )
    return [("NoError", said)]


def _changes(mailbox: Mailbox, folder: Folder, since: int, *, named: bool) -> list[tuple[int, str]]:
    found = []
    for one in mailbox.held(folder):
        if one.changed > since:
            kind = "Create" if one.came > since else "Update"
            found.append((one.changed, f"<t:{kind}>{_listed(one, named=named)}</t:{kind}>"))
        elif one.read > since:
            is_read = "<t:IsRead>true</t:IsRead>"
            found.append((one.read, f"<t:ReadFlagChange>{_id(one)}{is_read}</t:ReadFlagChange>"))
    if since:
        found += [
            (number, f"<t:Delete><t:ItemId Id={quoteattr(identity)}/></t:Delete>")
            for number, place, identity in mailbox.removed
            if number > since and place == folder.identity
        ]
    return found


def _id(one: Message) -> str:
    return f'<t:ItemId Id={quoteattr(one.identity)} ChangeKey="CQAA{one.changed}"/>'


def _listed(one: Message, *, named: bool) -> str:
    moment = one.received_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    kind = "MeetingRequest" if b"text/calendar" in one.raw[:2000] else "Message"
    told = escape(one.internet_message_id)
    name = f"<t:InternetMessageId>{told}</t:InternetMessageId>" if named else ""
    return (
        f"<t:{kind}>{_id(one)}<t:Size>{one.kept_size or len(one.raw)}</t:Size>"
        f"<t:DateTimeReceived>{moment}</t:DateTimeReceived>{name}</t:{kind}>"
    )


def _ids(request: Any) -> list[str]:
    return [one.get("Id") for one in request.iterfind("m:ItemIds/t:ItemId", NAMES)]


def _get_item(mailbox: Mailbox, request: Any) -> list[tuple[str, str]]:
    found = []
    for identity in _ids(request):
        one = mailbox.messages.get(identity)
        if one is None or one.fault:
            found.append((one.fault if one else "ErrorItemNotFound", "<m:Items/>"))
            continue
        coded = base64.b64encode(one.raw).decode()
        words = f'<t:MimeContent CharacterSet="UTF-8">{coded}</t:MimeContent>'
        # The schema has MimeContent before ItemId (types.xsd, ItemType).
        found.append(
            ("NoError", f"<m:Items><t:Message>{words}{_id(one)}</t:Message></m:Items>")
        )  # fmt: skip
    return found


def _move_item(mailbox: Mailbox, request: Any) -> list[tuple[str, str]]:
    ids = _ids(request)
    try:
        folder = _folder(mailbox, request.find("m:ToFolderId", NAMES))
    except LookupError:
        return [("ErrorToFolderNotFound", "<m:Items/>") for _ in ids]
    found = []
    for identity in ids:
        one = mailbox.messages.get(identity)
        if one is None:
            found.append(("ErrorItemNotFound", "<m:Items/>"))
            continue
        mailbox.move(one, folder)
        found.append(("NoError", f"<m:Items><t:Message>{_id(one)}</t:Message></m:Items>"))
    return found


def _get_folder(mailbox: Mailbox, request: Any) -> list[tuple[str, str]]:
    try:
        folder = _folder(mailbox, request.find("m:FolderIds", NAMES))
    except LookupError as refused:
        return [(str(refused), "<m:Folders/>")]
    count = len(mailbox.held(folder))
    inner = f"<t:FolderId Id={quoteattr(folder.identity)}/><t:TotalCount>{count}</t:TotalCount>"
    return [("NoError", f"<m:Folders><t:Folder>{inner}</t:Folder></m:Folders>")]


def _find_folder(mailbox: Mailbox, request: Any) -> list[tuple[str, str]]:
    try:
        parent = _folder(mailbox, request.find("m:ParentFolderIds", NAMES))
    except LookupError as refused:
        return [(str(refused), "")]
    view = request.find("m:IndexedPageFolderView", NAMES)
    offset, most = int(view.get("Offset")), int(view.get("MaxEntriesReturned"))
    folders = mailbox.within(parent)
    page = folders[offset : offset + most]
    inner = "".join(
        f"<t:Folder><t:FolderId Id={quoteattr(one.identity)}/>"
        f"<t:DisplayName>{escape(one.name)}</t:DisplayName></t:Folder>"
        for one in page
    )
    return [("NoError", _page("Folders", inner, offset + len(page), len(folders)))]


def _page(name: str, inner: str, reached: int, total: int) -> str:
    last = str(reached >= total).lower()
    return (
        f'<m:RootFolder IndexedPagingOffset="{reached}" TotalItemsInView="{total}" '
        f'IncludesLastItemInRange="{last}"><t:{name}>{inner}</t:{name}></m:RootFolder>'
    )


def _create_folder(mailbox: Mailbox, request: Any) -> list[tuple[str, str]]:
    try:
        parent = _folder(mailbox, request.find("m:ParentFolderId", NAMES))
    except LookupError as refused:
        return [(str(refused), "<m:Folders/>")]
    name = request.findtext(".//t:DisplayName", "", NAMES)
    if any(one.name.casefold() == name.casefold() for one in mailbox.within(parent)):
        return [("ErrorFolderExists", "<m:Folders/>")]
    made = Folder(name, parent.identity)
    mailbox.folders[made.identity] = made
    inner = f"<t:Folder><t:FolderId Id={quoteattr(made.identity)}/></t:Folder>"
    return [("NoError", f"<m:Folders>{inner}</m:Folders>")]


def _find_item(mailbox: Mailbox, request: Any) -> list[tuple[str, str]]:
    try:
        folder = _folder(mailbox, request.find("m:ParentFolderIds", NAMES))
    except LookupError as refused:
        return [(str(refused), "")]
    field = request.find(".//t:IsEqualTo/t:FieldURI", NAMES).get("FieldURI")
    wanted = request.find(".//t:IsEqualTo//t:Constant", NAMES).get("Value")
    if field != "message:InternetMessageId":
        raise Refusal("ErrorUnsupportedPathForQuery")
    found = [one for one in mailbox.held(folder) if one.internet_message_id == wanted]
    inner = "".join(f"<t:Message>{_id(one)}</t:Message>" for one in found[:1])
    return [("NoError", _page("Items", inner, len(found[:1]), len(found)))]


def _create_item(mailbox: Mailbox, request: Any) -> list[tuple[str, str]]:
    try:
        folder = _folder(mailbox, request.find("m:SavedItemFolderId", NAMES))
    except LookupError as refused:
        return [(str(refused), "<m:Items/>")]
    if request.get("MessageDisposition") != "SendAndSaveCopy":
        raise Refusal("ErrorInvalidRequest")
    raw = base64.b64decode(request.findtext("m:Items/t:Message/t:MimeContent", "", NAMES))
    mail = message_from_bytes(raw)
    named = [str(text) for name in ("To", "Cc", "Bcc") for text in mail.get_all(name, [])]
    recipients = [address for _, address in getaddresses(named) if address]
    if not recipients:
        return [("ErrorMissingRecipients", "<m:Items/>")]
    if not mailbox.may_send:
        return [("ErrorSendAsDenied", "<m:Items/>")]
    saved = mailbox.deliver(raw)
    saved.folder = folder.identity
    mailbox.sent.append((saved.internet_message_id, recipients))
    return [("NoError", "<m:Items/>")]


_OPERATIONS: dict[str, Callable[[Mailbox, Any], list[tuple[str, str]]]] = {
    "SyncFolderItems": _sync,
    "GetItem": _get_item,
    "MoveItem": _move_item,
    "GetFolder": _get_folder,
    "FindFolder": _find_folder,
    "CreateFolder": _create_folder,
    "FindItem": _find_item,
    "CreateItem": _create_item,
}
