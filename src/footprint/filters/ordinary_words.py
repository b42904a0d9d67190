"""Words that look like something else: needed to leave ordinary words alone when hidden words are uncovered.

Written for footprint from common knowledge of English, and completed with words on which the rules for hidden words went wrong in
the sets that may be trained on. No list was copied.
"""

from __future__ import annotations

from footprint.filters.people_words import ORDINARY


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = (ORDINARY - {"hate"}) | _words("""
i a an am as at be by do go he if in is it me my no of on or so to up us we u r ur
who them their they're i'm i'll i'd it's that's you're don't can't isn't aren't won't into much than then there here ever yet too those
these because really think people want should would could being been people person thing things time way look makes make back going
gonna wanna let us say like just never always still even well only very lot bit
""")
"""Small words that stand between the words of a lexicon."""

LOOK_ALIKES = _words("""
accuse aces acre adorned aged ages alien aliens als americas amor anal and anger ants aren arise armed arry arts askin assed
asses ate axes bach bake ban band bands bans barley bating beach beak bear beatin beats beggin believes beta bette bigger
bill bind bing bite bleach bloo bond born brand breaded breath bred brees brian bron brow brows bull bust cake callin can
caps cared case cavs chat chats chin chins cites clam clams clan cleaned cleans cleve coke comin cons cont cooked cooks
counties county coupe crash cray crew cries cure cuts date dates dear den dept digger dirt disable dive diver divers downed
drier drives dues dust dyes ear earning earth ease easter eaten eating eats eight error evils exit exiting exits fake fame
fan fate fear fightin fill fogged font fore franc garage gas gassin gate gates gaya gays ghat gland gnat gott grand gray
greed grey hand hands hangin hardy hat hate hater haters hates hatin hats hear heart hearth heat heir hen hick hijabs hill
hind hits hittin honesty hoot hose host hugs huma hungry ight ills imam inane inda indi italia itch itches jaws jew jude ken
kil killer killin kills koran korea lace lacks ladies lady laid lake lame lana land lands lapped lars lass late latin
laughter leach lean leaning leech lesh lessing lettin leve liable lien lies ling logged lone loses lowe lyin mack main make
man manage manages mane mart mary mash mate mats mean means melting men merc merica metal mile mill mine mogs moke moles
money moons moron muslin muslins mussels musty nagger naive near norma offices omen omit ones order others owed pace pan pans
peach peak pen pest petro pets petty pick picks pics pill pint plane plant plots polis ports preach pure quality raab rack
rain rains rams ran rate reed refuge refuges reset resident residents rick ried rigger ring rise rivers roam roman romo ross
rump runs rush rushed rust ruth sack sacred sake sakes sand sank sash saves scam scan scar seal seein sell sham shamed shoo
shootin shove sill sine sink sinking sits skill skiller skills slam slappin slavs smokin sneak snigger soil sorn sorts spin
spots stab stan stand sting stinkin stone strange stung suer sum survive swam sworn tabs take takin tan tats teaches tear
teat tech ten their there threat three thro thts thus tick tied till tink tird tire toned torn touchin trash traveler
travelers treat treats trees tries trigger tryin twas twit twits tying unit urged uses utter vale van veil vice violet void
waitin wake waking walkin wats wear weigh whit widow will wills wine wines wing womb wombs word wore workin worthy woven year
zen
""")
"""Words that differ by one letter from a word that hate is said with."""

