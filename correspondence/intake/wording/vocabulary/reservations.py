# ruff: noqa: E501 one phrase a line, however long: a phrase broken in two can no longer be searched
"""What keeps a message from meaning more: undecided, in no hurry, blaming nobody, put right since."""

from __future__ import annotations

from correspondence.intake.wording.phrasebook import family

UNDECIDED = family(
    "undecided",
    "has not decided to go further",
    """
    (not|n't|not yet|haven't|hasn't) (yet |quite |really )*(decided|made up (my|her|his|our|their) mind*|sure (if|whether) (i|we|to))
    (whether|if) (or not )?(i|we|she|he|they) (then |do |did |should |would |might |ever |later )*(want*|wish*|decide*|choose*|chose|need*|go|take|took|went) (it |to |any |for )*(further|on|stage*|next|the next|a review|go|take|escalat*|ask|appeal)
    should (i|we|she|he) (decide|wish|want|choose|need) to
    before (i|we|she|he|they) (decide*|make up|made up|say whether|answer|go any|do anything|commit)
    (how|when|where) (do|can|would|could|should) (i|we|one|she|he) (go|get|ask|apply|move) (to|for) (a |the )?(stage*|review|next stage)
    how (long|many days) (do|have|would|does) (i|we|she|he) (have|got|get)( (to|if|for))?
    (what|when|who) (is|does|happens|would|are) (a |the |at |in )?(stage (2|two)|next stage|second stage)( (mean|is|do|for|please|if))?
    (not|n't|isn't) (asking|wanting|looking|saying|after|going|intending|here) (for |to |that |i |we |go |take |it |on )*(to )?(the )?(stage (2|two)|next stage|further|a review|escalat*|i do|i will|i am)
    (think|talk|sleep|read|mull|go) (it |this |about |on |over |through )+(with|first|and|before|till|until|overnight|over|for)
    (don't|do not|won't|shan't|no need to|needn't) .. (take|go|carry) (it |this |that |on |any )*(further|on)
    (so )?(i'll|i will|we'll|we will|i|let's|will) (just )?(leave|leaving) it (there|at that|be)
    (not|n't) (going to|worth|here to) (argue|arguing|fight|fighting|quarrel)
    no (quarrel|argument|complaint*|issue|fault|criticism) (with|about|at|to|there|whatever)
    (content|satisfied|happy|at peace|comfortable) with (your|the|that|what|how|this|it) (findings|letter|answer|outcome|decision|reply|response|result|explanation|you)*
    (only|just) (one|a|the) (small |quick |minor |single )?(question|query|correction|thing|point|typo|mistake)
    (correct|change|amend|reissue|re-issue|put right) (it|that|the (name|date|spelling|letter|number)|my (name|address)) (so|for|and|please|before|on)*
    """,
    weight=1.5,
)

PATIENT = family(
    "patient",
    "knows that it is within the time, or is in no hurry",
    """
    (well |still |comfortably )?within (the |your |that )?(time*|target|limit|# (working )?days|# weeks|timescale*|deadline)
    i (do )?know (it's|it is|it isn't|you've|you have|you're|you are|i've|it hasn't|there's) (only |not |still |got |until |till |a |been )*
    (only|just) (the @|day #|week #|been (a|#) (day|days|week|weeks)|# (days|weeks) (so|in|since|ago))
    (not|n't) (chasing|pester*|hassl*|hurry*|rushing|nagging|late|overdue|due (yet|till|until))
    (no|not in (a|any)|in no) (hurry|rush|panic|bother|urgency)
    (all good|suits me|which is fine|that's fine|that is fine|fair enough|no problem|no worries|happy to wait|don't mind (waiting|which|when)|happy with that)
    (told|said|says|quoted|given|advised|booklet|leaflet|text|website|letter) .. (up to|within|around|about|roughly|#) # (working )?(days|weeks|months|hours)
    (just|only) (wonder*|check*|see*|a (gentle|quick|little|small|line)|making sure|to (check|ask|know|see|confirm))
    gentle (nudge|reminder|chase|prod)
    still in the (queue|system|pipeline)
    (only|just) (want|need|like|wanted) to (know|understand|plan|check|ask|see)
    (so|only so) (i|we|folk|that i|people) (can|could) (plan|tell|arrange|book|be in|know)
    (was|were|been) (given|offered) .. (suits|fine|perfect|ideal|convenient)
    (still|does .) (stand*|on|going ahead|happening)
    (as|like) (he|she|they|you|the (man|lady|engineer|letter|text)|your .) (said|promised|told me) (it |he |she |they |you |would |to )*
    """,
    weight=1.0,
)

