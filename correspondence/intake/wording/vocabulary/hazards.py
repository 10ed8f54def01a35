# ruff: noqa: E501 one phrase a line, however long: a phrase broken in two can no longer be searched
"""Hazards in the home, by kind, in the words residents use for them.

The kinds follow the prescribed hazards of the Housing Health and Safety Rating System (the
Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025). They are kept wide
on purpose: a hazard missed costs more than one looked at for nothing.
"""

from __future__ import annotations

from correspondence.intake.wording.phrasebook import family

DAMP_AND_MOULD = family(
    "hazard_damp_mould",
    "tells of damp or mould",
    """
    (mould*|mold|moldy|mildew|fungus|fungi|mushrooms (growing|in|on)|black (spot*|stuff|patches|marks|spores|mold|mould|speck*|fur)|spores)
    (damp*|rising damp|penetrating damp|dampness|condensation|wet (patch*|wall*|plaster|through|carpet*|ceiling)|walls? (are |is |was |were |feel* |always )*(wet|soaking|sodden|damp|cold and wet|dripping|running|sweating)|saturated|water stain*|musty|mouldy|smells? (of )?(damp|musty|wet))
    """,
    negatable=True,
)
WATER = family(
    "hazard_water",
    "tells of water coming through a ceiling, wall or floor",
    """
    (water|leak*|rain|it|leaking|dripping|pouring|coming|comes|came|come|drips|drip) (is |was |has been |keeps |still |now |comes |come |coming |came |running |runs |pours |pouring |leaks |leaking |dripping |drips |getting |gets |straight |right |down |in |from )*(through|in through|down|into) (my |our |the |her |his |mum's |a |light |bathroom |kitchen |bedroom |living room |lounge |back |front |hall |hallway |daughter's |son's |children's |kids )*(ceiling*|wall*|roof|floor*|light*|bedroom*|window*|flat|kitchen|living room|lounge|bathroom|hall|loft|attic|electrics|fuse|socket*|plaster|chimney)
    (ceiling*|roof) (is |are |was |were |has |have |keeps |still |been |now |just |also |badly |always |again |in .. |above .. )*(leak*|drip*|wet|bulg*|sag*|damp|stain*|soaked|letting in|let in|lets in|come down|came down|coming down|collaps*|fallen|falling|fell|cracked|down)
    (roof|ceiling) leak*
    (leak*|water) (from|in) (the )?(roof|ceiling|flat above|upstairs|above|loft)
    (water|rain) (come|comes|coming|came|get|gets|getting|pour*|run*|leak*) (in|from|through|down)
    (flood|flooded|floods|flooding|burst pipe|pipe burst|burst (main|tank|cylinder))
    (rain|water) (is |was |are )?(still |now |back )*(in|into) (the|my|our|her|his) (back |front |spare )?(bedroom|room|kitchen|hall|lounge|loft|living room|house|flat)
    (wet carpet|carpet (is |was )?(wet|soaked|sodden|black)|wall (is )?(still )?bubbling|brown (ring|stain|patch*))
    (overflowed|overflows|overflowing) onto
    water all over
    (piece|pieces|part|chunk|lump|bit|bits) of (the |my |our )?(ceiling|plaster|wall|masonry)
    """,
    negatable=True,
)
HEATING = family(
    "hazard_cold",
    "tells of no heating or hot water",
    """
    (no|without|not had|haven't had|hasn't had|had no|lost|nor|not having|little|lack of|any) (the |any |proper |working |central |of )*(heating|hot water|heat|radiators|heaters)( (and|or) (heating|hot water|heat))?
    (heating|hot water|boiler|storage heater*|heater*|radiator*|immersion|heat pump|central heating|hot water cylinder) (is |are |was |were |has |have |had |been |keeps |just |still |in .. |that .. |not |isn't |doesn't |won't |hasn't |went |goes |system |completely |again |now |also )*(off|broken|broke|broken down|broke down|breaking down|packed (up|in)|stopped|not working|working|failed|failing|gone|out|condemned|turned off|cut out|cutting out|cuts out|dead|down|faulty|conked|work|come on|coming on|stay on|fire up|leaking|condemned|capped|useless|freezing|cold|lukewarm)
    (freezing|perishing|bitterly cold|stone cold|ice cold|so cold|very cold|too cold|cold water only|hands are (very )?cold|see (my|our|your|his|her) breath|shivering|hypothermi*|sleeping in (coats|our coats|my coat|hats)|in (our|my|their) coats|boiling (kettles|a kettle|pans)|kettle* (to|for) (wash|bath*)|# degrees|excess(ive)? cold|wash* in cold|cold (house|flat|home|bedroom))
    (fan|oil|electric|plug in|plug-in) heater*
    (shower at the leisure|strip wash)
    """,
)
GAS_FIRE_ELECTRIC = family(
    "hazard_gas_fire_electric",
    "tells of danger from gas, fire or electricity",
    """
    (gas (leak*|smell*|escape)|smell* (of )?gas|carbon monoxide|co (alarm|detector|monitor)|(flue|gas) (is |was |has been )?(blocked|unsafe|condemned|capped))
    (smoke (alarm*|detector*)|fire (alarm*|door*|extinguisher*|exit*|escape*|risk*|safety|hazard*|stopping)|cladding|sprinkler*|emergency lighting|escape route|evacuat*|waking watch|fire (brigade|service))
    (smoke|burning|scorch*|burn marks|singed|melted|flames|caught fire|on fire)
    (the )?(wires|cables) (by|behind|under|next to|near|in|over) the (cooker|sink|bath|shower|bed|cot|water)
    (bathroom|kitchen|bedroom|hall) light (has |have )?(stopped|gone|blown|not)
    (electric* (shock*|fault*|unsafe|danger*|sparks|cut|cuts|is off|off|trips|tripping|keep*)|spark*|exposed (wire*|wiring|cable*|electric*)|bare (wire*|cable*)|loose (wire*|socket*|wiring)|(socket*|wiring|electrics|fuse ?box|fuse ?board|consumer unit|light switch|plug) (is |are |was |were |hanging |keeps |has |have |in .. |buzz* |not )*(hanging|loose|off the wall|broken|cracked|unsafe|dangerous|buzz*|hot|black|burnt|burning|trip*|sparking|melted|faulty|wet|exposed|crackl*|smell*)|(no|without) (electric*|power|lights|lighting)|live wire*|wires (hanging|exposed|sticking|showing|bare|out)|got a shock|electrocut*|water .. (electric*|socket*|light fitting|fuse*))
    """,
    negatable=True,
)
STRUCTURE_AND_FALLS = family(
    "hazard_structure",
    "tells of danger from the building itself",
    """
    (ceiling|wall|roof|balcony|chimney|floor|floorboard*|stair*|staircase|banister*|handrail*|lintel|porch|canopy|joist*|tile*|slates|masonry|plaster|brickwork|window) (is |are |has |have |had |was |were |just |about to |going to |partly |above .. |in .. |badly |all |been |up |coming |now |keeps |gone )*(collaps*|fallen (down|in|off|on|out)|fell (down|in|off|on|out)|fall on|falling (down|in|off|on|out|apart)|caved|giving way|gave way|rotten|rotted|rotting|sagging|bowing|unsafe|dangerous|crumbling|coming away|come away|come down|came down|coming down|subsid*|dropped|give way|missing|loose|wobbl*)
    (slipped|tripped|fell|fallen|fall|caught (his|her|my) foot) (on|over|down|off|in) (the |a |my |his |her |ice |raised |loose |bottom |wet |broken )*(step*|stair*|ice|slab*|path|pavement|floor*|paving|landing|kerb|carpet)
    (step|stair|slab|path|handrail|rail|banister|step) (is |has come |came )?(loose|uneven|broken|gone)
    (stair|stairwell|landing|bathroom|hall|lobby) (light|lights|lighting) (is |are |has |have |was |were |been |stopped |still )*(out|off|dead|gone|broken|working|dark)
    no (bathroom |kitchen |hall |stair )?(light|lights)
    (pull cord|alarm cord|emergency cord) .. (working|worked|dead|broken|not)
    (looking at|see the|through to the) joists
    (branch|tree) (is |has |was |just )*(fell|fallen|came down|across|leaning|hanging|down)
    (dropped|lost) a branch
    gripper .. nails
    dry riser
    (crack*|cracks) .. (wall*|ceiling*|floor|get my|fit my|widening|getting bigger|brickwork|structural)
    (subsidence|structural*|asbestos|trip hazard|tripping hazard|tripped (over|on)|slip hazard|slippery|legionella|lead pipe*|radon|broken (step*|stair*|glass|paving|window|banister|handrail)|loose (step*|stair*|slab*|handrail|banister|tread|carpet on|paving)|uneven (path|paving|slab*|step*|floor)|hole in (the|my|our|her) (floor*|ceiling*|roof|wall*|stair*)|holes in (the|my|our) (floor*|ceiling*|roof|wall*))
    (front|back|main|street|entrance|outside) door (won't|will not|doesn't|does not|can't be|cannot be|rotten|not|is rotten|no longer|broken|kicked)
    (window*|door*) .. (won't|doesn't|does not|cannot|can't|will not) (lock|shut|close)
    """,
)
HYGIENE_AND_VERMIN = family(
    "hazard_hygiene",
    "tells of sewage, vermin or no washing",
    """
    (i've|i have|we've|we have|with) only (the )?one toilet
    (water|it) come* up (in|through|out)
    (sewage|sewer|raw waste|foul water|human waste|faeces|excrement|effluent|toilet (waste|water) (coming|in|on|over)|(drain*|toilet|manhole|soil (pipe|stack)) (is |are |was |has |have |keeps |been |now |just |still |backing |in .. )*(overflow*|backing up|backed up|blocked|block* up|coming up|leak*|burst|cracked|smell*)|stink* of (sewage|drains|urine)|smell* (of |like )?(sewage|drains|rotten|sewer|death|urine|wee))
    (rat|rats|mouse|mice|rodent*|vermin|infest*|cockroach*|bed ?bugs|pigeons? (mess|nesting|droppings|in)|pest*|ants (everywhere|in)|droppings|wasps? nest|maggots|flies (everywhere|in)|fleas|silverfish|squirrels?)
    (only|our only|the only|without a|only the one|no working) (working )?(toilet|bath*|shower|water supply|running water|drinking water|sink|cooker)
    (no|without) (running |drinking |cold )?water (at all|supply|since|in|for|now|from|to|coming)
    """,
    negatable=True,
)
FAMILIES = (
    DAMP_AND_MOULD,
    WATER,
    HEATING,
    GAS_FIRE_ELECTRIC,
    STRUCTURE_AND_FALLS,
    HYGIENE_AND_VERMIN,
)
