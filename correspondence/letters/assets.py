"""What a letterhead may fetch: the files beside it, and nothing else anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

NOWHERE: Final = "https://letterhead.invalid/"
"""Where a relative address leads to: nowhere, so that it is refused and not overlooked."""

_response: Any = URLFetcherResponse  # the renderer ships no types


class Assets(URLFetcher):
    """Answers ``asset:NAME`` from memory, and ends the rendering for any other address.

    A plain exception would be swallowed by the renderer, and the picture silently left out.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        base: Any = super()
        base.__init__(allowed_protocols=("asset",), allow_redirects=False, fail_on_errors=True)
        self._files = files

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
        """The file of that name. Raises FatalURLFetchingError with a sentence."""
        scheme, _, name = url.partition(":")
        if scheme.lower() != "asset":
            raise FatalURLFetchingError(
                "The letterhead asks for something outside itself "
                f"({url.replace(NOWHERE, '')[:80]}). Put the file beside the letterhead and write "
                "asset: and its name."
            )
        if name not in self._files:
            raise FatalURLFetchingError(
                f"The letterhead asks for asset:{name[:80]}, and there is no such file beside it. "
                "Add the file, or take the line out."
            )
        return _response(url, self._files[name])
