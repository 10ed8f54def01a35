# ruff: noqa: E501 one phrase a line, however long: a phrase broken in two can no longer be searched
"""How people speak of the landlord: dissatisfied, let down, thankful, asking, suggesting."""

from __future__ import annotations

from correspondence.intake.wording.phrasebook import family

DISSATISFIED = family(
    "dissatisfied",
    "says they are dissatisfied",
    """
    dissatisf*
    unsatisf*
    unhappy
    not (at all |very |too |best |really |remotely )?(happy|satisfied|pleased|impressed|amused)
    no longer (happy|satisfied)
    far from (happy|satisfied|impressed)
    (very |so |bitterly |extremely |deeply |really )?disappoint*
    disgust*
    disgrac*
    appall*
    unacceptable
    (not|isn't|hardly|in no way) acceptable
    fed up
    (had|having) (more than )?enough( of)?
    (given|giving|given up|gave) up (on|ringing|calling|asking|chasing|hope|trying)
    i've had (more than )?enough
    sick (and tired )?of
    sick to death
    at (my|our|the) wit*' end
    at the end of (my|our) tether
    ridiculous*
    shocking*
    shambl*
    (an absolute|a|complete|total|utter) (joke|farce|mess|disaster|mockery)
    is a joke
    laughing stock
    let (me|us|him|her|them|my family|the family) down
    (been|feel|felt|being) (badly |so |very |completely )?let down
    not good enough
    (isn't|ain't|wasn't) good enough
    beyond a joke
    frustrat*
    furious
    outrag*
    livid
    fuming
    (useless|incompetent|pathetic|hopeless)
    incompeten*
    (terrible|awful|dreadful|poor|rubbish|shoddy|diabolical|abysmal|atrocious) (service|response|treatment|standard*|communication|job|work|workmanship|state|customer)
    fobbed off
    fobbing (me|us|him|her) off
    pillar to post
    (round|around) (and round )?in circles
    going round the houses
    (nobody|no one|no-one|noone|you don't) (seems to |appears to )?(care*|listen*|bother*|give a)
    couldn't care less
    what (do|am|are) (i|we) pay* (my |our |all this )?(rent|service charge*) for
    last straw
    (a|an absolute) liberty
    inexcusable
    unforgivable
    negligen*
    neglect*
    badly (treated|handled|managed)
    poorly (treated|handled|managed|done)
    mistreat*
    treated like (dirt|animals|rubbish|a number|an idiot|a nuisance|nothing)
    treated (me|us|her|him|them) like
    made to feel (like|as if|as though|small)
    (lost|no|losing) (all |any )?(faith|confidence|trust|patience) (in|with)
    my patience (is|has)
    (upset|angry|annoyed|cross|distressed|insulted) (about|at|by|with|that|because)
    (i'm|i am|we are|we're) (very |so |really |extremely |absolutely )?(upset|angry|annoyed|cross|insulted|concerned about the way)
    what i (do not|don't|cannot|can't) accept
    i (do not|don't) (think|believe|feel|see why|see how) .. (fair|right|reasonable|acceptable|good enough)
    (it's|it is|this is|that is|that's|which is) (so |very |just |simply |completely |grossly |deeply )?(unfair|wrong|not fair|not right|not on|cruel|nonsense)
    (unfair|unjust)
    how (can|could|dare) (you|they|this|it|a council|a landlord|anyone)
    insult to injury
    (leaves|left) a lot to be desired
    waste of (time|money|space)
    wasted (my|our|a|the whole) (day|time|morning|afternoon|annual leave|holiday)
    should be ashamed
    ashamed of yourselves
    shame on you
    don't know what (they|you)('re| are) doing
    (slap|kick) in the (face|teeth)
    wrongly
    quarrel with
    what a (farce|joke|shower|mess|performance|carry on|palaver)
    enough is enough
    thought better of you
    (gone|went|going) back on (your|every|their|the|its|his|her) (word|words|promise*|agreement)
    (if|in case) (anybody|anyone|someone) (reads|is reading|cares|bothers)
    (bravo|encore|congratulations on|top marks for|your latest triumph|marvellous work)
    (past|beyond) caring
    (is|are) (there )?(anyone|anybody) (actually |even )?(there|reading|listening|alive)
    (i|we) (expected|hoped for|deserve|had hoped for) (better|more|some respect)
    an afterthought
    it's criminal
    took the mick*
    taking the (mick*|piss)
    thanks for nothing
    so much for
    (failed|failing|failure|failures) (to|in|by|of)
    you have (completely |totally |again |repeatedly )?failed
    (has|have|had) failed (to|me|us|in)
    (your|the|this|a) failure*
    does nobody
    blam* (me|us|the tenant*|my|lifestyle|our)
    (lied|lying|lies|liar*)
    grievance*
    """,
    weight=1.5,
)

