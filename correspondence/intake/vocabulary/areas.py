# ruff: noqa: E501 one phrase a line, however long: a phrase broken in two can no longer be searched
"""The landlord's services, in the words by which residents name them."""

from __future__ import annotations

from correspondence.intake.phrasebook import family

AREAS = (
    family(
        "repairs",
        "is about a repair",
        """
        (repair*|fixed|fix|fixing|mend*|unfix*|plumb*|joiner|carpenter|electrician|handyman|glazier|locksmith|roofer|operative|tradesman|workman|workmen|works order|job (number|no|ref)|repairs (line|team))
        (leak*|drip*|burst|pipe*|tap|taps|sink|basin|bath|shower|toilet|loo|cistern|flush|stopcock|ballcock|waste pipe|overflow|gutter*|downpipe*|drain*|blocked|soil (pipe|stack)|guttering|sewage)
        (roof|slates|tiles|tile|chimney|ceiling|plaster*|ceilings|brickwork|render|lintel)
        (door|doors|lock|locks|window|windows|hinge*|handle|glass|glazing|pane|letterbox|sash|sill|keys)
        (fence*|fencing|gate|shed|path|paving|steps|wall|kitchen (unit*|cupboard*|worktop|drawer)|cupboard*|worktop*|floor*|floorboard*|banister|skirting|stairs in|light fitting|light switch|socket*|electrics|wiring|fuse*|light in (the|my) (kitchen|bathroom|bedroom|hall)|extractor|cooker|oven)
        """,
    ),
    family(
        "damp_and_mould",
        "is about damp or mould",
        """
        (mould*|mold|moldy|mildew|damp*|condensation|black spot*|black stuff|spores|wet walls?|rising damp|penetrating|musty|mould wash|cavity|awaab*)
        """,
        weight=4.0,
    ),
    family(
        "heating_and_gas",
        "is about heating, hot water or gas",
        """
        (heating|boiler*|radiator*|hot water|gas|immersion|thermostat|heat pump|storage heater*|heater*|pilot light|flue|carbon monoxide|cylinder|combi|heat network|district heat*|communal (boiler|heating)|boiler house|gas (safety|check|engineer|service)|cp12|freezing|no heat)
        """,
        weight=2.5,
    ),
    family(
        "planned_works",
        "is about planned or major works",
        """
        (new (kitchen|bathroom|window*|roof|front door|doors|boiler programme|wiring|heating system)|kitchen (replacement|programme|fitters|refit|renewal|refurb*)|bathroom (replacement|programme|refit|refurb*|renewal)|window (replacement|programme|renewal)|door (replacement|programme)|replacement (windows|programme|kitchen|bathroom|doors)|programme|planned (works|work|maintenance|programme)|major works|improvement (works|programme)|refurbish*|moderni*|upgrade*|rewir*|re-wir*|re-?roof*|scaffold*|retrofit|insulation|cladding|external (decoration|wall|works)|decent homes|regeneration|redevelop*|stock condition|site (manager|welfare|compound)|solar panel*|secondary glazing|fit (my|our|the) (new|front)|liaison officer|refused (my|the) (kitchen|bathroom))
        """,
        weight=3.0,
    ),
    family(
        "communal_areas",
        "is about the shared parts of a building or estate",
        """
        (communal|stairwell*|stairs|staircase|landing*|lift|lifts|lobby|entrance|foyer|hallway lights|door entry|intercom|fob|fobs|bin store|bin room|bin shed|bin area|chute|rubbish chute|caretaker*|cleaner*|cleaning|grounds maintenance|grass|hedge*|trees?|mow*|grass cutting|estate|playground|swings|play area|car park|parking bay|courtyard|shared (garden|drying|hall|entrance)|drying area|bike (store|shed)|cctv|laundry|block|fly ?tip*|litter|graffiti|corridor*|walkway|bulk rubbish|dumped|needles|lights (on|in) (the |our )?(stairs|landing|lobby|stairwell)|gardener*|weeds)
        """,
        weight=1.8,
    ),
    family(
        "anti_social_behaviour",
        "is about anti-social behaviour",
        """
        (anti ?social|antisocial|asb|noise|noisy|loud music|music|party|parties|shouting|banging|barking|threaten* (me|us|by)|abuse from|harass*|intimidat* by|drug*|dealing|cannabis|weed|smell of cannabis|neighbour*|next door|upstairs (flat|neighbour)|flat above|the people (above|below|upstairs|next)|diary sheet*|noise (app|recording*|monitor*)|recordings|hate crime|vandal*|gang*|youths|crime (number|reference)|verbal abuse|nuisance|stamping|bass|fighting|police|swearing|loiter*|mediation|community trigger|case review|injunction)
        """,
        weight=1.6,
    ),
    family(
        "allocations",
        "is about being housed or moving",
        """
        (allocat*|band (a|b|c|d|e|1|2|3|4|one|two|three)|banding|our band|my band|bidding|bid|bids|shortlist*|housing (register|application|list|options|needs)|waiting list|transfer (request|list|application)?|re-?hous*|mutual exchange|home ?swap|homeless*|temporary accommodation|bed and breakfast|s202|section 202|s184|suitab* (of|offer|review)|offer of (accommodation|a property|a flat|housing)|medical (priority|assessment|evidence|points)|overcrowd*|bigger (house|flat|home|property|place)|downsiz*|move (house|home|to a)|viewing|lettings|new build|nominat*|choice based|under-?occup*|bungalow list|sheltered (housing|flat) (list|application)|rough sleep*|sofa surf*)
        """,
        weight=2.2,
    ),
    family(
        "tenancy",
        "is about the tenancy",
        """
        (tenancy|succession|succeed|joint tenan*|sole tenan*|assign*|sign ?up|notice to quit|give notice|giving notice|end (of )?(my|the|her|his) tenancy|eviction|evict*|possession|lodger|sublet*|sub-let*|permission (to|for)|pet|pets|dog|cat|keep a (dog|cat|pet)|housing officer|neighbourhood officer|tenancy (officer|audit|agreement|sustainment)|abandon*|name (off|on) the tenancy|right to buy|rtb|decant|home check|introductory|inherit*|key(s)? (back|return)|satellite dish|laminate|alterations|run a business|succe*|mother's tenancy|tenancy (fraud|visit|check)|void|my arrears on)
        """,
        weight=2.0,
    ),
    family(
        "rents",
        "is about rent or money owed",
        """
        (rent|rents|arrears|rent (account|statement|increase|officer|team|refund|charge|card)|direct debit|housing benefit|universal credit|overpa*|under-?paid|payment plan|payment (card|arrangement|reference)|repayment|credit on my|in credit|refund of rent|rent free weeks|bailiff*|court costs|charged me rent|recover*|incentive|garage rent|standing order|debt)
        """,
        weight=2.0,
    ),
    family(
        "leasehold",
        "is about a lease or service charges",
        """
        (leasehold*|lease|leaseholder*|service charge*|section 20|s20|s.20|ground rent|final account|shared owner*|staircas* (up|to|percent)|major works (bill|invoice|charge)|sinking fund|section 125|managing agent*|lease extension|freeholder|freehold|building insurance|estimated (charge|account|bill)|tribunal|ews1|apportion*|contribution)
        """,
        weight=3.0,
    ),
    family(
        "complaint_handling",
        "is about how we handled a complaint",
        """
        (complaints? (handling|process|procedure|team|department|officer|handler|policy)|handling of (my|the|our|her|his|this) complaint|(never|not|no|nor|without) (been )?(acknowledg*|answered my complaint|reply to my complaint|response to my complaint|logged)|(missed|past|late|outside|beyond) (your|the|its|their) (own )?(deadline|target|date|timescale*)|deadline|stage (1|one) (response|reply|answer) (is|was|late|overdue|due|has not|hasn't|never)|extension|overdue (response|reply)|(my|the) complaint (was|is|has been|has) (closed|ignored|lost|never|not|still|logged|been)|complaint (was )?(closed|ignored|lost)|investigat* (my|the|this) complaint|didn't (ask|speak|ring|call|interview)|not (spoken|interviewed|asked|rung)|ombudsman|(10|ten|20|twenty) working days|acknowledgement|response (was )?(late|due|overdue)|holding (letter|reply)|review (panel|meeting|officer))
        """,
        weight=1.8,
    ),
    family(
        "other",
        "is about adaptations or another service of the landlord",
        """
        (adaptation*|grab rail*|rail|rails|handrail|ramp*|stair ?lift|wet ?room|level access shower|walk in shower|walk-in shower|key safe*|occupational therap*|ot (report|assessment|visit)|aids and adapt*|hoist|garage*|parking (permit|bay|attendant|space)|permit|clamped|towed|tow|data (breach|protection)|privacy|personal data|subject access|website|app|portal|phone (line*|system|queue*)|call centre|contact centre|customer services|newsletter|tenant (panel|meeting|association)|residents' (meeting|association)|consultation|community (centre|room|hall)|pull cord|pendant|alarm cord|telecare|scooter (store|shed)|change(d)? (of )?(my )?(number|mobile|address|name)|welfare check|large print)
        """,
        weight=1.6,
    ),
)
FAMILIES = AREAS
