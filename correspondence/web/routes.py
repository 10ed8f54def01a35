"""Every page there is, and who may ask for it. A page that is not in this table does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.casework.signing_in.work_account import LOGOUT_PATH, RETURN_PATH
from correspondence.web import (
    documents,
    health,
    held,
    issuer_logout,
    letter_in_hand,
    letter_versions,
    look,
    metrics,
)
from correspondence.web.pages import (
    account_page,
    action_pages,
    attention_page,
    calendar_pages,
    case_pages,
    contact_pages,
    draft_pages,
    enclosure_pages,
    held_pages,
    holiday_page,
    inquiry_pages,
    letter_pages,
    letterhead_page,
    log_pages,
    mailbox_page,
    manager_pages,
    merge_pages,
    message_pages,
    people_page,
    queue_page,
    release_pages,
    report_pages,
    resident_page,
    retention_pages,
    search_page,
    second_pages,
    settings_pages,
    sign_in_pages,
    take_pages,
    template_pages,
    user_pages,
    work_account_pages,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from correspondence.store.users import Role

EVERYBODY: Final[frozenset[Role] | None] = None
"""Also those who are not signed in."""

LOOK: Final[frozenset[Role]] = frozenset({"reader", "officer", "manager", "administrator"})
WORK: Final[frozenset[Role]] = frozenset({"officer", "manager", "administrator"})
DECIDE: Final[frozenset[Role]] = frozenset({"manager", "administrator"})
OVERSEE: Final[frozenset[Role]] = frozenset({"reader", "manager", "administrator"})
ADMINISTER: Final[frozenset[Role]] = frozenset({"administrator"})


@dataclass(frozen=True, slots=True)
class Route:
    """One page: its path, its name, what answers, and who may ask. `method` is GET or POST.

    `from_page` says that a form is sent by a page of ours, whose token it then has to carry.
    """

    path: str
    name: str
    answers: Callable[..., ResponseReturnValue]
    may: frozenset[Role] | None
    method: str = "GET"
    from_page: bool = True


_CASE: Final = "/cases/<reference>"
_LETTER: Final = "/letters/<letter>"
_MESSAGE: Final = "/messages/<int:number>"
_ACTION: Final = "/actions/<action>"
_QUESTION: Final = "/questions/<question>"
_LETTERHEAD: Final = "/settings/letterhead"
_TEMPLATE: Final = "/settings/templates/<kind>"

ROUTES: Final[tuple[Route, ...]] = (
    Route("/healthz", "healthz", health.show, EVERYBODY),
    Route("/readyz", "readyz", health.ready, EVERYBODY),
    Route("/metrics", "metrics", metrics.show, EVERYBODY),  # by a token of its own
    Route("/look.css", "look", look.show, EVERYBODY),
    Route("/sign-in", "sign_in", sign_in_pages.show, EVERYBODY),
    Route("/sign-in", "sign_in_now", sign_in_pages.sign_in_now, EVERYBODY, "POST"),
    Route("/welcome/<token>", "welcome", sign_in_pages.welcome, EVERYBODY),
    Route("/welcome/<token>", "welcome_now", sign_in_pages.welcome_now, EVERYBODY, "POST"),
    Route("/welcome/<token>/in", "break_glass", sign_in_pages.break_glass_now, EVERYBODY, "POST"),
    Route(
        "/welcome/<token>/work-account",
        "welcome_work_account",
        work_account_pages.set_out_invited,
        EVERYBODY,
    ),
    Route("/sign-in/work-account", "work_account", work_account_pages.set_out, EVERYBODY),
    Route(RETURN_PATH, "work_account_back", work_account_pages.back, EVERYBODY),
    Route(LOGOUT_PATH, "ended_in_browser", issuer_logout.ended_in_browser, EVERYBODY),
    Route(
        LOGOUT_PATH,
        "ended_by_issuer",
        issuer_logout.ended_by_issuer,
        EVERYBODY,  # by the issuer's signature
        "POST",
        from_page=False,
    ),
    Route("/account", "account", account_page.show, LOOK),
    Route("/account/password", "password", account_page.password_now, LOOK, "POST"),
    Route("/account/elsewhere", "sign_out_elsewhere", account_page.elsewhere_now, LOOK, "POST"),
    Route("/account/sessions/<digest>", "end_session", account_page.end_now, LOOK, "POST"),
    Route("/account/time-left", "session_left", account_page.left, LOOK),
    Route("/account/stay", "stay", account_page.stay_now, LOOK, "POST"),
    Route("/held", "resume", held.show, LOOK),
    Route("/held/<digest>", "throw_away", held.throw_away, LOOK, "POST"),
    Route("/sign-out", "sign_out", sign_in_pages.sign_out_now, LOOK, "POST"),
    Route("/", "queue", queue_page.show, LOOK),
    Route("/cases/assign", "assign", queue_page.assign_now, WORK, "POST"),
    Route("/views", "save_view", queue_page.save_view_now, WORK, "POST"),
    Route("/views/<int:number>/removed", "remove_view", queue_page.remove_view_now, WORK, "POST"),
    Route("/shortcuts", "shortcuts", queue_page.shortcuts_now, WORK, "POST"),
    Route("/search", "search", search_page.show, LOOK),
    Route("/needs-a-person", "attention", attention_page.show, LOOK),
    Route("/needs-a-person/held", "flood_release", held_pages.release_flood, WORK, "POST"),
    Route("/calendar", "calendar", calendar_pages.show, WORK),
    Route("/calendar", "calendar_make", calendar_pages.make_now, WORK, "POST"),
    Route("/calendar/ended", "calendar_end", calendar_pages.end_now, WORK, "POST"),
    Route("/calendar/<token>.ics", "calendar_feed", calendar_pages.calendar_feed, EVERYBODY),
    Route("/cases/new", "take_complaint", take_pages.show, WORK),
    Route("/cases/new", "take_complaint_now", take_pages.take_now, WORK, "POST"),
    Route("/messages", "messages", message_pages.show_all, LOOK),
    Route(_MESSAGE, "message", message_pages.show, LOOK),
    Route(f"{_MESSAGE}/reading", "correct", message_pages.correct_now, WORK, "POST"),
    Route(f"{_MESSAGE}/case", "join", message_pages.join_now, WORK, "POST"),
    Route(f"{_MESSAGE}/answers", "accept_answer", message_pages.answers_now, WORK, "POST"),
    Route(f"{_MESSAGE}/alert", "alert_seen", message_pages.alert_seen_now, WORK, "POST"),
    Route(f"{_MESSAGE}/as-sent", "message_as_sent", message_pages.as_sent, LOOK),
    Route(f"{_MESSAGE}/original", "message_original", documents.original, LOOK),
    Route(f"{_MESSAGE}/files/<sha256>", "message_file", documents.attachment, LOOK),
    Route(f"{_MESSAGE}/pictures/<sha256>", "message_picture", documents.picture, LOOK),
    Route(_CASE, "case", case_pages.show, LOOK),
    Route(f"{_CASE}/notes", "note", case_pages.note_now, WORK, "POST"),
    Route(f"{_CASE}/alert", "case_alert_seen", case_pages.alert_seen_now, WORK, "POST"),
    Route(f"{_CASE}/closed", "close", case_pages.close_now, WORK, "POST"),
    Route(f"{_CASE}/definition", "definition", case_pages.definition, WORK),
    Route(f"{_CASE}/definition", "define", case_pages.define_now, WORK, "POST"),
    Route(f"{_CASE}/letters", "draft", draft_pages.show, WORK),
    Route(f"{_CASE}/letters", "draft_now", draft_pages.draft_now, WORK, "POST"),
    Route(f"{_CASE}/letters/in-hand", "draft_keep", draft_pages.keep_now, WORK, "POST"),
    Route(f"{_CASE}/letters/put-away", "draft_put_away", draft_pages.put_away_now, WORK, "POST"),
    Route(f"{_CASE}/investigation", "investigation", inquiry_pages.show, LOOK),
    Route(f"{_CASE}/questions", "question_ask", inquiry_pages.ask_now, WORK, "POST"),
    Route(f"{_CASE}/interest", "interest", inquiry_pages.interest_now, WORK, "POST"),
    Route(f"{_CASE}/parts", "took_part", inquiry_pages.took_part_now, WORK, "POST"),
    Route(f"{_CASE}/service-requests", "service_request", inquiry_pages.link_now, WORK, "POST"),
    Route(f"{_CASE}/files", "case_document_add", inquiry_pages.document_now, WORK, "POST"),
    Route(f"{_CASE}/files/<sha256>", "case_document", inquiry_pages.document, LOOK),
    Route(f"{_QUESTION}/chased", "question_chase", inquiry_pages.chase_now, WORK, "POST"),
    Route(f"{_QUESTION}/answered", "question_answer", inquiry_pages.answer_now, WORK, "POST"),
    Route(f"{_QUESTION}/reopened", "question_reopen", inquiry_pages.reopen_now, WORK, "POST"),
    Route(f"{_QUESTION}/dropped", "question_drop", inquiry_pages.drop_now, WORK, "POST"),
    Route(f"{_CASE}/contact", "contact", contact_pages.show, LOOK),
    Route(f"{_CASE}/contact", "contact_restrict", contact_pages.restrict_now, WORK, "POST"),
    Route(f"{_CASE}/contact/reviewed", "contact_review", contact_pages.review_now, WORK, "POST"),
    Route(f"{_CASE}/lessons", "lessons", log_pages.show_all, LOOK),
    Route(f"{_CASE}/record/<form>", "log_form", log_pages.show, WORK),
    Route(f"{_CASE}/record/<form>", "log_now", log_pages.log_now, WORK, "POST"),
    Route(f"{_CASE}/holds/<form>", "hold_form", log_pages.show_hold, ADMINISTER),
    Route(f"{_CASE}/holds/<form>", "hold_now", log_pages.hold_now, ADMINISTER, "POST"),
    Route(f"{_CASE}/merging", "merging", merge_pages.show, LOOK),
    Route(f"{_CASE}/merged", "merge", merge_pages.merge_now, WORK, "POST"),
    Route(f"{_CASE}/split", "split", merge_pages.split_now, WORK, "POST"),
    Route(f"{_CASE}/undone", "undo_merge", merge_pages.undo_now, WORK, "POST"),
    Route(f"{_CASE}/matters/<int:number>", "matter", merge_pages.matter, WORK),
    Route(f"{_CASE}/matters/<int:number>", "matter_now", merge_pages.matter_now, WORK, "POST"),
    Route(f"{_CASE}/stage-2", "stage_2", take_pages.stage_2, WORK),
    Route(f"{_CASE}/stage-2", "stage_2_now", take_pages.stage_2_now, WORK, "POST"),
    Route(_ACTION, "action", action_pages.show, LOOK),
    Route(f"{_ACTION}/done", "action_done", action_pages.done_now, WORK, "POST"),
    Route(f"{_ACTION}/approved", "payment_approve", action_pages.approve_now, DECIDE, "POST"),
    Route(f"{_ACTION}/confirmed", "action_confirm", action_pages.confirm_now, WORK, "POST"),
    Route(f"{_ACTION}/revised", "action_revise", action_pages.revise_now, WORK, "POST"),
    Route(_LETTER, "letter", letter_pages.show, LOOK),
    Route("/letters", "letters", second_pages.show_all, LOOK),
    Route(f"{_LETTER}/words", "letter_edit", letter_pages.edit_now, WORK, "POST"),
    Route(f"{_LETTER}/in-hand", "letter_keep", letter_in_hand.keep_now, WORK, "POST"),
    Route(f"{_LETTER}/put-away", "letter_put_away", letter_in_hand.put_away_now, WORK, "POST"),
    Route(f"{_LETTER}/differences", "letter_differences", letter_versions.show, LOOK),
    Route(f"{_LETTER}/enclosures", "enclose", enclosure_pages.enclose_now, WORK, "POST"),
    Route(f"{_LETTER}/enclosures/out", "take_out", enclosure_pages.take_out_now, WORK, "POST"),
    Route(f"{_CASE}/resident", "resident", resident_page.show, WORK),
    Route(f"{_CASE}/resident", "resident_now", resident_page.correct_now, WORK, "POST"),
    Route(f"{_CASE}/adjustments", "adjustments", enclosure_pages.adjustments, WORK),
    Route(f"{_CASE}/adjustments", "adjust_now", enclosure_pages.adjust_now, WORK, "POST"),
    Route(f"{_LETTER}/word-file", "letter_upload", letter_pages.upload_now, WORK, "POST"),
    Route(f"{_LETTER}/confirmed", "letter_confirm", letter_pages.confirm_now, WORK, "POST"),
    Route(f"{_LETTER}/letter.docx", "letter_docx", documents.letter_docx, LOOK),
    Route(f"{_LETTER}/letter.pdf", "letter_pdf", documents.letter_pdf, LOOK),
    Route(f"{_LETTER}/printed.pdf", "letter_printed", documents.letter_printed, LOOK),
    Route(f"{_LETTER}/pages/<int:page>.png", "letter_page", documents.letter_page, LOOK),
    Route(f"{_LETTER}/approve", "approve", release_pages.approve_page, WORK),
    Route(f"{_LETTER}/approve", "approve_now", release_pages.approve_now, WORK, "POST"),
    Route(f"{_LETTER}/send", "send", release_pages.send_page, WORK),
    Route(f"{_LETTER}/send", "send_now", release_pages.send_now, WORK, "POST"),
    Route(f"{_LETTER}/released", "letter_release", held_pages.release_letter, WORK, "POST"),
    Route(f"{_LETTER}/called-back", "call_back", release_pages.call_back_now, WORK, "POST"),
    Route(f"{_LETTER}/second", "second", second_pages.show, DECIDE),
    Route(f"{_LETTER}/second", "second_now", second_pages.second_now, DECIDE, "POST"),
    Route(f"{_LETTER}/sent", "sent_now", release_pages.sent_now, WORK, "POST"),
    Route(f"{_LETTER}/arrived", "arrived_now", release_pages.arrived_now, WORK, "POST"),
    Route("/manager", "manager", manager_pages.show, OVERSEE),
    Route("/manager/<table>.<any(csv, xlsx):ending>", "export", manager_pages.export, OVERSEE),
    Route("/reports", "reports", report_pages.show, DECIDE),
    Route("/reports/checked", "report_check", report_pages.check_now, DECIDE, "POST"),
    Route("/reports/<report>/words", "report_words", report_pages.words_now, DECIDE, "POST"),
    Route("/reports/<report>/policy", "report_policy", report_pages.policy_now, DECIDE, "POST"),
    Route(
        "/reports/<report>.<any(html, pdf, docx, xlsx, json, csv):ending>",
        "report_file",
        report_pages.file,
        DECIDE,
    ),
    Route("/users", "users", user_pages.show, ADMINISTER),
    Route("/users", "user_add", user_pages.add_now, ADMINISTER, "POST"),
    Route("/users/<name>/role", "user_role", user_pages.role_now, ADMINISTER, "POST"),
    Route("/users/<name>/link", "user_link", user_pages.link_now, ADMINISTER, "POST"),
    Route("/users/<name>/email", "user_email", user_pages.email_now, ADMINISTER, "POST"),
    Route("/users/<name>/sessions", "user_sessions", user_pages.sessions_now, ADMINISTER, "POST"),
    Route("/users/<name>/left", "user_leave", user_pages.leave_now, ADMINISTER, "POST"),
    Route("/users/<name>/back", "user_return", user_pages.return_now, ADMINISTER, "POST"),
    Route("/settings", "settings", settings_pages.show, ADMINISTER),
    Route(
        "/settings/profile/<section>", "settings_section", settings_pages.show_section, ADMINISTER
    ),
    Route(
        "/settings/profile/<section>",
        "settings_change",
        settings_pages.change_now,
        ADMINISTER,
        "POST",
    ),
    Route(_LETTERHEAD, "letterhead", letterhead_page.show, ADMINISTER),
    Route(_LETTERHEAD, "letterhead_try", letterhead_page.try_now, ADMINISTER, "POST"),
    Route(
        f"{_LETTERHEAD}/published",
        "letterhead_publish",
        letterhead_page.publish_now,
        ADMINISTER,
        "POST",
    ),
    Route(
        f"{_LETTERHEAD}/thrown-away",
        "letterhead_throw_away",
        letterhead_page.throw_away_now,
        ADMINISTER,
        "POST",
    ),
    Route(
        f"{_LETTERHEAD}/pages/<int:page>.png",
        "letterhead_picture",
        letterhead_page.picture,
        ADMINISTER,
    ),
    Route("/settings/templates", "templates", template_pages.show_all, ADMINISTER),
    Route(_TEMPLATE, "template", template_pages.show, ADMINISTER),
    Route(_TEMPLATE, "template_upload", template_pages.upload_now, ADMINISTER, "POST"),
    Route(
        f"{_TEMPLATE}/published",
        "template_publish",
        template_pages.publish_now,
        ADMINISTER,
        "POST",
    ),
    Route(
        f"{_TEMPLATE}/thrown-away",
        "template_throw_away",
        template_pages.throw_away_now,
        ADMINISTER,
        "POST",
    ),
    Route(f"{_TEMPLATE}/letter.docx", "template_docx", template_pages.docx, ADMINISTER),
    Route(
        f"{_TEMPLATE}/pages/<int:page>.png", "template_picture", template_pages.picture, ADMINISTER
    ),
    Route("/settings/people", "people", people_page.show, ADMINISTER),
    Route("/settings/people", "people_import", people_page.import_now, ADMINISTER, "POST"),
    Route("/settings/retention", "retention", retention_pages.show, ADMINISTER),
    Route(
        "/settings/retention/looked-at", "erase_look", retention_pages.look_now, ADMINISTER, "POST"
    ),
    Route("/settings/retention/erased", "erase", retention_pages.erase_now, ADMINISTER, "POST"),
    Route("/settings/retention/own-data", "own_data", retention_pages.own_data, ADMINISTER, "POST"),
    Route("/settings/mailboxes", "mailboxes", mailbox_page.show, ADMINISTER),
    Route("/settings/mailboxes", "mailboxes_test", mailbox_page.test_now, ADMINISTER, "POST"),
    Route("/settings/bank-holidays", "holidays", holiday_page.show, ADMINISTER),
    Route(
        "/settings/bank-holidays", "holidays_take_in", holiday_page.take_in_now, ADMINISTER, "POST"
    ),
)

MAY_ASK: Final = {route.name: route.may for route in ROUTES} | {"static": EVERYBODY}
"""Who may ask for each page, by its name; whoever asks for another is refused."""