FAILURE = family(
    "failure",
    "tells of something the landlord did not do, did late or did badly",
    """
    (nobody|no one|no-one|noone|none of you|not one person) (has |had |have |did |ever |even |actually |bothered to |could |would |can )*(been|came|come|comes|turned up|turn up|showed|shown up|arrived|attended|called|phoned|rang|rung|ring|replied|answered|answers|got back|gets back|responded|contacted|contacts|told|tell|explained|explain|knows|seems to know|fixed|mended|done anything|did anything|does anything|let me know|informed|apologised|rings|asked|looked|checked|showed up|read|go|wants to know)
    (he|she|they|engineer|contractor*|workmen|plumber|electrician|operative|surveyor|inspector|officer|man|men|team|anyone|anybody) (just )?(never|didn't|did not|failed to|hasn't|has not|haven't|have not|hadn't) (actually |even |ever |bother to )?(come|came|been|turn up|turned up|show|show up|showed|arrive|arrived|attend|attended|call|called|phone|ring|rang|reply|replied|answer|get back|got back|respond|return*|contact|finish|finished|complete|fix|fixed|mend)
    (nobody|no one|no-one|not one of you) (will|would|can|could|ever|even|seems|wants|bothered|answers|knows)
    (you|they|your (team|office|people|contractor*|department)) (have |had |'ve |just |simply |then |already )*(cancelled|lost|ignored|forgotten|forgot|missed|overlooked|failed|overcharged|billed|broke|misled|closed my|closed our|closed the|sent (me )?(the|a) (same|wrong)|sent it (back|again)|threatened)
    (stood|let) (me |us )?up
    never (came|turned up|showed|arrived|called|rang|phoned|replied|answered|happened|heard|received|got|been|done|did|contacted|returned|appeared|materialised|rung|acknowledged|sent|given|told|mentioned|explained|acted|fixed|finished|mended|completed)
    (didn't|did not|failed to|doesn't|don't) (even |bother to )?(turn up|show up|arrive|attend|call back|ring back|phone back|reply|respond|get back|come back|keep (the|my|our|an|their)|acknowledge|follow up|inform|honour)
    no show*
    (missed|cancelled|broken|failed|abandoned|aborted) (appointment*|visit*|call*|job*|slot*)
    (appointment*|visit*|job*|repair*|order|works|work|it|booking) (was|were|is|has been|have been|had been|been|being|get|gets|got) (then |again |suddenly |simply |just |twice )?(cancelled|missed|closed|lost|postponed|put back|rescheduled|pushed back|rebooked|marked)
    (cancelled|missed|postponed|rearranged|rescheduled|rebooked|put off) (again|twice|# times|on me|at the last minute|on the day|on the morning|without)
    (appointments|visits) .. (cancelled|missed|not kept|rearranged)
    marked (as |it |the job |it as )*(complete*|done|resolved|no access|closed|finished)
    (down|shown|showing|recorded|logged|put down|closed) as (complete*|done|no access|closed|finished|resolved|fixed)
    (closed|completed|cancelled) (the|my|our|your) (job|case|report|order|ticket|repair|complaint)
    (job|case|ticket|order|report) (is|was|has been|had been|as) (closed|completed|cancelled)
    still (no|not|nothing|waiting|isn't|hasn't|haven't|aren't|without|unresolved|outstanding|broken|leaking|unanswered|ongoing|hanging|there|in the same|have no|got no|haven't|don't|do not|can't|dripping|not been|here|exactly|the same|living|unable|chasing|on)
    (heard|hear|had|get|got|received|receive) (absolutely |precisely )?nothing
    nothing (has |had |was |is |ever |at all |whatsoever |happened|gets )*(happened|happens|been done|done|since|came of it|has come|changed|changes|heard|more|from you|got done|came|was ever)
    since then (i have |i've |we have |we've |there has been |)?(heard )?(nothing|no|silence)
    (then|and|but|since) (nothing|silence)
    (had|received|received|got|getting|have had|with|without) (no|any|a single|zero) (reply|response|answer|acknowledgement|contact|call|news|update*|communication|explanation|apology|word)
    (no|without) (reply|response|answer|answers|acknowledgement|call back|callback|apology|explanation|communication|contact|warning|notice|word|sign of|follow up|progress|update*)( (of any kind|whatsoever|at all|from|since|to|as|about))?
    not (had|received|heard|been|got) (a|any|anything|back|told|contacted|given|informed|done|fixed|repaired|replied|answered|completed|finished|resolved|acknowledged|notified|consulted)
    (haven't|hasn't|have not|has not|hadn't|had not) (yet |even |still |ever )?(had|heard|received|been (told|contacted|given|informed|done|fixed|repaired|completed|finished|resolved|back|in touch|answered|dealt|sorted|consulted|paid|carried)|replied|responded|returned|answered|got back|come back|happened|turned up|materialised|acted|contacted|sorted|fixed|repaired|done|finished|completed|dealt|addressed|acknowledged|explained)
    ignor*
    (unanswered|unreturned|unacknowledged|unresolved|overlooked)
    (reported|rang|rung|called|phoned|emailed|e-mailed|written|wrote|asked|complained|contacted|chased|requested|raised|told|been told|had to (ring|call|phone|chase)) .. (twice|# times|repeatedly|several|many|numerous|countless|multiple|again and again|over and over|more than once|umpteen|endless|constantly|every (week|day|month)|continually|dozens|already)
    (twice|# times|many times|several times|numerous times|time after time|time and time again|time and again|repeatedly|constantly|endlessly) (i|we|she|he|you|and|reported|asked|rang|called|phoned|have|had|been)
    (twice|# times) (now|already|before|since|this (year|month|week)|in (a row|the (last|past)))
    # (visits|appointments|calls|emails|phone calls|complaints|reports|letters|engineers|plumbers|operatives|workmen|surveyors|people|promises|cancellations|contractors|different people) (later|so far|now|and|have|since|but|booked|cancelled|missed|with)
    (@|4|3|5|6) (time|visit|email|e-mail|call|phone call|letter|appointment|attempt|report|occasion|complaint|request|chase|week|month|reminder)
    for the @ time
    (yet again|once again|all over again|here we go again|here i am again|here we are again)
    (came|come|comes|coming|has come|back) (straight |right )?back (again|through|within|worse|# (days|weeks|months))
    (broke|broken|breaks|broke down|failed|leaking|leaked|gone|stopped|off|out) (down )?again
    (the same|same old) (problem|issue|fault|leak|thing|story|mould|excuse*|answer|reply)
    (back to square one|no further forward|none the wiser|no better off|nothing to show)
    (i|we|she|he) (have |had |has |am |was |been |keep |'ve )*(chas(ed|ing)|having to chase)
    keep(s)? (ringing|calling|phoning|chasing|asking|telling|being|getting|saying|cancelling|changing|putting|fobbing|sending|passing|ignoring|on telling)
    (left|leave|leaving) (# |several |many )?(messages|voicemail*|a message|voice messages)
    (promis*|assured|guaranteed|told|said|agreed|supposed) .. (would|will|was going to|were going to|to) (be |have |get |)?(call*|ring|phone|come*|back|fixed|done|repaired|sorted|within|by|replaced|in touch|resolved|made|sent|attend*|contact*|complete*|start*|treated|look*|visit*)
    (was|were|been|being|had been) (promised|fobbed|passed|bounced|misled|misinformed|given the run|given false|wrongly|cut off|hung up|left (with|without|in|waiting|on|for|to|high)|kept waiting|passed from|sent from|transferred|disconnected)
    broken promises
    (promises|promise) (broken|not kept|that never|after)
    (waited|waiting|stayed|sat|took|taken|booked|lost) (in |at home |off |up )?(all|the whole|a whole|a|half a|# |another|the) (day|days|morning|afternoon|day's|days'|hours) (off|in|for|and|work|pay|wages|leave|unpaid|without)
    (waited|waiting) (in|all|over|nearly|almost|since|for|more|at|# |a|the)
    (took|taken|take|taking) (time|a day|the day|days|unpaid leave|annual leave|half a day|the morning|the afternoon) off
    (weeks|months|years|days) (on|later|ago|now|and) (and )?(still|nothing|no|i|we|it|nobody|not|there)
    for (over |more than |nearly |almost |about |the (last|past) |well over |at least |some )?(#|a|an|many|several|weeks and|months and)? (weeks|months|years|month|year)
    (over|more than|nearly|almost) (a|#) (week|month|year|weeks|months|years)
    (weeks|months|years) of (waiting|this|chasing|calls|being|asking|ringing|misery|living|complaining|phone|emails|delay*|silence|no)
    how (many|much) (more )?(times|longer|months|weeks|calls|more)
    (botched|bodged|bodge|bodged up|cowboy*|slapdash|shoddy|half done|half finished|half-done|half-finished|unfinished|not finished|never finished|not completed|left unfinished|incomplete)
    (left|leaving) (a|the|my|our|us|me|it|them|her|him|rubbish|half|holes|bare|exposed|everything|with|without) (mess|right mess|with no|without|with a|in a|hole*|rubbish|half|like (this|that)|flooded|wires|wet|open|unfinished|state|worse|dirty|on the|in tears|waiting|in the dark|freezing|cold|unsafe|to)
    (did|done|made|making) (a|an) (poor|terrible|awful|bad|half|botch|rubbish|shoddy|right) (job|mess|repair)
    (made|making|make|makes|got|getting|getting) (it|things|matters|the problem) (much |even |any )?worse
    just (painted|plastered|papered|covered|taped|patched|bodged|looked|walked|left|took (a |some )?(photo*|picture*)|shrugged|stood|laughed|put|wiped) (over|it|at|up|off|out|round|in|there|the|a|on|and)?
    (painted|plastered|papered|patched) (straight |right |it )?over
    (wrong|incorrect|inaccurate|mistaken*|false|out of date) (part*|size|address|flat|door|house|information|amount|figure*|record*|date*|name|person|account|colour|work|job|thing|advice|number|property|boiler|diagnosis|way round|key*|charge*|bill*|decision|garage|file)
    (error|errors|mistake|mistakes|mix-up|mix up|mixup|blunder) (was|were|by|in|on|made|with|has|of|have|is|you|that|your)
    (lost|mislaid|misplaced|losing) (my|our|the|all|twice|it|them|her|his|paperwork|documents|form*|letter*|application|key*|report|records)
    (been|was|were|got|documents|letters|papers|forms|application) lost (twice|again|by|in)
    (there (is|was|'s)|have|had|has|find|found|with|hold|of|shows) no (record|trace|note|log|evidence) (of|that|on|for|and)
    not on (the|your|our) (system|file|records)
    nothing (is |was |were )?(on|in) (the|my|your|our) (system|file|record|records|account)
    (overcharg*|double charg*|charged twice|charged (me |us )?for|billed (me|us|twice)|billing (me|us|for)|mischarg*)
    (took|taken|taking) (far |much |way |so )?too long
    (long|unreasonable|excessive|unacceptable|endless|constant|continual|continued|repeated|further|the|undue|these|such|so many) (delay|delays|wait|waits)
    (delay|delays|delayed|delaying) (in|of|by|and|again|to|after|with|since|has|have|is|was|due)
    (overdue|long overdue|past (the|its|your) (target|deadline)|missed (your|the|its|their|every) (own )?(deadline|target)|out of time|behind schedule)
    (nobody|no one|they|you) (would|will|could|seem to|wants to|want to) (help|listen|take responsibility|take ownership|tell me|answer|explain|deal|own)
    (take|taking|took|taken) (any |no )?(responsibility|ownership|notice|interest)
    (refused|refuses|refusing|refuse|declined) (to|point blank|me|us|my|our|her|his|entry|flatly)
    (hung up|slammed the phone|put the phone down|cut me off|talked over|shouted at|laughed at|swore at|walked off|walked out|drove off|drove away|rude|rudely|rudeness|abrupt|dismissive|patronis*|condescend*|aggressive (to|with|towards)|disrespect*|sarcas*|bullied|bullying|intimidat*|sneer*|sarky|snapped at|unprofessional*|offhand|off hand|unhelpful|ill-mannered)
    (passed|sent|bounced|shoved|transferred|batted) (from|back and forth|between|around|round|to .. and)
    (without|not|never|no) (any )?(consult*|notice|notification|warning|consent|permission|telling|asking|being told|informing|letting (me|us)|so much as|explanation|thought)
    (have|has|had) to (keep |constantly |repeatedly )?(chase|ring|call|phone|ask|repeat|explain|start|write|email) (again|over|every|up|you|them|constantly|repeatedly|all|twice|myself|to|it)
    (damaged|broke|ruined|smashed|cracked|flooded|scratched|stained|destroyed|dented) (my|our|the|her|his|a|two|several) .. (by|when|while|during|your)
    (your|the) (contractor*|operative*|workmen|engineer*|plumber|men|staff|officer*|surveyor|team|people|lads|man|fitter*|electrician|decorator*) (then |just |also |simply )?(broke|broken|damaged|ruined|smashed|cracked|left|lost|walked|refused|never|didn't|did not|failed|drilled|flooded|stole|blamed|laughed|shouted|swore|told me to|smoked|turned up late|arrived late|spilt|spilled|cut|knocked|trod|was rude|were rude|put a hole)
    have (a|the) (cheek|nerve|gall|audacity)
    (doesn't|don't|didn't|won't|does not|do not|did not) (work|fit|close|shut|lock|open|match|add up|make sense) (properly|either|since (you|your|they|the)|after (you|your|they|the))
    should (have|never have|not have|'ve) (been|had|done|told|happened|taken|checked|known|come|got|never)
    (why|how come) (has|have|was|were|did|didn't|hasn't|haven't|wasn't|is|isn't|am|are|do|does|doesn't|should) (it|i|we|you|this|nobody|no one|nothing|they|the|my|there|anyone|anybody)
    (more|most) than (a year|12 months|twelve months|# (weeks|months|years|days)) (ago|now|later|and|since|to|after|for)
    (despite|in spite of) (being|having|my|our|numerous|several|repeated|many|reporting|the|promises|asking|assurances|what|telling|this|all|repeatedly|chasing|# )
    even though (i|we|you|she|he|they|it|the|my|there)
    although you (have|had) been told
    (as|been) (fixed|repaired|attended to|completed) .. (it|but) (wasn't|isn't|hasn't|is not|was not|never)
    (nobody|no one) seems to
    (not|isn't|wasn't|hasn't been) (dealt with|properly|right|sorted|resolved|addressed|followed up|put right|repaired properly|fixed properly)
    (my|our|his|her) (emails|calls|letters|messages|reports|complaints|concerns|requests) (have|are|were|go|went|being|has|had) (been )?(ignored|unanswered|not)
    nobody came
    (couldn't|could not|unable to|cannot|can't|failed to) (gain|get) access
    (no|not a) (van|sign|soul|engineer|plumber|call|card|text|note|show) (on|of|came|all|in|nothing|from|or|has|been)
    (sat|sitting|sit|waiting|waited|stood) (on|in|by|at) (the|my) (doorstep|step|window|stairs|hall|phone)
    (on hold|in a queue|in the queue|hold) (for )?(# |over |an )*(mins|minutes|hours|hour)
    # (days|weeks|months|nights|calls|winters) of (nobody|nothing|no one|silence|this|no|being|waiting)
    (any|only|one) (one )?(downside|grumble|gripe|niggle|thing wrong)
    (three|two|different|four) (different )?(stories|answers|excuses|versions|dates|people)
    (asked|rang|wrote|emailed|reported|told you|written|phoned|chased) .. (again|and again|then|since) (in|on|the)? ?(jan*|feb*|mar*|apr*|may|jun*|jul*|aug*|sep*|oct*|nov*|dec*|monday|tuesday|wednesday|thursday|friday)
    (told|tells|telling|gave) (him|her|them|my ex|my husband|my former .|the neighbour*) (where|which|that i|my (address|number|name|new))
    (marked|put|noted|recorded|logged) (me|us|it|him|her) (down )?as (refus*|not in|no access|aggressive|having|abusive|difficult|out)
    (wrong|upside down|inside out|back to front|the wrong way) (again|round|up|way)
    (painted|sealed|locked|screwed|nailed) (it )?shut
    (day|week|month) # (now|of|and|without)
    (written about|reported|rung about|told you about) .. (in|on) .. and
    in (limbo|the dark)
    for ages
    (time|times) (i|i've|we|we've) (had to|been|reported|rung|called|asked|told|chased|complained|written)
    (every|each) time (i|we|it|they|you|she|he|the)
    (stuck|held|kept) (on|in) (hold|a queue|the queue)
    on hold for
    passed (my|our|her|his) (details|information|number|address|name) (on |)to
    (disclosed|shared|told|revealed) (my|our|her|his) (neighbour*|details|information|data|private|personal|arrears|address)
    (threaten*|threatening) (me|us|to|letter*|with|interest|her|him|eviction|court|and)
    """,
    weight=1.0,
)

