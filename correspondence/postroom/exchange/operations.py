"""The operations of Exchange Web Services that mail needs, by exchangelib, in our own words.

The library's models of messages and folders are not used: they take long to fill, and stop at what
they do not know. Where one answer is about several messages, what went wrong with one of them is
its answer.

https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/ews-operations-in-exchange
"""

from __future__ import annotations

import base64
import binascii
import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from exchangelib.errors import EWSError  # type: ignore[import-untyped]
from exchangelib.fields import FieldPath  # type: ignore[import-untyped]
from exchangelib.folders import Folder  # type: ignore[import-untyped]
from exchangelib.items import Message  # type: ignore[import-untyped]
from exchangelib.services import (  # type: ignore[import-untyped]
    CreateFolder,
    CreateItem,
    FindFolder,
    FindItem,
    GetFolder,
    GetItem,
    MoveItem,
    SyncFolderItems,
)
from exchangelib.services.common import (  # type: ignore[import-untyped]
    EWSAccountService,
    folder_ids_element,
)
from exchangelib.util import TNS, add_xml_child, create_element  # type: ignore[import-untyped]

from correspondence.postroom.watched_folder import Listed

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHANGES: Final = 512  # the most that one answer of SyncFolderItems may hold
_WORDS: Final = f"{{{TNS}}}MimeContent"
_ITEM: Final = f"{{{TNS}}}ItemId"
_FOLDER: Final = f"{{{TNS}}}FolderId"
_SIZE: Final = f"{{{TNS}}}Size"
_CAME: Final = f"{{{TNS}}}DateTimeReceived"
_MESSAGE_ID: Final = f"{{{TNS}}}InternetMessageId"
_COUNT: Final = f"{{{TNS}}}TotalCount"
_NAME: Final = f"{{{TNS}}}DisplayName"
MOST_FOLDERS: Final = 5_000
"""A list that has no end is no list."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in a folder since `state`, which may be only the first part of it."""

    there: tuple[Listed, ...]
    gone: tuple[str, ...]
    state: str
    whole: bool


def required(found: list[Any]) -> list[Any]:
    """What was found, where nothing was said against any of it; raises what was."""
    for one in found:
        if isinstance(one, Exception):
            raise one
    return found


class _Operation(EWSAccountService):  # type: ignore[misc]
    """One version of the services is spoken, and asked for once."""

    ERRORS_TO_CATCH_IN_RESPONSE = WARNINGS_TO_CATCH_IN_RESPONSE = (EWSError,)

    def _api_versions_to_try(self) -> tuple[str, ...]:
        return (self._version_hint.api_version,)

    def _update_api_version(self, api_version: str, header: Any) -> None:
        """What the server says of itself changes nothing."""


class Sync(_Operation, SyncFolderItems):  # type: ignore[misc]
    """https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/syncfolderitems-operation"""

    def since(self, folder: Any, state: str, *, named: bool = False) -> Changes:
        wanted = ("size", "datetime_received", *(["message_id"] if named else []))
        found = required(
            list(
                self.call(
                    folder=folder,
                    shape="IdOnly",
                    additional_fields=_fields(Message, *wanted),
                    sync_state=state or None,
                    ignore=None,
                    max_changes_returned=_CHANGES,
                    sync_scope="NormalItems",
                )
            )
        )
        there = tuple(one for one in found if isinstance(one, Listed))
        gone = tuple(one for one in found if isinstance(one, str))
        whole = self.includes_last_item_in_range is not False
        if not self.sync_state or (not whole and not found and self.sync_state == state):
            raise ValueError("no sync state, or one that leads nowhere")
        return Changes(there, gone, self.sync_state, whole)

    def _get_element_container(self, message: Any, name: str | None = None) -> Any:
        if message.get("ResponseClass") == "Error":  # which may say nothing else
            return EWSAccountService._get_element_container(self, message=message, name=name)
        return super()._get_element_container(message=message, name=name)

    def _elem_to_obj(self, elem: Any) -> Listed | str | None:
        change = self.change_types_map.get(elem.tag)
        if change == self.DELETE:
            return _identity(elem) or None
        if change in (self.CREATE, self.UPDATE) and len(elem):
            return _listed(elem[0])
        return None  # somebody has read it, which is no matter of ours


class Bodies(_Operation, GetItem):  # type: ignore[misc]
    """https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getitem-operation"""

    def of(self, ids: Sequence[str]) -> Any:
        wanted = _fields(Message, "mime_content")
        return self.call(items=[(one,) for one in ids], additional_fields=wanted, shape="IdOnly")

    def _elem_to_obj(self, elem: Any) -> tuple[str, bytes | Exception]:
        coded = elem.find(_WORDS)
        if coded is None:
            return _identity(elem), ValueError("the server gives none of its words")
        try:
            return _identity(elem), binascii.a2b_base64(coded.text or "")
        except (binascii.Error, ValueError):
            return _identity(elem), ValueError("the server gives its words in no form we know")


class Move(_Operation, MoveItem):  # type: ignore[misc]
    """https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/moveitem-operation"""

    def to(self, ids: Sequence[str], target: Any) -> Any:
        return self.call(items=[(one,) for one in ids], to_folder=target)

    def _elem_to_obj(self, elem: Any) -> None:
        """Its new id is of no use: it was kept under the old one."""


