"""Section 2: what may be excluded, and what must be said when it is."""

from typing import Final

from correspondence.handling_code.provisions.housing_ombudsman.clause import clause

PROVISIONS: Final = (
    clause(
        "2.1",
        "Accept every complaint unless there is a valid reason not to, weigh each on its own "
        "merits, and be able to show the reasoning behind a refusal.",
    ),
    clause(
        "2.2",
        "Set out in the policy when a matter will not be taken as a complaint or escalated. The "
        "circumstances have to be fair and reasonable to residents.",
        parts=(
            "The matter happened more than twelve months ago.",
            (
                "Legal proceedings have begun: the claim form and the particulars of claim have "
                "been filed at court."
            ),
            "The matter has already been considered under the complaints policy.",
        ),
    ),
    clause(
        "2.3",
        "Accept a complaint made within twelve months of the matter, or of the resident learning "
        "of it, unless excluded on other grounds. Consider discretion for a later one where there "
        "are good reasons.",
    ),
    clause(
        "2.4",
        "When refusing a complaint, explain to the resident why the matter does not suit the "
        "complaints process and that they may take the decision to the Ombudsman, who may tell "
        "the landlord to take it on.",
    ),
    clause(
        "2.5",
        "Never exclude complaints wholesale: consider the individual circumstances of each.",
    ),
)