COMPLAINT_WISH = family(
    "complaint_wish",
    "asks to complain",
    """
    (i|we|he|she|they) (wish|want|would like|'d like|need|have|intend|am writing|are writing|write|am emailing|would now like|now wish|now want|are|am) (to )?(now |formally |officially |also )?(complain|make (a|an|this|my) (formal |official |stage 1 |stage one |written |serious )?complaint|raise (a|this|my|an) (formal |official |stage 1 |stage one )?complaint|lodge|register (a|my|our|this) (formal )?(complaint|dissatisfaction)|log a (formal )?complaint|put in a (formal )?complaint|submit a (formal )?complaint|file a (formal )?complaint|open a (formal )?complaint|start a complaint)
    (to|and) (make|raise|lodge|register|log|submit|file|put in|place) (a|an|this|my|our|her|his) (formal |official |stage 1 |stage one |written |serious |new |stage-one )?(complaint|grievance)
    formal(ly)? complain*
    (formal|official|stage 1|stage one) complaint
    (complain|complaining|complaint|complaints) (about|regarding|concerning|against|that|re|on behalf|of the|in relation|relating|to make)
    (i|we) (am|are|'m|'re|must|have to|shall|will|do|hereby|formally) (hereby |formally |now )?complain(ing)?
    i complain
    (treat|log|take|consider|record|register|accept|regard|class|raise|see|deal with|process|handle) (this|it|that|the (above|following|below|enclosed|attached)|her|his|my|our|mine)( (email|e-mail|letter|message|concerns|as|matter|note|case|enquiry))* (as |under |as my |as a |as an )?(a |an |my |our |her |his |the )?(formal|official|stage 1|stage one|first stage|new)? ?complain*
    as (a|an|my|our) (formal |official |stage 1 |stage one |stage-one |first stage )?complaint
    under (stage 1|stage one|(the|your) complaint* (procedure|policy|process|scheme))
    log(ged)? (as )?(a|this|it) (formal )?(complaint|as)
    here (is|'s|comes) my complaint
    i (have|'ve|'ve got|got|have got) (a|another|two|three) (formal |serious )?complaint*
    this is (a|an|my|our) (formal |official )?complaint
    (complaint|complaints) (form|department|procedure|letter)
    take this (up )?as a complaint
    how (do|can|would|should) (i|we|one|she|he) (go about )?(make|making|raise|complain|complaining|lodge|put in)
    """,
    weight=3.0,
    negatable=True,
)