BLAMES_NOBODY = family(
    "blames_nobody",
    "says that nobody is to blame",
    """
    (not|n't|never|isn't) (complaining|grumbling|moaning|cross|angry|having a go|blaming|criticis*|unhappy)( (about|at|with|anybody|anyone|honestly|you))*
    (i|we|make|have|got|with|has|there's|there is) (make |have |got )?no (complaint*|criticism|grievance|accusation|ill will|hard feelings)
    (not|n't) (got |have |having |making |make )*(a|any) complaint*
    (nobody's|no one's|no-one's|not your|not anybody's|not anyone's|my own) (fault|doing|silly fault)
    (isn't|is not|not|wasn't) (your|the council's|anybody's|anyone's|their) (fault|doing|problem)
    (my|our) (own )?(fault|mistake|silly|doing)
    silly me
    (you've|you have|you|they've|staff|everyone|team) (all |have |has )*(been|were|was|are) (very |so |really |always |nothing but |ever so )*(good|great|kind|lovely|helpful|patient|brilliant|wonderful|fair)
    (pleasant|polite|nice|lovely|kind|gentle) (man|lady|lad|girl|chap|fella|woman|people|engineer)
    (not|n't) (had|have|been) (any )?(cause|reason|need|occasion) to
    (never|not) (had|have) (to )?(bother*|trouble*|ring|write|contact*) (you|anyone|the)
    (i'm|i am|he's|she's|we're) (sure|certain) (there's|there is|there's been|it's|it is) (a |just |only )*(reason|explanation|mistake|mix)
    better safe
    """,
    weight=1.0,
)

MADE_GOOD = family(
    "made_good",
    "tells that something has been put right, or has turned out well",
    """
    (put|set|got|getting) (it |everything |things |that |all |me |us )*(straight|right|sorted) (in|by|within|for|and|at|since|,)*
    (changed|change) my mind about
    take (it |that |everything )?(all )?back
    (other|different) (way (round|about)|sort|kind) (of letter|of one|for once|this time)?
    (was|were|been) (going|about|all set|ready|halfway|half way) to (write|complain|ring|moan|send)
    (half a mind|a letter half|letter half written|started a letter|dreaded|dreading|expected the worst|braced)
    (swore|promised myself|said) (i'd|i would|that i would|that if) (never|say|write|not)
    since (he|she|they|then|your|that|his|her|.) (took|taken|came|started|has|have|arrived) (it |over |on |us |the |me |been )*
    (now|today|at last|finally) (it's|it is|there's|there is|we|everything|the) (all |is |are |have |has |a |been )*(done|dry|warm|quiet|clean|working|works|fixed|mended|sorted|sleep|safe|perfect|lovely|settled)
    (deserve*|earned|owed|wants|give (him|her|them|that)) (all |a |an |the |some |his |her |their |special )*(credit|praise|thanks|rise|raise|medal|bonus|pat|mention|recognition|wages|money|applause|promotion)
    (tell|let|make sure|see that|ask) (him|her|his|their|the|your|someone|somebody|them|that) .. (thank*|know|boss|manager|hear|sees|gets|appreciat*)
    (please |just |to |would you |could you |kindly )(thank|pass (on )?(my|our) (thanks|regards|gratitude|love|best)|pass (this|it|that) (on )?to)
    (hats off|well done|god bless|bless (him|her|them|you)|three cheers|good on (him|her|them|you)|fair play|top (man|marks|job|lad)|thumbs up)
    (no|doesn't need|don't need|needs no|no need for a) (reply|answer|response) (needed|necessary|required|to this)?
    (never|not) (forget|forgotten) (it|what|how|his|her|their|that|this)
    (couldn't|could not|can't|cannot) (fault|praise|thank|speak highly)
    (i have|i've|i) (told|tell|telling) (everyone|everybody|all my|my friends|the whole|anyone|the neighbours)
    (shouted|moaned|complained|went on|wrote|said things) .. (but|now|then|all the same|and rightly|at the time|i'd not|take back)
    """,
    weight=1.0,
)

FAMILIES = (UNDECIDED, PATIENT, BLAMES_NOBODY, MADE_GOOD)
