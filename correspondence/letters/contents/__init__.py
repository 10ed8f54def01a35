"""What an officer decides for each kind of letter, as forms held against the complaint.

    acknowledgement   the complaint definition itself (cases/definition.py)
    every other kind  one form of this room

A form knows what it lacks, what its template may speak of, and what the letter promises.
"""

from types import MappingProxyType
from typing import Final

from correspondence.letters.contents.actions import ActionCompletionContent, ActionUpdateContent
from correspondence.letters.contents.around import (
    EnquiryReplyContent,
    IncidentNoticeContent,
    ServiceRequestReplyContent,
    SurveyFollowUpContent,
)
from correspondence.letters.contents.content import LetterContent, Occasion, Promise
from correspondence.letters.contents.extension import ExtensionContent
from correspondence.letters.contents.meanwhile import (
    ClarificationRequestContent,
    ConsentRequestContent,
    ProgressUpdateContent,
)
from correspondence.letters.contents.refusal import EscalationRefusalContent, RefusalContent
from correspondence.letters.contents.response import ResponseContent
from correspondence.letters.kinds import LetterKind

__all__ = ["CONTENTS", "LetterContent", "Occasion", "Promise"]

CONTENTS: Final = MappingProxyType[LetterKind, type[LetterContent]](
    {
        LetterKind.STAGE1_EXTENSION: ExtensionContent,
        LetterKind.STAGE1_RESPONSE: ResponseContent,
        LetterKind.STAGE2_EXTENSION: ExtensionContent,
        LetterKind.STAGE2_RESPONSE: ResponseContent,
        LetterKind.REFUSAL: RefusalContent,
        LetterKind.ESCALATION_REFUSAL: EscalationRefusalContent,
        LetterKind.PROGRESS_UPDATE: ProgressUpdateContent,
        LetterKind.CLARIFICATION_REQUEST: ClarificationRequestContent,
        LetterKind.CONSENT_REQUEST: ConsentRequestContent,
        LetterKind.ACTION_UPDATE: ActionUpdateContent,
        LetterKind.ACTION_COMPLETION: ActionCompletionContent,
        LetterKind.SERVICE_REQUEST_REPLY: ServiceRequestReplyContent,
        LetterKind.SURVEY_FOLLOW_UP: SurveyFollowUpContent,
        LetterKind.ENQUIRY_REPLY: EnquiryReplyContent,
        LetterKind.INCIDENT_NOTICE: IncidentNoticeContent,
    }
)
"""The form of each kind of letter that has one."""