COMPLAINT_DENIED = family(
    "complaint_denied",
    "says they do not want to complain",
    """
    (don't|do not|didn't|did not|not|never|wouldn't|no) (really |actually |particularly |necessarily |looking |wishing |wanting )*(wish|want|like|intend|trying|asking|mean|wanted|wishing|going|here|writing|one|meaning|a person|someone|the sort|desire)* ?(to |for )?(make |be making |making |raise |lodge |put in |start |go down the |cause )?(a |any |an |this )?(formal |official |big )?(complain*|fuss|moan*|whinge*)
    (this|it) (is|isn't|is not|'s) (not )?(a |meant as a |meant to be a |intended as a |so much a )?(formal )?complaint (as such|but|just|only|more|exactly|at all)
    (isn't|is not|not) (really |meant as |meant to be |intended as |so much )?a (formal )?complaint
    not (a )?complain(t|ing)
    i'm not one to (complain|moan|make)
    (hate|hated|sorry|reluctant|loath) to (complain|moan|be a (pain|nuisance|bother)|make a fuss|bother you|keep)
    i make no (complaint|criticism)
    no(t a)? criticism
    (not (looking to|wanting to|going to|out to)|without wanting to) get (anyone|anybody|him|her|them) (in|into) trouble
    """,
    weight=1.0,
)

