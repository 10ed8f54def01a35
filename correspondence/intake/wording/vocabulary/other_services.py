# ruff: noqa: E501 one phrase a line, however long: a phrase broken in two can no longer be searched
"""What is not the landlord's business, and what shows that something is."""

from __future__ import annotations

from correspondence.intake.wording.phrasebook import family

OTHER_SERVICE = family(
    "other_service",
    "is about a service that is not the landlord's",
    """
    (my |our |the |green |brown |black |blue |food |garden |recycling |wheelie |household |missed |refuse |general )*(bin|bins) (not |never |was |were |has |have |hasn't |haven't |wasn't |weren't |been |day |collection*|lorry|men|crew|emptied|collected|missed|again|on|for)+
    (bin|refuse|waste|recycling|garden waste|rubbish|food waste|bulky|bulky waste) (collection*|lorry|crew|truck|round|subscription|centre|sacks|collected|bags|caddy|box|boxes)
    (missed|new|replacement|order a) (bin|bins|recycling|wheelie)
    garden waste
    wheelie bin*
    (the|household|local) (tip|recycling centre|recycling box)
    council tax
    (planning|building) (application|permission|department|enforcement|officer|control|regulations|committee|consent|objection)
    (parking|penalty|bus lane|speeding) (ticket|fine|charge|charge notice|notice|appeal|penalty)
    pcn*
    civil enforcement
    (pothole*|pot hole*|street ?light*|street lamp*|lamppost|kerb|highway*|gritting|road ?works|zebra crossing|yellow lines|traffic (lights|calming|wardens)|speed bumps|pavement*|residents' parking zone|drain in the road|road (surface|sweeping)|cycle lane)
    (street|road) (cleaning|sweeping|sweeper)
    (dog|litter) (bin|fouling|warden|mess in the (park|street))
    school (admission*|transport|appeal)
    (swimming lessons|registrar|birth certificate|taxi licen*|pest control charge*|leisure centre|blue badge (renewal|application)|(renew*|apply|applied) .. blue badge|parks department|litter bin*)
    (adult|children's) (services|social care) (complaint|assessment)
    (council tax (reduction|support)|housing benefit (claim|overpayment|section|appeal|decision|department)|personal independence payment|attendance allowance)
    (private|my) (landlord|letting agent*|landlady)( (mr|mrs|ms|is|won't|will not|has|refuses|says|called|who|,))
    private landlord*
    (discretionary housing payment*|dhp (claim|award|form)|council tax (and|&) benefit*|licensing (team|department|matter)|nightclub|the pub|takeaway)
    (sent|came|passed|forwarded|addressed) (it |this )?to (you|us|housing|the wrong .) (in error|by mistake)
    (misdirected|wrong (council|department|organisation|landlord))
    (rent|renting|lodge) (off|from) (a|an|my) (man|woman|bloke|lady|guy|agency|company|friend|gentleman|family|fella)
    (letting|estate) agent*
    (rent|renting|rented|let) (from a private|privately)
    (private|privately) (rent*|tenan*|let*)
    (assured shorthold|deposit scheme|buy to let|buy-to-let|hmo)
    (business rates|market stall|trade waste|high street|town centre)
    """,
    weight=1.5,
    negatable=True,
)
NOT_OURS = family(
    "other_service",
    "says it is not the landlord's",
    """
    (isn't|is not|not|wasn't) (a |one of )?(your|ours|yours)? ?(tenant*|resident*|customer*) of (yours|ours)
    (isn't|is not|not) (one|a matter|something) for (you|us|housing|this team|complaints)
    """,
    weight=1.5,
)
OTHER_SERVICE_HINT = family(
    "other_service_hint",
    "points to a service that is not the landlord's",
    """
    (blue badge|concessionary|library|libraries|leisure centre|swimming|allotment*|cemetery|museum|theatre|electoral|polling|voter|licen*|food hygiene|school (place*|admission*|transport|meals)|nursery place*|highway*|pavement*|kerb|bus (stop|shelter|pass|route*|service)|road ?works|park|parks|the county|benefit* (claim|section|department|team)|dwp|job ?centre|social (services|care)|care (package|assessment)|private* rent*)
    """,
    weight=0.75,
)
LANDLORD_BUSINESS = family(
    "landlord_business",
    "is about the landlord's own business",
    """
    your (own |repairs |housing )?(land|contractor*|caretaker*|estate|block|flats|car park|skip|operative*|joiner*|plumber*|engineer*|surveyor*|tenant*|scheme|warden|properties|property|housing|cleaner*|roofer*|scaffold*)
    (your|the) (repairs|housing|tenancy|estates|income|lettings|leasehold|neighbourhood) (line|team|department|office|officer|manager|people|side|service)
    (flat|room) #
    (residents|tenants) of
    (my|our|the|a|secure|introductory|joint) (tenancy|lease|leasehold|rent|repair|repairs|housing officer|flat|boiler|kitchen|bathroom|ceiling|transfer|neighbour*|housing application|service charge*|landlord|housing)
    (council|housing) (tenant*|house|flat|property|officer|home|estate|association|department|team|register|list)
    (repair*|repairs line|repairs team|boiler|damp|mould|leak*|heating|radiator*|lift|caretaker|communal|stairwell|estate|door entry|neighbour*|mutual exchange|bidding|banding|band|choice based|homeless*|decant|void|rent arrears|rent account|service charge*|section 20|shared owner*|leaseholder*|tenant|tenants|tenancy|sheltered|garage*)
    """,
    weight=0.5,
)
FAMILIES = (OTHER_SERVICE, NOT_OURS, OTHER_SERVICE_HINT, LANDLORD_BUSINESS)
