# ruff: noqa: E501 one phrase a line, however long: a phrase broken in two can no longer be searched
"""What is said of the people concerned and of how they were treated: the words behind the flags."""

from __future__ import annotations

from correspondence.intake.wording.phrasebook import family

VULNERABLE = family(
    "vulnerable",
    "tells of somebody who may be at particular risk",
    """
    (baby|babies|newborn|infant*|toddler*|cot|nursery|pram|pushchair)
    (my|our|two|three|four|five|her|his|their|young|small|little|with) (little |young |small |own |eldest |youngest |autistic |disabled |twin |# |year |old |school )*(child|children|kid|kids|son|sons|daughter|daughters|boy|boys|girl|girls|grandson|granddaughter|grandchild|grandchildren|little one|little ones|twins|bairns|lad|lass)
    (the|a) (kids|bairns|little ones|young child|toddler|disabled)
    (a )?kid crying
    (he's|she's|who's|aged|age|only|just turned|just) (only |now |just |nearly |almost |over |about )*(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17)( (and|years|year|months|with|,|now|who))
    (is|are|he's|she's|who's|i'm|am|aged|age|turned|turning) (only |now |just |nearly |almost |over |about )*(65|66|67|68|69|70|71|72|73|74|75|76|77|78|79|80|81|82|83|84|85|86|87|88|89|90|91|92|93|94|95|96)
    (he's|she's|he is|she is) (only |just )?(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen)
    # (weeks|months|month|week) old
    (aged|age) #
    # (year|years) old
    (my|our|her|his) (# )?(year old|months old|month old)
    (seventy|eighty|ninety|sixty)( |-)?(one|two|three|four|five|six|seven|eight|nine)?
    (elderly|pensioner*|old age|oap|frail|housebound|house bound|bedridden|bed bound|bedbound|infirm|in (my|her|his|their) (seventies|eighties|nineties|70s|80s|90s|sixties|60s)|great-?grandmother|widow|widowed|widower)
    (old|elderly) (lady|gentleman|man|woman|mother|mum|dad|father|couple|person|people|neighbour|folk)
    (my|our) (elderly |old |late |dear )*(mother|mum|mam|father|dad|nan|nana|gran|grandmother|grandad|grandfather|aunt|auntie|uncle|parents)
    (disab*|wheelchair*|wheel chair|mobility (scooter|aid|problem*|issues|needs)|walking (frame|stick|aid)|zimmer|crutches|stairlift|powered chair|power chair|amputee|paraly*|blue badge|blind|partially sighted|sight loss|visually impaired|eyesight|magnifying glass|macular|glaucoma|cataract*|hard of hearing|hearing (aid*|loss|impaired)|deaf|stroke|parkinson*|dementia|alzheimer*|multiple sclerosis|muscular dystrophy|cerebral palsy|epilep*|arthritis|arthritic|osteo*|fibromyalgia|lupus|crohn*|sickle cell|motor neurone|learning (disab*|difficult*)|special needs|autis*|asperger*|adhd|neurodiver*|dyslexi*|down's syndrome)
    (asthma*|inhaler*|copd|emphysema|bronchitis|chest infection*|chest (is|problems)|breathing|breathe|nebuliser|oxygen|lung*|respiratory|cough|coughing|wheez*|pneumonia|chesty)
    (cancer|chemo*|radiotherapy|leukaemia|dialysis|kidney*|transplant|heart (condition|attack|failure|bypass|problem*)|pacemaker|diabet*|insulin|immunosuppress*|immune system|immunocompromised|steroid*|antibiotic*|surgery on|operation|hip replacement|new (knee|hip)|knee replacement|hospital|a&e|consultant|palliative|hospice|terminal*|terminally ill|life limiting|in and out of hospital|physio*|district nurse*|carer*|care worker|caring for|care needs|support worker|social worker|health visitor|my gp|my doctor|the doctor*|medication|tablets|prescri*|fractured|broken (hip|arm|leg|wrist|ankle)|fell (down|over)|a fall|seizure*|fits|ill health|health (condition|problem*|issue*|conditions)|poorly|unwell|long term (illness|condition)|long-term (illness|condition)|sick|in pain|bad (back|legs|leg|hip|knees|chest|heart))
    (pregnan*|expecting (a|our|my|in|baby)|maternity|midwife|due (date|in # weeks)|miscarr*)
    (mental health|depress*|anxiety|anxious|panic attack*|ptsd|bipolar|schizo*|psychosis|psychiatr*|(nervous|mental) breakdown|self harm*|suicid*|stress (and|is|related)|cpn|crisis team|antidepressant*|not coping|can't cope|cannot cope|end it all|nerves|agoraphobi*|ocd|hoard*|bereave*|grief|grieving|lost my (husband|wife|mother|father|son|daughter|mum|dad|partner)|(husband|wife|mother|mum|dad|father|partner|son|daughter) (has |had |just |sadly )*(died|passed( away)?)|late husband|late wife|scared of|very low|crying)
    (domestic (abuse|violence)|dv|refuge|idva|non-?molestation|restraining order|abusive (ex|partner|husband|relationship)|my ex|violent (ex|partner|husband)|fleeing|fled|women's aid|coercive|stalk*|marac)
    (vulnerable|vulnerability|at risk|safeguarding|care leaver|learning needs|carer|carers|young carer|refugee*|asylum)
    (can't|cannot|unable to|struggle* to|difficult to|hard to) (walk|climb|get (up|down|out|in|upstairs|downstairs|to the)|manage (the|stairs)|stand|bend|see|read|hear|breathe|use the stairs|bathe|wash)
    """,
)
ADJUSTMENT = family(
    "adjustment",
    "asks for a way of being served or reached",
    """
    (large|larger|big|bigger) (print|type|font|text|letters)
    (# )?point (print|type|font|at least|or)
    (braille|easy read|easy-read|audio|bsl|sign language|makaton|text relay|relay uk|minicom|textphone|type talk|yellow paper|coloured paper|plain english|translated|translation|translator|interpret*|in (polish|urdu|punjabi|bengali|arabic|romanian|somali|spanish|portuguese|french|turkish|farsi|kurdish|ukrainian|russian|gujarati|tamil|chinese|welsh))
    (text|email|e-mail|phone|post|letter|letters|writing|telephone|whatsapp|text messages|texts) only
    only (by|via|in|contact|text|email|call|ring|phone|write) (text|email|e-mail|phone|post|letter|writing|me|telephone|by|after|before|between|on|to)
    (please |pls )?(do not|don't|dont|never|no|not to|stop|rather than|instead of|without|rather you did not|can't take) (be )?(phone|phoning|ring|ringing|call|calling|telephone|telephoning|knock|knocking|text|texting|email|emailing|calls|phone calls|visit|visiting|write|writing|post|letters) ?(me|the|please|us|her|him|calls|as|because|before|after|to|by|at|on|unless|or|my|this|i|,)
    (prefer|prefers|preferred|better|best|easier|rather) (to be |if you |for me |for you |way |to |me |us |her |him |being |it if you |you |that you |time |not |contact |method |is |by |via )*(rung|called|phoned|contacted|emailed|written|texted|text|email|emails|phone|ring|call|letter|letters|post|writing|written down|telephoned|spoken)
    (contact|call|ring|phone|text|email|write to|reply to|speak to) (me|us|her|him|my (daughter|son|sister|mother|wife|husband|carer|advocate|mum|support worker|brother|niece)) (only |please |back )?(by|after|before|between|via|instead|through|rather|not|only|because)
    (by|in|via) (text|email|e-mail|post|letter|writing|telephone|phone) (only|please|not|rather|instead|because|as)
    (put|give|send|have|get) (it|me|everything|this) (to me )?(in writing|on paper|by post|by letter|written down) (because|as|only|please because|since|rather)
    in writing (only|rather|because|as i)
    (written|write) (it |things |this )?down for me
    (after|before|not before|between) # ?(pm|am|p.m|a.m|o'clock)?( (please|because|as|when|only))
    (mornings|afternoons|evenings) (only|are best)
    (reasonable|workplace) adjustment*
    (equality act|access needs|communication needs|accessible format)
    (more|extra|longer|additional) time (to|because|as|for|please|due)
    (speak|talk|explain|speak to me|say it) (it )?(slowly|clearly|louder|loudly)
    (someone|somebody|advocate|daughter|son|sister|carer|support worker|friend) (with me|present|to be there|to attend|there) (when|at|during|please|as|because)
    (home|face to face|face-to-face|in person) (visit|meeting|appointment) (because|as|instead|please|rather)
    (cannot|can't|can not|unable to|struggle to|difficult to|find it hard to|hard to|not able to|don't|do not) (hear well|read|write well|see well|use (the |a |email|online|computer*|internet|phone*|telephone*|app)|do (online|computers|phone calls|forms)|speak (english|on the phone)|talk on the phone|type|fill in|go online|manage (the )?(phone|forms)|have (the internet|a computer|email))
    female (officer|engineer|operative|worker|surveyor|only)
    step free
    (don't|do not|haven't|have not|not) (have |got |use )*(the internet|a computer|email|e-mail|online|a smartphone)
    (can't|cannot) (see|hear) (well|very|properly|the|small|on)
    (call|ring|phone|speak to|write to) my (husband|wife|daughter|son|sister|brother|niece|nephew|carer|mum|friend)
    (rather|prefer) than (ring*|phon*|call*|email*|writ*)
    (write|email|text|post) rather than (ring|phone|call|email|write)
    (let|could) .. (daughter|son|sister|carer|niece|friend|advocate) (be there|be present|sit in|speak|come|write)
    (permission|consent) for my .. to speak
    (interpreter|signer)
    sit on my (right|left)
    (somewhere|this address|friend's (email|address)) .. (he|she) (reads|opens|has)
    (he|she) reads my (post|phone|emails)
    not the (landline|house|flat|home)
    """,
)
REPRESENTS = family(
    "represents",
    "writes on somebody else's behalf",
    """
    (on|in) behalf (of|on)
    on (my|her|his|their|our) (mother's|mum's|mam's|father's|dad's|nan's|gran's|grandmother's|grandad's|aunt's|auntie's|uncle's|sister's|brother's|son's|daughter's|neighbour's|friend's|wife's|husband's|partner's|client's|parents'|behalf)
    (i am|i'm|we are|as|am) (the |her |his |an |a |their |writing as |my mother's |my mum's |my father's |my dad's |also )*(representative|advocate|attorney|carer|next of kin|executor|deputy|support worker|social worker|caseworker|key worker|keyworker|daughter of|son of|appointee|guardian|sister of|brother of|niece of|nephew of|solicitor*|housing adviser|adviser|advisor)
    (power of attorney|lasting power|signed authority|form of authority|authority to act|letter of authority|her consent|his consent|their consent|consent form|consent to act|consent attached|permission to (speak|act|write)|asked (me|us) to (write|contact|email|get in touch|complain|raise|speak|help|act|pass|let|tell|chase))
    (writing|write|emailing|acting|act|complaining|contacting|speaking|ringing|calling) (to you )?for (my|our|mr|mrs|ms|miss|the|her|him|a)
    (my|our) (client*|constituent*|patient|service user)
    (my|our) (mother|mum|mam|father|dad|nan|nana|gran|granny|grandmother|grandad|grandfather|aunt|auntie|uncle|sister|brother|neighbour|friend|mother-in-law|father-in-law|mother in law|father in law|elderly .|parents|son|daughter)('s)? (who |, |mr |mrs |ms |miss |is |has |lives |, who |aged |,? # |rents |was |had |at |of |tenancy |flat |bungalow |house |home )+
    (she|he|they) (has|have|had) (asked|given|authorised|signed|agreed|consented)
    (act|acting) (for|on)
    """,
)
EMERGENCY = family(
    "emergency",
    "tells of danger now",
    """
    (smell*|smelling|stink*|reek*|smelt) (of |strongly of |like )?(gas|burning)
    gas (leak*|smell|escape)
    (carbon monoxide|co) (alarm|alert|detector|poisoning|leak)
    (burning smell|smell of burning|on fire|caught fire|fire in|smoke (coming|from|is|pouring)|sparks|sparking|flames|arcing|electric shock*|shocks? (off|from)|live wire*|exposed (wire*|wiring|cable*|live)|bare wire*)
    (ceiling|wall|roof|balcony|chimney|floor|stairs|staircase) (is |has |just |about to |going to |looks like |looks |could |might |was |partly |all |going |came |starting to )*(collaps*|come down|coming down|came down|fallen in|falling in|fall in|caved in|giving way|gave way|sagging|bulging|bowing)
    (water|sewage) (is |was |now |just |still )*(pouring|gushing|cascading|flooding|streaming|running down|coming through the (light|electric*|fuse|socket*|consumer)|pumping)
    (pouring|gushing|cascading|streaming|flooding) (through|in|into|out|down|from)
    (flooded|flooding) (now|tonight|right now|the whole)
    (water|leak*) .. (light fitting|lights|fuse (box|board)|electric*|socket*|consumer unit|lightbulb|bulb)
    (kill (me|myself|him|her|us)|end my life|take my (own )?life|suicid*|end it all|overdose|better off dead|wasn't here any ?more|don't want to (be here|live|wake up|go on)|no point in (living|going on)|found (him|her|me) (in there|dead|hanging)|harm myself|hurt myself|do something (stupid|silly)|not be here)
    (outside|at) (my |the )?(door|house|in a car|window) (now|right now|tonight|again|at about)
    (he|she|they) (still )?(has|have|had) (a |got a |my )?(key|knife|gun|weapon)
    (threatened|threatening) (to kill|with a (knife|bat|gun)|my life|me with)
    (front|back|main|street|outside) door (won't|will not|doesn't|does not|can't be|cannot be|wouldn't|not) (lock|close|shut|secure|locked|closed|secured)
    (no|without) (heating|hot water|heat|water|electric*|power|electricity) .. (baby|newborn|oxygen|chemo|snow|freezing|minus|elderly|pregnant)
    (immediate|imminent) (danger|risk)
    (danger|risk) to life
    (have|has) not (been )?seen .. (days|since)
    (locked|shut|trapped|stuck) (out|in) (of )?(the|my|now|tonight|lift)
    (no|without) (water|electric*|power|electricity) (at all|now|tonight|since (this|last|yesterday))
    """,
    weight=2.0,
)
URGENT = family(
    "urgent",
    "says it is urgent",
    """
    (urgent|urgently|emergency|asap|immediately|right now|at once|first thing|help|happening now)
    (come|do something|today|tonight) (now|please|quickly)
    (please )?tell me quickly
    (now|tonight|right now) please
    (999|101 then|called the police|ambulance|fire (brigade|engine))
    (water|it)('s| is)? (all over|everywhere|going (under|into))
    """,
    weight=1.0,
)
SAFEGUARDING = family(
    "safeguarding",
    "tells of abuse, neglect or thoughts of self-harm",
    """
    safeguarding
    (suicid*|kill (myself|himself|herself)|end my life|take my (own )?life|ending it|end it all|overdose*|better off dead|better off without me|(wasn't|wasnt|not|weren't) here any ?more|don't want to (be here|live|wake up|go on)|do not want to (be here|live|go on)|no point (in )?(living|going on|carrying on)|harm(ing)? (myself|himself|herself)|hurt(ing)? (myself|himself|herself)|self harm*|do something (stupid|silly)|can't go on|cannot go on|can't carry on|cannot carry on|sooner (they|you) found|rather be dead|wish i was dead|want to die|nothing to live for)
    (domestic (abuse|violence)|dv|non-?molestation|restraining order|abusive (ex|partner|husband|relationship|boyfriend)|violent (ex|partner|husband|boyfriend)|coercive|fleeing|fled (from )?(him|her|my|domestic)|refuge|women's aid|idva|marac|occupation order)
    (my ex|ex partner|ex husband|ex-partner|ex-husband|he|she) (partner |husband )?(hit|hits|beat|beats|attacked|punched|strangled|threatened|threatens|came out of prison|found (me|us|out where)|is following|follows|broke in|kicked|smashed|tried to|assaulted|knows where)
    (child*|kids|baby|boy|girl|daughter|son|toddler) (is |are |being |left |always |crying |screaming |alone |looks |has |have |was |were )+(alone|neglect*|hungry|screaming|bruise*|hit|beaten|shouted at|filthy|hurt|abused|unsupervised|crying|locked|left)
    (neglect|neglected|self-neglect*|self neglect*|abused|financial abuse|cuckoo*|exploit*|county lines|trafficked|modern slavery|radicalis*)
    (not|hasn't|haven't|has not|stopped) (been )?(eaten|eating|washing|washed|taking (his|her|my) (medication|tablets))
    (have|has|haven't|hasn't) (not )?(been )?seen (him|her|them|the old|mr .|mrs .) (for|since|in) .. (days|week*|a while|monday|tuesday|wednesday|thursday|friday|saturday|sunday)
    (bruises|marks on (him|her|the child*))
    (woman|girl|child|kid|baby|man|lady) (is |was |keeps |are )?(screaming|being hit|crying for|begging)
    (been|is|was|gets|getting|turned|he's|become) violent
    (lock|locked|locking) myself in
    (open|watch*|walk* in|came in|looked) .. (while|when) (she|my daughter|he|i) (was|were) (changing|in the (bath|shower)|undress*|naked)
    (was|while she was|while i was) changing
    (scared|afraid|frightened|terrified) (of (him|her|my ex|what he)|he will|he'll|for my life|to go home|for (my|our|her|the child*) (life|safety))
    (takes|taking|took|stealing|steals) (her|his|my mother's|their) (money|pension|bank card|benefits)
    """,
)
STAFF_CONDUCT = family(
    "staff_conduct",
    "speaks of how somebody working for the landlord behaved",
    """
    (rude|rudely|rudeness|abrupt|dismissive|patronis*|condescend*|disrespect*|sneer*|sarky|sarcas*|unprofessional*|ill-mannered|bad manners|offhand|arrogan*|belittl*|mock(ed|ing)|ridicul(ed|ing)|humiliat*|intimidat*|bully|bullied|bullying|insolent|snapped at|snotty|surly)
    (swore|sworn|shouted at|yelled at|screamed at|laughed at|laughing at|smirk*|rolled (his|her|their) eyes|tutted|hung up|slammed|put the phone down|talked over|talked down)( (at|on|to|in) (me|us|her|him|my))?
    (told (me|us|her|him|my (wife|husband|mother|daughter|son)) to (shut|get lost|stop|calm|go back|f|be grateful|move))
    go back (to )?where
    (officer|staff|operative*|engineer|plumber|contractor*|workmen|workman|man|men|lads|lad|agent|lady|girl|woman|advisor|adviser|surveyor|caretaker|warden|receptionist|he|she|they|one of them|manager|attitude|supervisor) (was |were |is |are |just |then |being |has been |had been |on the phone )*(very |so |extremely |incredibly |really |quite |absolutely |being )?(rude|aggressive|abusive|drunk|drinking|smoking|smoked|vaping|on drugs|unprofessional|nasty|horrible|dismissive|abrupt|threatening|offensive|racist|sexist|intimidating|filthy|urinat*|swearing|shouting|unhelpful|leering|inappropriate|lying|lied|patronising|laughed|swore|shouted|sneered|hung up|called me|called her|called him|called us|walked off|walked out|stormed|touched|stole|refused to (give|wear|listen)|mocked|made a (remark|comment|joke)|told my neighbour*)
    (attitude|behaviour|behavior|conduct|manner|tone|manners|demeanour) (of|from|was|is|towards|by)
    (his|her|their|officer's|operative's|engineer's|contractor's|staff) (attitude|behaviour|conduct|manner|tone|manners)
    (offensive|inappropriate|personal|racist|sexist|nasty|rude|sarcastic|unkind|lewd) (remark*|comment*|language|joke*|tone|words)
    (stole|stolen|stealing|theft) .. (operative*|contractor*|workmen|workman|engineer|staff|men|by your)
    (walked|came|burst|barged|let (himself|themselves|herself)) (straight |right )?(in|into) (without|my (flat|home|house|bathroom|bedroom))
    (wouldn't|would not|refused to) (give (me |us )?(his|her|their) name|put down|take off|take his|take their|wear)
    (told|telling|discussed|disclosed|shared) (my|her|his|our) (neighbour*|business|arrears|details|personal)
    (called|calling) (me|her|him|us|my (wife|husband|mother|son|daughter|mum)) (a |an )?(liar|stupid|lazy|dirty|difficult|thick|pigsty|nosy|love|darling|names|scum|filthy|fat|old|idiot|moaner)
    (people|someone|tenants) like (you|me|us)
    (urinat*|weed in|peed in|toilet in) (the|my|our|in|on)? ?(garden|sink|bush|wall|side)?
    pigsty
    (smok*|swear*|urinat*) under my window
    (opened|opening|went through|searched|filmed|photographed) (my |the |her |his |our )*(cupboard*|drawer*|bedroom|post|letters|fridge)
    (remarked|commented|joked|told me to my face|said to my face|that tone|good luck with that|shut it then)
    (he|she|they|officer|operative) (laughed|smirked|sneered|shrugged|swore|winked|mimicked|lit another)
    (told|asked|telling) me to (go and |just )?(put the kettle on|calm down|shut up|speak proper*|learn english|get lost|go away|grow up|be patient|wind my)
    (mickey mouse|put the kettle on, love|wouldn't give (his|her|a|their) name|earphones)
    (asked|ask|made|used) my (son|daughter|child|kid*) .. (explain|translate|interpret|sign)
    (let himself|let herself|let themselves|used the key|pass key|entered (my|her|his|the) (flat|home|house))
    (called|being called) a liar
    (his|her) account (isn't|is not|of)
    (read|reading|shouted) (it )?out .. (in front of|reception|landing|queue)
    (denies|denied) (it|the|being|saying|ever)
    (he|she|they) (says|said) (he|she|they) (was|were|did) (never )?(rude|friendly|say|swear|shout)
    (staff|officer|operative|engineer|man|men|contractor|workmen) .. (conduct|attitude|behaviour|manner)
    """,
)
DISCRIMINATION = family(
    "discrimination",
    "says they were treated worse for who they are",
    """
    (discriminat*|racis*|racial*|sexis*|homophob*|transphob*|islamophob*|antisemit*|ableis*|ageis*|xenophob*|bigot*|prejudic*)
    (because|due to|on account|on grounds|based on) (i'm|i am|we are|we're|of|she is|he is|they are|she's|he's) (my |our |her |his |the )*(black|asian|white|muslim|jewish|gay|lesbian|trans*|disabled|disability|foreign*|polish|romanian|a woman|single mother|a single mum|colour|race|religion|accent|skin|sexuality|nationality|age|on benefits|pregnant|deaf|blind|autistic|a traveller|gypsy|english is|ethnic*|old|not british|not english|female|an immigrant)
    go back (to )?(where (you|she|he|they|we)|(my|your|her|his|their) (own )?country)
    (equality act|protected characteristic*|equal treatment|human rights act|hate (crime|incident)|public sector equality)
    (people|tenants|someone|families) like (you|us|me|them|that)
    (my|our|her|his) (accent|skin colour|colour|hijab|headscarf|turban|religion|faith|race|ethnicity|sexuality|nationality)
    (if|were) i (was|were|am) (white|english|british|a man|younger|able bodied|straight)
    (speak|learn) (proper |better )?english
    (treated|treat) (me |us |her |him |them )?(differently|worse|less favourably|like a foreigner|like second class)
    (mocked|mocking|made fun of|laughed at|imitated) (my|her|his|our) (accent|speech|stammer|disability|english|hijab|clothes)
    """,
)
ABUSIVE_LANGUAGE = family(
    "abusive_language",
    "uses abusive language",
    """
    (fuck*|f ing|f ck*|sh t|b stard*|fuk*|fkn|fecking|fck*|effing|shit*|bullshit|wank*|bastard*|cunt*|arsehole*|asshole*|twat*|prick*|dickhead*|tosser*|bollocks|piss off|pissed off|pisstake|piss take|sod off|bloody (idiot*|useless|incompetent|morons|liars)|moron*|idiots|imbecile*|cretin*|scumbag*|scum|retard*|pricks|parasites|vermin you|lowlife*|low life*|numpt*|clowns|muppets|bunch of (useless |absolute |total )?(clowns|idiots|crooks|muppets|liars|cowboys|morons|jokers)|shower of (shit|idiots))
    (screw|stuff|sod) (you|the lot of you)
    (i hope you (die|rot|burn)|rot in hell|go to hell)
    """,
)
COMPENSATION = family(
    "compensation",
    "wants money",
    """
    (compensat*|reimburse*|recompense|refund*|redress|damages)
    (pay|paid|paying) (me|us|her|him|for) (back|for|the|my|our|what|damage|a|an|£|all|out|towards)
    (pay|cover|meet|contribute|contribution|towards) (towards |to |for )?(the |my |our |her |his |last |what )*(cost|costs|expense*|bill*|loss*|damage*|replacement|carpet|heating|electric*|hotel|lost wages|ruined|winter's|new carpet|sofa|food|launderette|excess)
    (claim|claiming) (for|back|against|compensation) (the|my|damage*|£|loss|lost|a|back|ruined|costs)
    (out of pocket|lost (wages|earnings|income|pay|a day's|two days|# days)|loss of earnings|a rent (rebate|reduction|refund)|rent (rebate|reduction|refund|back|credited|off|abatement)|money back|money off|waive* (the )?(charge*|rent|bill|fee|arrears)|goodwill payment|gesture of goodwill|financial (loss|redress|remedy)|write off (the|my|this)|credited to my|credit (to )?my (rent )?account|without paying|reduce* (the|my) (rent|service charge|bill))
    (ask|asking|seek|seeking|expect|claim|claiming|demand) (for |me |us |at least |you |to |be |paid |a |some |payment |of |my |back |about |sum |and )*£#
    (ask|asking|want|seek|expect|claim|demand|pay) .. #.# (for|back|to cover|towards|in)
    (money|something|payment|a payment|a sum|cash|# pounds) (towards|to cover|back|to make up)
    (the|my|our|their) (cost|costs) of (my|the|a|her|his|our|care|food|heating|new|replac*)
    (rent|charge*) (stopped|refunded|reduced|written off|waived|removed)
    (towards|for) a (new )?(carpet|sofa|bed|mattress|cooker|fridge|freezer|washing machine)
    (i am|i'm|we are) claiming
    (lost|lose|losing) (two|three|my|his|her|a day's|days'|#) (day*|wages|week*|days'|shift*)
    refund of
    (want|wants|like|owed|seek|seeks|due|expect|claim|claims) (the|my|that|his|her|a|of|back|for) £#
    (glad|return|repayment) of (the |my |his |her )?£#
    (her|his|my|our|the) (removal|moving|electricity|laundry|travel|hotel|taxi|food) (costs|bill|bills|expenses)
    my money
    (my|the|our|his|her) (# )?(two days|lost days|losses|excess|lost wages)
    (who|you) (is|are|will|should|must|shall|going|need|owe) (going |to |be )*(pay*|reimburs*|cover|compensat*|replac*) (for|me|my|us|the|back|this)
    (replace|replacement of|replacing) (my|our|her|his|the) (carpet*|sofa|bed*|mattress*|clothes|belongings|furniture|phone|tv|television|flooring|curtains|wardrobe|possessions|damaged|ruined|freezer|food|toys|things)
    """,
    negatable=True,
)
ENDED_LONG_AGO = family(
    "ended_long_ago",
    "tells of something over a year past",
    """
    (# years|over a year|more than a year|(a year|18 months|eighteen months) and a half|years|eighteen months|18 months|fourteen months|14 months|fifteen months|15 months|sixteen months|20 months|two years|three years|a couple of years|many years) (ago|back|previously)
    (some|# or # ) years ago
    back in (19|20)#
    """,
)
CONTINUING = family(
    "continuing",
    "says it is still going on",
    """
    (still|ongoing|on going|continu*|to this day|ever since|even now|never (been )?(fixed|resolved|repaired|sorted|stopped)|to date|keeps|again|every (day|night|week|winter|time)|always|currently|at present|now)
    """,
)
UNCLEAR = family(
    "unclear",
    "does not say what is meant",
    """
    (you know|you people know|as you (well )?know) (what|why|who|exactly|full well|very well|the)
    (same|usual) (thing|as before|as last time|problem|old)
    (see|refer to) (my )?(previous|last|earlier) (email*|letter*|message*)
    (it|that|this)('s| is| has)? (happened|happening|started|done it|doing it|gone|back) again
    (you lot|you people)
    """,
)
FAMILIES = (
    VULNERABLE,
    ADJUSTMENT,
    REPRESENTS,
    EMERGENCY,
    URGENT,
    SAFEGUARDING,
    STAFF_CONDUCT,
    DISCRIMINATION,
    ABUSIVE_LANGUAGE,
    COMPENSATION,
    ENDED_LONG_AGO,
    CONTINUING,
    UNCLEAR,
)