THANKS = family(
    "thanks",
    "gives thanks or praise",
    """
    (thank you|thanks|many thanks|a big thank you|big thanks) (so much|very much|again)? ?(to|for (your|the|all|sending|sorting|coming|fixing|being|everything|his|her|their|getting|such|doing|helping|making))
    (just|only) (want|wanted|wish|writing|a (quick|short) (note|line|word|email)|dropping|to say) (to )?(to |you to )?(say|thank|praise|pass on|let you know how|compliment|express my (thanks|gratitude|appreciation))
    (like|want|wanted|wish) to (say |express |pass on |give |offer )?(a |my |our |my sincere |a huge |a big )?(thank*|praise|compliment*|commend|appreciation|gratitude|congratulate|recognise)
    (grateful|gratitude) (to|for)
    (credit|asset) to (the|your|his|her|their|you)
    (brilliant|excellent|fantastic|wonderful|superb|outstanding|amazing|first class|first-class|marvellous|exceptional|fabulous|terrific|faultless|impeccable|tremendous) (job|service|work|young|man|lady|team|chap|person|officer|lad|experience|job|help|repair|workmanship)
    (was|were|is|are|been) (absolutely |truly |really |so |just |very )?(brilliant|excellent|fantastic|wonderful|superb|outstanding|amazing|lovely|marvellous|a star|a gem|a delight|faultless|a credit|a godsend|a treasure|first class|impeccable|an absolute (gent*|star|gem|delight|treasure))
    (an? )?(absolute |real |perfect |proper )(gent|gentleman|gem|star|angel|diamond|treasure|hero|credit)
    (polite|courteous|friendly|kind|patient|tidy|professional|efficient|prompt|punctual|cheerful|respectful) (and|,|throughout)
    (couldn't|could not|can't|cannot) (have been|fault|praise|thank|speak highly)
    went (above and beyond|the extra mile|out of (his|her|their) way)
    (above and beyond|the extra mile)
    well done
    (hats off|three cheers|a pat on the back|full marks|10 out of 10|ten out of ten|five stars|5 stars)
    keep up the good work
    (pass|passed) (this|it|on|my|our) (on |my |our )*(thanks|to (his|her|their|the) (manager|boss|supervisor|line manager))
    (please )?(let|tell|see that) (him|her|them|his|he's|she's) (boss|manager|know|is told|told)
    (deserve*|worth) (a|some|recognition|praise|a medal|a raise|a pay rise|a bonus|credit|thanks)
    (very |so |really |extremely |most )(impressed|pleased|happy|grateful|helpful|kind|thankful) (with|by|that|to|for|and|indeed)
    over the moon
    made my (day|week|life)
    (much|really|greatly|very much) appreciated
    compliment(s)?
    restored my faith
    (gold star|medal|round of applause|hat off|legend|unsung|saint|angels)
    (praise|thanks|thank you|compliment|well done|bouquet|commendation|appreciation|kudos|credit) (for|to|about|regarding|where)
    pass (something|a message|a word|this|it) (nice |kind )?(on|along)
    (nobody|no one) (asked|told) (him|her|them) to
    (fair|good|grand|lovely|neat|tidy|proper|decent|cracking|smashing|great) job (of|on|with)
    (cleared|clearing|swept|tidied) up after (themselves|himself|herself)
    (a|have a|my) compliment
    (transformed|a changed place|a different place|so much better|best we have had|best .. in (# |twenty )?years)
    (on|in) (his|her|their) (day off|own time|lunch)
    (thoroughly|thoughtfully|beautifully|perfectly|cheerfully|carefully|patiently) (done|explained|handled|fixed|mended)
    (a|what a) (pleasure|joy|delight|breath of fresh air)
    in no time
    """,
    weight=1.0,
    negatable=True,
)