NOT_JOINED = _words("""
abound abuser actionable adoption adorable afghani aftermath ahead airline airliner airspace alienation although altogether
amends another anyone anything apathetic apiece arabia arabian arrest asleep assassination asshats asswipe auburn autoplay
avoidable avowed await awaiting backbone backdrop backfire background backless backpack backstab batshit because becomes
becoming before begets beheads behind behold beloved billion billionaire bitchin blackburn blackface blackout bloodline
blowback blowhard blowin blowjob blowjobs blowtorch bombardier boner borderline bottomless boyfriends breakdown breakup
bringin buncha burnaby businessman businessmen campus cannot carefully careless catwalk causeway caveat caveman ceasefire
ceaseless charger cheatin childcare childless childlike chinaman chinatown churchill churchillian claimin classification
classless classroom cleanup colorado comebacks coolin corruption countdown countin countless countryman countrymen cowboys
crackdown crackheads crackwhore crimea cuntface damnit darkskin deadass deadbeat deadbedroom deadline deportation detestable
dickless diehard doable dogshit donation dosent download downright downtown downturn downvote driverless driveway dumbass
dumbfuck dumbfucks eastbound eastman easton egyptian elsewhere endless everyone everything eviction extinction eyeliner
facetime faker fanboys fatherless fearless feelin finer firearm firearms firefight fireman forcefully forever forgets
forgiven forrest freakin freedumb freeman freemen freeway frontin frontline frontman fucka fuckable fuckas fuckboy fuckboys
fulla gaslight getaway girlfriends giveaway godfather godless goldman gunfight gunfire gunpoint gunshot hangout hangover
hardship hardworking harmless headcanon headless headlights headline headlock headman heathrow hella hellfire helpless heroin
herself himself histories holdin homeboy homeboys homecoming homegirl homegirls homeless homemade homer homeschool hometown
homework honorable honourable hopefully hopeless household housewife housework however humanitarian humanure huntin ideal
inbound inbreed incarnation incomes incoming incompatible indecency indecent indiana inequality infighting inherent
insensitive insufferable intolerance irrespective irresponsible irritable islamabad itself jawline joker judgemental
justifiable kickin kiddies killa kinda knockout knucklehead knuckleheads ladylike laughin lawfully lawless lesson lgbtqa
lieutenant lifeline lifespan lifetime lightskin lightskinned lightweight lineman liner lineup listenin liver lockdown
madeline manchild manchildren manhunt manpower manslaughter maybe meathead meetin methinks mission missouri molestation
molestor moreover motherfuckin motherfucking musician myself myspace nameless nearby needless neonazi neonazis nevertheless
newsroom newsworthy nicer niggaa nonetheless norfolk normalisation notable nothing nowadays offends offline online orbiter
ordeal oughta ourselves outbound outbreak outcomes outhouse outnumbered outright outsmart overcoming overdrive overhead
overload overpower overtaking overthrow overthrown overturn overvalue overweight painfully painkillers partisan partition
payable paybacks permission pissin playa playboy playfully playground playin playoff playstation pointless policeman
powerless promoter publication punishable pushback pushin raids rapes realtor reasonable rebound recalled recalling receiver
reclaim recount refine reinforce reliability relive relying remedies reminded remission remixed renewable renumbered reopen
replace replay republic republican reputable reserve respectfully respective restrain restroom retardation retired retreat
retreating return revisit rightfully rivera roundabout roundup ruler runaway safer sandra sandwhich schoolboy schoolgirl
schoolgirls screwdriver scummy seafood sentimental server shameless sherlock shithead shithouse shitload shitshow shitskin
shitstain shootas shootout showdown showin showman showroom showtime shutdown silencer skinheads sleepin sleepover sleepwalk
slither smackdown smackin smashin smellin smoker snapback snapbacks snapper somalian someone someplace something somewhere
soulless southbound southeast southwest spaceship spacewalk speakin stainless standby standpoint standup stayin stronghold
submission submissive sucka suckin supportive takeaway tendies thankfully themselves therapist therapists thoughtless
throwaway throwback throwin timeless timeline today todays together tomorrow tonight townhouse transformer transit transition
translate transmission transparent trashcan trumpcare trumpian truthfully turnin turnout turnup unamerican underclass
underground underlying understandable undertaking underworld upcoming upfront uphold upload uppity upright upvote usable
usefull username visitor voter walkable walkabout wallah whatever whenever wherever whiter willfully wishin within without
workforce workout yourself
""")
"""Words that could be taken for several written together."""
