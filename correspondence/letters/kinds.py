"""The kinds of letter a complaint may need."""

from __future__ import annotations

from enum import StrEnum


class LetterKind(StrEnum):
    """Every kind of letter of the complaint procedure; the value names its template folder."""

    STAGE1_ACKNOWLEDGEMENT = "stage1_acknowledgement"
    STAGE1_EXTENSION = "stage1_extension"
    STAGE1_RESPONSE = "stage1_response"
    STAGE2_ACKNOWLEDGEMENT = "stage2_acknowledgement"
    STAGE2_EXTENSION = "stage2_extension"
    STAGE2_RESPONSE = "stage2_response"
    REFUSAL = "refusal"
    ESCALATION_REFUSAL = "escalation_refusal"
    PROGRESS_UPDATE = "progress_update"
    CLARIFICATION_REQUEST = "clarification_request"
    CONSENT_REQUEST = "consent_request"
    ACTION_UPDATE = "action_update"
    ACTION_COMPLETION = "action_completion"
    SERVICE_REQUEST_REPLY = "service_request_reply"
    SURVEY_FOLLOW_UP = "survey_follow_up"
    ENQUIRY_REPLY = "enquiry_reply"
    INCIDENT_NOTICE = "incident_notice"

    @property
    def plainly(self) -> str:
        """The kind in words, such as ``stage 1 acknowledgement``."""
        return (
            self.value.replace("stage1", "stage 1").replace("stage2", "stage 2").replace("_", " ")
        )