PRAISE = family(
    "praise",
    "speaks well of somebody or something",
    """
    (lovely|kind|kindly|polite|brilliant|wonderful|excellent|marvellous|fantastic|superb|helpful|courteous|patient|considerate|thoughtful|tidy|spotless|cheerful|smashing|grand|friendly|gentle|professional|honest|delightful|charming|efficient|thorough|impressed|grateful|delighted|thrilled|praise|praised|recommend|appreciate*|appreciated|star|gem|gentleman|gent|diamond|hero|asset|treasure|blessing|godsend|bless)
    (very|so|really|such|what|truly|absolutely) (a |an )?(good|nice|lovely|kind|helpful|quick|clean|pleased|happy|grateful|polite|well|great)( (man|lady|lad|girl|job|work|person|chap|service|boy|woman|young))?
    (one of the best|best (officer|person|landlord|service|plumber|one)|credit (to|where)|should keep (him|her|them)|couldn't ask for more|could not ask for more|fair's fair|good (man|lad|egg|job|work|service)|nothing (was )?too much trouble|took (his|her|their) (boots|shoes) off|(hoovered|hoovers|swept|tidied|cleaned) up after|without being asked|explained (it|everything|what)|on the dot|first visit|no trouble at all|put (me|us) at (my |our )?ease|(he|she|they) (listened|cared|understood|stayed|sat with)|compliments log|for the compliments|every penny)
    """,
    weight=1.0,
    negatable=True,
)