class Look(_Operation, GetFolder):  # type: ignore[misc]
    """https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getfolder-operation"""

    def at(self, folder: Any) -> Any:
        wanted = _fields(Folder, "total_count")
        return self.call(folders=[folder], additional_fields=wanted, shape="IdOnly")

    def _elems_to_objs(self, elems: Any) -> Any:
        for elem in elems:
            yield elem if isinstance(elem, Exception) else _number(elem, _COUNT)


class Folders(_Operation, FindFolder):  # type: ignore[misc]
    """https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/findfolder-operation"""

    def within(self, parent: Any) -> Any:
        return self._elems_to_objs(
            self._paged_call(
                payload_func=self.get_payload,
                max_items=MOST_FOLDERS,
                folders=[parent],
                additional_fields=_fields(Folder, "name"),
                restriction=None,
                shape="IdOnly",
                depth="Shallow",
                page_size=self.page_size,
                offset=0,
            )
        )

    def _elem_to_obj(self, elem: Any) -> tuple[str, str]:
        return _identity(elem, _FOLDER), elem.findtext(_NAME) or ""


class Make(_Operation, CreateFolder):  # type: ignore[misc]
    """https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/createfolder-operation"""

    def folder(self, parent: Any, name: str) -> Any:
        return self.call(parent_folder=parent, folders=[name])

    def get_payload(self, folders: Sequence[str], parent_folder: Any) -> Any:
        payload = create_element("m:CreateFolder")
        payload.append(
            folder_ids_element([parent_folder], self.account.version, tag="m:ParentFolderId")
        )
        made = create_element("m:Folders")
        for name in folders:
            one = create_element("t:Folder")
            add_xml_child(one, "t:FolderClass", "IPF.Note")
            add_xml_child(one, "t:DisplayName", name)
            made.append(one)
        payload.append(made)
        return payload

    def _elems_to_objs(self, elems: Any) -> Any:
        for elem in elems:
            yield elem if isinstance(elem, Exception) else _identity(elem, _FOLDER)


class Find(_Operation, FindItem):  # type: ignore[misc]
    """https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/finditem-operation"""

    def by_message_id(self, folder: Any, message_id: str) -> Any:
        return self._elems_to_objs(
            self._paged_call(
                payload_func=self.get_payload,
                max_items=1,
                folders=[folder],
                additional_fields=None,
                restriction=_Is("message:InternetMessageId", message_id),
                order_fields=None,
                query_string=None,
                shape="IdOnly",
                depth="Shallow",
                calendar_view=None,
                page_size=1,
                offset=0,
            )
        )

    def _elem_to_obj(self, elem: Any) -> str:
        return _identity(elem)


class Send(_Operation, CreateItem):  # type: ignore[misc]
    """https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/createitem-operation-email-message"""

    def message(self, raw: bytes, saved_in: Any) -> Any:
        return self._elems_to_objs(
            self._chunked_get_elements(self.get_payload, items=[raw], saved_in=saved_in)
        )

    def get_payload(self, items: Sequence[bytes], saved_in: Any) -> Any:
        payload = create_element("m:CreateItem", attrs={"MessageDisposition": "SendAndSaveCopy"})
        payload.append(
            folder_ids_element([saved_in], self.account.version, tag="m:SavedItemFolderId")
        )
        sent = create_element("m:Items")
        for raw in items:
            message = create_element("t:Message")
            add_xml_child(message, "t:MimeContent", base64.b64encode(raw).decode("ascii"))
            sent.append(message)
        payload.append(sent)
        return payload

    def _elem_to_obj(self, elem: Any) -> bool:  # noqa: ARG002
        return True


@dataclass(frozen=True, slots=True)
class _Is:
    """https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/isequalto"""

    name: str
    value: str

    def to_xml(self, version: Any) -> Any:  # noqa: ARG002
        equal = create_element("t:IsEqualTo")
        equal.append(create_element("t:FieldURI", attrs={"FieldURI": self.name}))
        constant = create_element("t:FieldURIOrConstant")
        constant.append(create_element("t:Constant", attrs={"Value": self.value}))
        equal.append(constant)
        restriction = create_element("m:Restriction")
        restriction.append(equal)
        return restriction


def _fields(model: Any, *names: str) -> list[Any]:
    return [FieldPath(field=model.get_field_by_fieldname(name)) for name in names]


def _identity(elem: Any, name: str = _ITEM) -> str:
    found = elem.find(name)
    return "" if found is None else str(found.get("Id") or "")


def _number(elem: Any, name: str) -> int:
    said = elem.findtext(name) or ""
    return int(said) if said.isascii() and said.isdigit() else 0


def _listed(elem: Any) -> Listed | None:
    identity = _identity(elem)
    moment = None
    with contextlib.suppress(ValueError):
        moment = datetime.fromisoformat(elem.findtext(_CAME) or "")
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    named = (elem.findtext(_MESSAGE_ID) or "").strip()
    size = _number(elem, _SIZE)
    return Listed(identity, size, moment, message_id=named) if identity else None
