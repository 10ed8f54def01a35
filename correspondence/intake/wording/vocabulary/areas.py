# ruff: noqa: E501 one phrase a line, however long: a phrase broken in two can no longer be searched
"""The landlord's services, in the words by which residents name them.

For each service the words that name it, and weaker words that only point to it.
"""

from __future__ import annotations

from correspondence.intake.wording.phrasebook import Family, family

NAMES, HINTS = 3.0, 1.0

_WORDS: dict[str, tuple[str, str]] = {
    "repairs": (
        """
        (repair|repairs|repaired|repairing|plumber*|plumbing|joiner*|carpenter*|electrician*|handyman|glazier*|locksmith*|roofer*|plasterer*|works order|repairs (line|team))
        (leak*|drip*|burst pipe*|overflow*|stopcock|ballcock|cistern|gutter*|downpipe*|guttering|soil (pipe|stack)|blocked (sink|drain*|toilet|bath|pipe*|gutter*)|sewage)
        (disrepair|sewer*|manhole*|bees|hornets|vent|vents|duct*|fire alarm|smoke alarm*|heat alarm|rot|rotten|banister*|coving|tiling|grout*|sealant|lagging|stair carpet|no.access*|wrong trade|sash cord*)
        (roof|slates|chimney|ceiling*|plaster|plastering|brickwork|lintel|joist*|floorboard*|skirting)
        (front|back|rear|side|garden|kitchen|bathroom|bedroom|shed|cupboard|letterbox|patio|outside) (door|gate|window|tap|light|wall|step|steps|path|socket)
        (tap|taps|sink|basin|bath|shower|toilet|loo|fence*|fencing|gate|extractor*|worktop|kitchen (unit*|cupboard*|drawer*|floor)|window (latch|lock|handle|frame|sash|sill|does not|doesn't|won't|pane*)|broken (window|pane|door|lock|light|tap|fence|gate|toilet|step*)|bare wires|electrics|electrical test|wiring|fuse ?(box|board)|consumer unit|change the lock*|lock* changed|locks?|pest*|bed ?bugs|mice|mouse|wasps|pigeons|pest control)
        """,
        """
        (fixed|fix|fixing|mend|mended|mending|unfixed|operative*|tradesm*|workm*|contractor*|job (number|no|ref|sheet|is)|the job|a job)
        (pipe*|drain*|water|door|doors|window*|glass|glazing|pane|hinge*|handle|steps|path|paving|wall|walls|floor*|cupboard*|socket*|light*|fan|oven|cooker|carpet|washing machine)
        """,
    ),
    "damp_and_mould": (
        """
        (mould*|mold|moldy|mildew|damp|dampness|condensation|black (spot*|stuff|patches|speckle*|marks)|spores|rising damp|penetrating damp|musty|awaab*|cavity (insulation|wall)|dehumidifier)
        (damp|mould) (man|survey|surveyor|team|wash|report|treatment)
        """,
        "(wet (wall*|patch*)|walls? (is|are|feels?) (wet|cold)|ventilation|air ?brick*|extraction)",
    ),
    "heating_and_gas": (
        """
        (heating|boiler*|radiator*|hot water|gas (engineer|man|safety|check|service|certificate|leak|operative|fire|compliance|meter|supply)|smell* (of )?gas|immersion|thermostat|heat pump|storage heater*|pilot light|flue|carbon monoxide|hot water cylinder|combi|heat network|district heat*|boiler house|cp12|landlord gas safety|no heat|gas)
        """,
        "(heater*|freezing|warm|cold|temperature|degrees|pressure|heat|fire was (disconnected|capped))",
    ),
    "planned_works": (
        """
        (new (kitchen*|bathroom*|window*|roof|front door|doors)|(kitchen|bathroom|window*|roof|door) (replacement|programme|fitters?|refit|renewal|refurb*|upgrade|installation)|replacement (windows|programme|kitchen|bathroom|doors)|planned (works|work|maintenance)|major works|improvement (works|programme)|refurbish*|moderni*|rewir*|re-wir*|re-?roof*|scaffold*|retrofit|external (decoration*|wall|works)|decent homes|regeneration|redevelop*|stock condition|site (manager|welfare|compound|foreman)|solar panel*|secondary glazing|liaison officer|cyclical|fit (my|our|the|his|her) (new|front)|insulation|cladding|roofing)
        (my|her|his|our|the) (kitchen|bathroom) (has been|is|was|half|still|to be|layout|units|fit)
        (new (units|system|heating system|heaters|controls|boiler programme|fence programme|flooring|wiring|consumer unit|doors?|cladding)|old (kitchen|bathroom|one|units) (out|ripped|taken)|took (the|my|our) old|no kitchen|heating installation|(kitchen|bathroom) layout|smart meter*|sealed units|repaint*|redecorat*|decoration (allowance|voucher*)|painted (my|the|our|her|his) (front |back |outside )?(door|doors|railings|windows)|painting programme|external painting|insulat*|battens|site (hut|toilet|cabin|hours)|the fitters|both fitters|snagging|handover)
        (moved|decanted|decant) (me |us |out |from |for |so )*(while|during|so that|for the works|the works)
        (your|the) (roofers|re-?cladders|scaffolders|window (people|firm|team)|roofing (firm|team|contractor*)|kitchen (firm|people|team)|bathroom (firm|people|team)|planned team|improvement team|investment team|major works team)
        (re-?clad*|re-?render*|render*|heat pumps?|clean heat|net zero|energy (efficiency|works|upgrade)|warm homes|ballot|demolish*|demolition|pulling (it|us|them) down|snags?|snag list|(summer|winter|spring|autumn|this year's|next year's|five year|capital) programme|wet room programme|fire remediation|remediation|waking watch|poles (are|is|still|up)|the poles|planned (team|programme|investment)|contractor's compound|works (start|begin|starting|notice)|notice of works|start (on site|date for the works)|void works|fensa|snagged)
        (did|done|fitted|put|ripped|took|taken|replac*|changed|installed|hung) (my|our|the|her|his|in my|in our|out my|out our|out the|in the|a new|new) .. (kitchen|bathroom|windows|doors|front door|radiators|roof|rewire|bath|heating) (out|in|last|for|on|under|as part|by your)
        """,
        "(programme|scheme|upgrade*|fitters|tiles|surveyed for|measured up|installed|fitted|decorat*|painter*)",
    ),
    "communal_areas": (
        """
        ((residents'|residents|communal|day|common|tv|sheltered) (lounge|room|kitchen|garden)|the lounge at|riser*|dry riser|raised bed*|planter*|flower bed*|shared (drive|driveway|path|alley|yard|loft|door)|(gate|entry|door|keypad|main door) code*|gate code|(estates?|grounds|cleaning|caretaking) team|parking (bay*|space*|lines|at)|visitor* bay*|(the|your|a) skip|tower block*|towers|the block|fire doors?|fire panel|alarm panel|assembly point*|washing lines?|rotary|bike (room|rack*|shelter)|mobility scooter (room|store)|scooter room|post ?box*|letterboxes|estate (parking|walkabout*|inspection)|chute|street bin*|bins? (area|compound)|cleaner|stairs)
        (communal|stairwell*|landing lights?|lift|lifts|lobby|foyer|door entry|intercom|fob|fobs|bin (store|room|shed|area|chute*)|rubbish chute|caretaker*|cleaner*|grounds maintenance|grass|hedge*|grass cutting|playground|swings|play area|car park|courtyard|shared (garden|drying|hall|entrance|stairs)|drying (room|area)|bike (store|shed)|laundry|fly ?tip*|litter|graffiti|corridor*|walkway|needles|(stair*|landing|lobby|estate|entrance|car park|hall) (light*|lamp*|door*)|lights (on|in) (the |our )?(stairs|landing|lobby|stairwell|hall|estate|car park)|lamp columns|gardener*|weeds|communal lawn|lawn|entrance (door|hall)|main (door|entrance)|bench|vegetable patch|meter cupboard|swept|mop*|stairs (were|are|was|never|have|not) (never |not )?(cleaned|swept|filthy))
        (street ?(light|lamp)*|lamp ?(post|column|standard)*|the lamps|(outside|courtyard|path|stair|porch) lamps?|(south|north|east|west|front|back|garden|shared|communal|main|estate) path|path (to|between|from|by|outside) (the|our)|grounds (people|men|man|staff|contractor*|maintenance)|strimm*|mow(er|ing|ed|n)|ride-?on|verge*|boundary (hedge|fence|wall)|overhanging|(ash|lime|oak|cherry|conifer|leylandii|willow|elder) (tree|trees)|tree (surgeon|roots|works|preservation)|roots|concierge|porter|day room|dayroom|conservatory at|common (parts|areas|room)|(landing|hallway|corridor|stairs|stairwell|foyer) (painting|carpet|floor|window*|ceiling|heater*)|motor room|lift (engineer*|motor|car|company|out|broken|is|was|been)|plant room|roof garden|drain (outside|in the (yard|car park|courtyard))|(car park|estate|yard|courtyard) (gully|drain*|barrier|lights?|surface)|pothole*|barrier|bollard*|dog (mess|muck|bin|fouling)|(bin|recycling) (day|lorry access|bay)|scooters in the|abandoned (car|vehicle|mattress)|sofa (left|dumped)|concrete (path|steps)|handrail (on|to|by) the (steps|stairs|path)|sewage in the (car park|basement|yard)|basement|bin hard ?standing|noticeboard|our block|whole block|all (of )?the flats|every flat|(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|top|ground|#) floor landing|landing (light|is|was|outside)|visitor* (space*|parking)|resident* parking|parking (contractor|firm|company|permit scheme))
        """,
        "(stairs|staircase|landing|entrance|estate|block|hallway|path|lamp|yard|grounds|hedge|trees?|branch*|sycamore|rubbish|dumped|cleaning|cctv|bulbs?|parking|bay|bays|lounge|residents|neighbours all|tenants of|outside (heron|the block|the flats)|slab*|pavers?)",
    ),
    "anti_social_behaviour": (
        """
        (anti ?social|antisocial|asb|noise|noisy|loud music|(play*|blast*) (loud )?music|part(y|ies) (all|every|until|till|again)|bass|stamping|threaten* by|abuse from|harass*|dealing|drugs|cannabis|weed smell|smell of (weed|cannabis)|neighbour (from hell|dispute|noise|has|is|keeps|at)|diary sheet*|fill* (in )?(the |my )?diary|noise (app|recording*|monitor*)|hate crime|vandal*|gang*|youths|crime (number|reference|ref)|verbal abuse|nuisance|mediation|community trigger|loiter*|fight*|quad bike*|brick through|screaming|shouting (at|and|all|through|late)|barking|dog* (left|bark*)|the music|karaoke|banged on the wall|turned it up|arrest*|incidents|intimidat* by|feud|drum*|revving|motorbikes?|weed|dealers?|cuckoo*|spitting|egg(s|ed|ing)|racket|rows|slamming)
        """,
        "(neighbour*|next door|upstairs|flat above|the people (above|below|upstairs)|police|recordings|shouting|banging|music|diary|swearing|dog|lads|man above|threshold)",
    ),
    "allocations": (
        """
        (allocat*|banding|band (a|b|c|d|e)|band #|(my|our|his|her|the) band|bidding|bids?|shortlist*|housing (register|application|list|options|needs)|waiting list|transfer (request|list|application)|re-?hous*|mutual exchange|(our|my|the|an) exchange|homeless*|temporary accommodation|bed and breakfast|section 202|s202|s184|offer of (accommodation|a property|a flat|housing)|medical (priority|assessment|points)|overcrowd*|downsiz*|lettings|choice based|under-?occupy*|rough sleep*|sofa surf*|void propert*|days to relet|bungalow|moving in survey|(applied|assessed|appeal*) on medical|medical grounds|medical (priority|team|appeal)|no priority|be moved|to be moved|somewhere (safer|else) to live|allocations team|(bigger|larger|smaller|ground floor) (house|flat|home|property|place)|in a hotel)
        """,
        "(viewing|viewed|application|move (house|home)|properties|medical evidence|medical letters|ot report|nominat*|sign-?up|move in|moved in)",
    ),
    "tenancy": (
        """
        (length of (my|her|his|their) tenancy|(loan|landlord|tenancy) reference|referee|succession|succeed to|joint tenancy|sole tenan*|assignment|notice to quit|(give|giving|gave|given) notice|end (of )?(my|the|her|his) tenancy|evict*|possession|lodger|sublet*|permission (to|for|from)|keep (a |two )?(dog|cat|pet*|chicken*)|pets?|tenancy (officer|audit|agreement|sustainment|fraud|visit|check)|name (off|on|put on) the tenancy|take on the tenancy|right to buy|introductory|abandon*|tenancy put|home check|satellite dish*|laminate|alteration*|run a business|(state|condition) of (my|the|your|his|her) garden|housing officer|arrears on the landing)
        """,
        "(tenancy|keys (back|returned)|return* keys|notice|warning|greyhound|dog|cat)",
    ),
    "rents": (
        """
        (rent (account|statement|increase|officer|team|refund|charge|card|arrears|rebate)|arrears|direct debit|overpa*|under-?paid|payment (plan|card|arrangement)|repayment|refund of rent|rent free week*|bailiff*|court costs|charged me|paying rent|weeks'? rent|week rent|(heating|water|garage|communal heating|support|amenity|cleaning|laundry) charge*|rent more|rent increase|(the|by|my|our) direct debit|standing order|accounts people|rent account|(took|taken|collected|paid) (the |my )?(rent|money) twice|final bill|credit balance|payment meter|income team|(my|our|the|her|his) rent|incentive|billed me|a bill|the bill|invoice me|cheque)
        """,
        "(rent|rents|universal credit|uc|housing benefit|credit|account|payment|owe|owes|owed|debt|bank statement|recover*|paid)",
    ),
    "leasehold": (
        """
        (leasehold*|(my|our|the) lease|leaseholder*|service charge*|section 20|s20|s.20|ground rent|final account|shared owner*|staircas* (up|to|percent)|sinking fund|section 125|managing agent*|lease extension|freeholder|freehold|building insurance|estimated (charge|account|bill)|ews1|apportion*|subletting is allowed)
        """,
        "(contribution|tribunal|lease|demand|mortgage lender|notice fee)",
    ),
    "complaint_handling": (
        """
        (never|not|no|nor|without|hasn't been|wasn't) (been )?(acknowledg*|a? ?reply to my complaint|response to my complaint|logged)
        (complaint|complaints) (handling|process|was (closed|ignored|lost|never)|never (answered|acknowledged)|has been (closed|ignored)|ignored|lost)
        (handling|investigation) of (my|the|our|her|his|this) (complaint|case)
        (your|its|their|the) own (deadline|target|policy|timescale*)
        (missed|past|late|outside|beyond|over) (your|the|its|their) (deadline|target date|timescale*)
        (what|happened) (happened )?to my complaint
        (nobody|no one|never|didn't|did not|not) (rang|rung|asked|spoke to|interviewed|contacted|spoken to|ring|ask|speak|listened) (her|him|them|my|the|any|either|to|who)( (witness*|carer|neighbour*|daughter|son|two|person))*
        (witness*|taken the word of|neither of which is mentioned|had not seen my letters|repeats what the contractor|word of a man)
        (no|had no|have no|without|without an|not had an) acknowledgement
        complaint about (a|my|the|your|how) (complaint|complaints)
        no such complaint
        (complaint|complaints) (department|team|process|procedure|system|service) (is|was|are|has|itself|does|did|never|have)
        (sent|made|lodged|submitted|put in|raised|posted|logged) (you |in )?(a|my|the|this|our|that) (formal |written |same )*complaint .. (nothing|no|never|not|nobody|silence|lost|ago|twice|again)
        (stage (one|two|1|2)|review) (has |have |had |is |was |response |decision |reply )*(now |just |still |been )*(sat|late|overdue|dragg*|outstanding|ignored|expired|passed|delayed|due)
        (nobody|no one) has (even |ever )?(said they've got it|confirmed receipt|logged it|got it)
        (closed|close) (my|the|her|his) complaint
        (asked|promised|given|told) .. (a new date|another date|an extension|four weeks|ten working days|twenty working days)
        (how|way) (you|it was|my complaint was|this was) (have |has been )?(dealt with|handled|investigated) (my|the|this) ?(complaint|case)?
        (redress|compensation) policy
        (any|wondering if there's any) (news|update*)
        (extension|extra (ten|working) days|another extension)
        """,
        "(deadline|acknowledgement|stage (1|one|2|two)|review|response is (late|due)|investigat*|complaint (team|officer|handler)|ombudsman|working days|reply|replied|my complaint|decision|answer)",
    ),
    "other": (
        """
        (adaptation*|grab rail*|stair rail|a rail|rails|ramp*|stair ?lift|wet ?room|level access|walk in shower|walk-in shower|key safe*|occupational therap*|aids and adapt*|hoist|garage*|parking (permit*|attendant*|enforcement)|permit*|clamped|towed|pull cord|pendant|alarm cord|telecare|scooter (store|shed)|data (breach|protection)|privacy|personal data|subject access|(my|complete|whole|housing) (file|records)|website|the app|portal|phone (line*|system|queue*|menu)|call centre|contact centre|hold music|repairs line music|newsletter|tenant panel|residents' (meeting|association)|community (centre|room|hall)|change(d)? (of )?(my )?(mobile|number|address|surname|name)|your offices?|office (opening|hours)|opening hours|helpline|recorded message|(letters?|post) (be |are |being )?(dated|meant for|addressed|misdirected|going to)|letters meant for|(someone|somebody) else's (letter|post)|interpreter*|sign language|safeguarding|wellbeing|welfare check|grab rails?|hand-?rail*|bath (seat|lift)|key ?safe|step lift|through floor lift|walkabout*|scheme manager|sheltered manager|warden|walk in check|birthday card)
        """,
        "(ot|wheelchair|reception|newsletter|receptionist|call handler)",
    ),
}  # fmt: skip

AREAS: tuple[str, ...] = tuple(_WORDS)


def naming(area: str) -> str:
    """The family of the words that name an area."""
    return f"area {area}"


def hinting(area: str) -> str:
    """The family of the words that point to an area."""
    return f"hint {area}"


FAMILIES: tuple[Family, ...] = tuple(
    entry
    for area, (names, hints) in _WORDS.items()
    for entry in (
        family(naming(area), f"is about {area.replace('_', ' ')}", names, weight=NAMES),
        family(hinting(area), f"points to {area.replace('_', ' ')}", hints, weight=HINTS),
    )
)