REQUEST = family(
    "request",
    "asks for something to be done or given",
    """
    (please |pls |plz )?(can|could|would|will|may|might) (you|someone|somebody|anyone|anybody|i|we|the council|your|a|an|it|he|she|one)( (please|kindly|possibly|just|also|not|perhaps))?
    (please|pls|plz|kindly) (can|could|would|arrange|send|let|advise|tell|book|come|confirm|look|get|ask|help|fix|repair|contact|call|ring|phone|email|pass|put|provide|give|check|sort|make|find|do|have|consider|reply|supply|explain|replace|change|add|update|take|see|inform|forward)
    (i|we) (would|'d|should|want|need) (like|be grateful|appreciate|to (report|request|apply|know|ask|book|make|arrange|find out|enquire|swap|move|transfer|order|change|add|get|have|let you know|tell you|inform)|a|an|some|someone|somebody|your|you)
    (like|want|wanting|writing|wish|need) to (report|request|apply|enquire|inquire|book|ask|know|find out|order|change|swap|move|transfer|arrange|let you know)
    (report|reporting) (a|an|the|that|noise|some|my|anti|of|damp|mould|this|two|three)
    (request|requesting|request for) (a|an|permission|to|for|the|that|some|repair|information about|consent)
    (how|where|what|when|who|which) (do|can|should|would|is|are|will|does|must) (i|we|the|it|there|my|you|someone|next)
    (is|are) there (a|any|anything|anyone|some|somewhere)
    (is it|would it be|am i|are we|are tenants) (possible|allowed|ok|okay|alright|all right|able|permitted|entitled|eligible)
    (need|needs|needing|wants) (a|an|to be|some|repair*|fixing|replac*|looking|mending|attention|unblock*|sorting|doing|clearing|new|someone|somebody|seeing|help*|cutting|re)
    any (chance|possibility) (of|you|that|someone)
    (permission|consent) (to|for|from)
    (i'd|i would|we'd|we would) be (grateful|obliged|glad|pleased|thankful) (if|for|to)
    (grateful|appreciate*|obliged|thankful) (it )?(if|for (a|an|some|any|your help|advice))
    (let|tell) (me|us) know
    (advise|inform) (me|us|how|on|what|when|whether)
    look forward to (hearing|your)
    (send|come|book|arrange|get) (me |us |round |out |and |)(a|an|someone|somebody|the) (plumber|electrician|engineer|form|carpenter|appointment|joiner|heating|gas|man|copy|repair|locksmith|caretaker|surveyor|inspector|officer|visit|quote|permit|key|fob|letter)
    (you are|you're) required to
    """,
    weight=1.0,
)

FIRST_REPORT = family(
    "first_report",
    "reports it for the first time, or as something new",
    """
    first (time|report|reported|notice|noticed|contact)( (i|we)('ve| have)?)?
    (not|never|haven't|hasn't) (been )?(reported|raised|mentioned|contacted|notified|told|asked|had to|bothered|previously) (it|this|you|anyone|before|previously|to|about|for|anything|notified|reported)
    (i|we) have not (contacted|reported|told|notified|raised|mentioned) .. before
    (started|begun|began|happened|broke|broken|stopped|went|gone|appeared|noticed|burst|come|came|fell|fallen|blew|tripped|cracked|snapped) (working |leaking |making |dripping |off |up |out |down |on |to |it |this |that |in |last |a |the |just |some |only )*(this (morning|afternoon|evening|week|weekend|lunchtime)|today|yesterday|last (night|week|weekend)|tonight|overnight|just now|on (monday|tuesday|wednesday|thursday|friday|saturday|sunday)|# (days|hours|nights) ago|(a|an) (hour|few days|couple of days|week) (or so )?ago|in the (night|past week|last week|storm|gales)|since (yesterday|this morning|last night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the weekend))
    (this morning|last night|yesterday|just now|overnight|today|this afternoon|this evening|tonight) (the|my|our|i|we|it|there|a|when)
    (just|only just|recently|newly|only) (noticed|started|moved in|begun|began|appeared|gone|spotted|discovered|found|seen|come up|realised)
    (past|last) (week|few days|couple of days|week or so)
    (moved in|moved into) (about|last|# |on|in|recently|this|ten|a)
    previously notified
    (haven't|have not|hadn't|not|never) (told|rung|bothered|contacted|written to|reported to|emailed|mentioned it to|raised it with|said anything to) (you|the council|anyone|anybody|housing|it|this)( (lot|people|about|before))?
    (not|isn't) (unhappy|dissatisfied|cross|upset|annoyed) with (you|us|the council|anyone|the service)
    (have|has|had) started (to|doing|making|leaking|playing|parking)
    (brand )?new (problem|issue|leak|fault|repair)
    would like to report
    no rush
    (not urgent|non urgent|non-urgent|when you (get|have) a (minute|moment|chance)|whenever (you can|suits|is convenient))
    sorry to (bother|trouble)
    """,
    weight=1.0,
)

SUGGESTION = family(
    "suggestion",
    "suggests or comments",
    """
    (suggest|suggestion*|suggesting)
    (an|my|one|another|a small|a thought|just a thought|bright|had an) idea
    (it|might it|wouldn't it) (would|might|may|could) be (a good|good|nice|helpful|useful|great|handy|lovely|better|worth|an idea|possible|kinder|sensible)
    (have you|has anyone|has the council|have the council) (ever )?(thought|considered)
    (perhaps|maybe) (you|the council|we|there|it|a|someone|next time|consider|think) (could|might|should|would|can|about|think)
    (just )?(an observation|a comment|some feedback|a thought|food for thought|a few thoughts|my two pence|my tuppence|for what it's worth)
    (observation*|comments|feedback|thoughts|views) (on|about|regarding|for)
    (consultation|newsletter|draft policy|proposed|proposal*|survey of) .. (comments|response|views|think)
    (in response to|respond to|responding to) (the|your) consultation
    (why not|how about|what about) (have|put|make|use|let|a|the|having|putting|making|plant*)
    (could|would) the council (consider|think)
    you (might|may) (like|want|wish|care) to
    for (future|next time)
    food for thought
    (few|some|my|two|three|couple of) (remarks|observations|thoughts|ideas|comments|suggestions)
    (would|could|might) (be|read|look|work) better (with|if|as|were|in)
    (is|are) (a|an) (great |real |big |definite )?improvement
    (the|your) (draft|proposed|new) (policy|strategy|charter|leaflet|newsletter)
    (i|we) (reckon|bet|fancy) (you|it|that|there|we|people)
    (it'd|it would|that would|that'd) (save|stop|cheer|brighten|encourage|make it easier)
    (an|another|one|small) (idea|thought|suggestion) (for|about|on)
    (might|could|should|couldn't|can't|mightn't) (the|there|we|you|these|those) .. (be held|be moved|be put|be given|be shared|have a|now and then|instead|once a|every so often)
    (would|might) (like|be glad|be happy) to (see|have|know) (more|a|some|the)
    it (might|would|may|could) help (if|to|people|others|everyone)
    i (wonder|wondered) (if|whether) (you|the council|there) (might|could|had|have) (consider|think|thought|consider)
    (no|not a) complaint,? just (an idea|a thought|a suggestion)
    (other|most) (councils|landlords|associations) (do|have|use|put|send)
    worth (considering|thinking|looking|a try)
    """,
    weight=1.5,
)

FAMILIES = (
    DISSATISFIED,
    FAILURE,
    COMPLAINT_WISH,
    COMPLAINT_DENIED,
    THANKS,
    PRAISE,
    REQUEST,
    FIRST_REPORT,
    SUGGESTION,
)
