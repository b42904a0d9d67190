"""English words and names that would be taken for hidden words of the lexicons, were they not known to be words.

Printed by `python -m benchmarks.look_alikes` from the dictionary of Debian's packages `wamerican` and `wbritish`, which come from SCOWL
(Copyright 2000-2011 by Kevin Atkinson; its notice stands in NOTICE); names in `NAMES` were added by hand.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words(
    """
    abash abel abetter abler aboard aboveboard abridge abuses aced achiever aching acing acres actualisation addends addressable adds admirer adoptive
    adumbration afire aflame afoul aftercare afterlife afterlives aftermaths afterward agreeable aground ahmad ailing aimless airdrop airdropped
    airdrops airfields airhead airless airmail airplane airship airsick airsickness airtight airworthy airy alar ales alice alight alights aline
    alines alistair alit allowable aloe aloud amaterasu amateur amenable amendable amerasian americana americanisation amerindian amerindians amiable
    amiss amour amours ampersand ample amps amused anapest anapests andiron angola animate announce anted anyplace aped aping apse arable arbiter
    arbor arbour archest arching arden ares argots arid aright arline armenia armhole armours armrest armstrong aroma arrant arrears arrow ascella
    ascots ashed ashes asiago aslant asocial aspartame aspic aspics aspirate assassinations assent asshole asst assure assyria assyrian assyrians
    aster astern asters attend attender attest attestation attired atypical audi aught australia austria automate autopilots autoworker autoworkers
    awake award awash awry azerbaijan babes babysit backbiter backboard backbones backdrops backfields backfired backhands backhoes backpacker
    backrest backslapper backslash backspace backstabbing backstairs backstopped backstories backtrack backtracks backwash backwater backyard bactria
    bade badmouth badmouths bagpipe bakes bale bandied bandies bandung banished banishes barbershop bard bareback bared barefaced barer barrage
    barroom bartender bashfully bast batching batsman batsmen beaching bearable bearskin beatification bedeck bedecking bedevil bedevils befoul
    befriends begetting begone behaving believer bellyaching bellybutton belying bemoan bemoaning bengal berenice berliner bernice bertillon
    beseeching bespeak bests betaken betaking bethinking bethinks bight bigmouth bigmouths billboard bitching bittorrent blackballs blackboard
    blackguard blackguards blackhead blackheads blacklist blackmail blackshirt blackwell blameless blamer blameworthy bled bligh bloodhound bloodless
    bloodshed bloodshot bloodstain blowgun blowguns blowout blowup bluebottle bluefishes bluegrass bluenose blueprinted bluer boar boardroom boardwalk
    boardwalks boas boast boatman boatmen boding bodybuilding bodyguard bodyguards bodywork bogeyed bolivia bonehead boneheads boneless boneyer
    bookcase bookcases bookend bookends bookkeeper booklet booklets bookmaker bookmaking bookmarked bookshop bookworms bootblack bootblacks bootlegs
    bootless borer bosnia bothersome bottleneck bottlenecks bough bounce bounces boundless bowditch bowstring bowstrings boyd brainchild brainchildren
    brainwash bran bras breakable breakneck breakspear breakthrough breakwater breather brickbat brickbats bride bridgehead bridgeheads bridger
    bridgetown bridgework brig broke brownian brownout brownshirt brunt bulgari bulled bulletin buns bunt burdensome burnished burnishes burnout burs
    burt busboys bused businesslike businesswoman businesswomen buss button buttonhole buying bygone byline byplay cains camber cambers cambodia
    cambridge camerawoman camerawomen campfire campground campinas cams cancellation candied candies cannonballs capet caraway carboys cardboard
    cardin carefree caregiver caret caretaker careworn carnation carnations carp carpetbag carr carrie carryall cars carsick carsickness carver cary
    cased casein caseload casework caseworker caseworkers cast caster casts catboat catboats catcalled catcalling catching catfishes catiline catwalks
    causeless cavemen cavernous celerity cellar celli cellini cellulose center centrepiece centrepieces challenge chang changeable changeover
    chargeable chaser checkbook checklist checkmate checkpoint checkroom checkup cheek chickasaw chid choker chopin chopper chopra chopstick
    chopsticks chose chris christa christi christina chuckhole churchman churchmen churchyard civilise civilize classifiable classmate cleaning
    cleanlier cleanser clinician clint coachman coachmen cods coed coeds coffeecakes coffeehouse coffeehouses collarbone collarbones colo colonialist
    colonisation coloration coloratura coloraturas colorblind colorfully colorless colouration colourblind colourfully colourless comedies completer
    compute computerisation contact contraction contractor cookbook cookout coped copperhead copperheads copycat copyleft copyright copyrights
    copywriter copywriters cots cottonmouth cottonmouths councilman councilmen councilwoman councilwomen countable countrywoman countrywomen coupes
    cowgirl cowgirls cowhands cowhide cowpoke crackup craft crave craw crawlspace cream cree crepe crepes crimean croatia crybabies crybaby
    crystallisation cuba cued curd cures curs cutbacks cutlass cutlasses cutthroat cutthroats czechia daddies dali damasking damnable damnation
    dampest darin darkroom dawn daybreak daydream daydreaming daylight daylights dded deadhead deadlier deadlock deadlocked deadlocking deathblow
    deathless deathlike deathtrap deckhands demos derange desertion detestation devi deviltry dickinson dickson differentiation dingy dink dirtballs
    disables disgracefully documentation doer dogfight dogfishes doggone doggoner doghouse doghouses donations doorsteps doorstop doorway dormice
    dormouse douching douglass dourest doused downbeat downing downloadable downplay downplaying downstairs downward dragon dragonflies drainpipe dram
    draw dreamless dreamlike dressmaker dressmaking driers drinkable droned droning dropbox droplet droplets dropout dropper drugstore duds dumbfound
    dumbwaiter dunk dutchman dutchmen earthlier earthward earthwork earthworms eased easternmost easts eastward eatable eaters eave ecuadoran
    ecuadorans educate egging egret ejects elfish ember emil employable employe employes endears endurable englishman englishmen englishwoman
    englishwomen enjoyable entitle equalisation eras erects estonia etch ethic everready everyplace ewer ewers except exited exploitation exploitative
    extraction extractor eyeballs eyeglass eyepiece eyepieces eyesight eyestrain eyeteeth eyewitness faceless fairbanks fairground fairhope fairway
    faithfully faithless fantasies faraway farmhands farmhouse farmhouses farmyard fatalist fathead fatheads fattest favorable favourable fearfully
    fearsome feebler fees fiddles fiend fiends finis fins fireballs firebombed firebreak firebugs firecracker firecrackers firefighter firefighting
    fireflies firehouse firehouses firemen fireplace firepower fires firetrap firewall firewater firework firstborn fitfully fittest flamer flatboat
    flatboats flatcar flatfeet flatfishes flatiron flatten flattest floodlight floodlights fond forbear forgetfully forgetting forgone forswear
    forward foundation fred freebees freehold freeload freer freethinking freetown freewheels freewill freezer frenchman frenchmen frenchwoman
    frenchwomen fried friendless friendlier friendship frontispiece frontispieces fullback fullbacks fund gabbing gambia garbageman gardenia gardenias
    gaslights geek geeks gees gems genesis gens georgia georgina ghanian ghanians ghostlier ghostwriter ghostwriters gnus goatskin godchild
    godchildren goddaughter goddaughters godfathers godmother godmothers godparent godparents godsend golda goldbrick goldbricked goldbricks
    goldfishes goldwater goner goodbys gosling gouger grandads granulate grasshopper graver graveyard grease greases gropes groundbreaking groundless
    groundwork guardhouse guardhouses guardian guardianship guardroom guardsman guardsmen guatemala gujarat gunboat gunboats gunrunning gust gutless
    hack hair halfbacks halfpenny hallmarked hallow hallway hammerhead hammerheads hangar hangdog hangman hangmen hangnail hank hanover hans hardback
    hardbacks hardin hardline hardliner hare hared haring harmfully harmon harmonisation harts hassling hatefully hatsheput haversack headboard
    headdress headfirst headlight headmaster headphone headrest headroom headset headstrong headwaiter headway hears hearsay hearst hearten heating
    heats heck heels hellhole hellion hellman helpfully helpmate helpmeet hera herodotus heros heydays hibernation hicks hideaway hidebound hideout
    hied highballs highborn highboy highboys highlight highlighter highlights highway highwayman highwaymen hinds hinging hipped hitching hokey
    holdout holdover holdup homebody homelier homemaker homeroom homesick homesickness homeward homophone honduras hone hones honey honoraria hooting
    hopewell hoses hospitalisation houseboat houseboats housebound housebreak housebreaking housebroken houseclean houseflies househusband housekeeper
    housemother housemothers hove hovel hover huck humanisation humankind iberian idahoes idealisation idealist ides imaginable immeasurable
    immigration immoveable impart impatience impatient imperfect imperfection imperialist imperishable impermeable impersonally impersonation
    impersonations imply impostor imposture imprinted improbably improper improperly imps inanimate inattention inboard inborn inbreeding inbreeds
    incarnations inching incomplete independent indianan indies indifferent indignation indignity indiscriminate indochina indochinese indonesia
    indoor indus infields inflame inflatable infliction ingots inhumanity inimitable inline inmate inns inoperable inpatient inpatients inroad insaner
    insets insider insight install installation insteps insupportable insure insurer intend interne intonation intonations intoxication intransitive
    intrust intrusted intrusts inure invader invades invaluable inward iphone irate iris irishman irishmen irishwoman irishwomen ironwork
    irreplaceable irresolution isinglass ismail isobars isolate israels itching ives jailbreak jailor janis jawbone jawbones jihads jobless joni
    judgeship kashmir kenya keyboard keyhole keynotes keypunch keypunched keypunching kickback kickbacks kickoff kickstand kidd kindlier knowable
    korans laddies lade lades ladybugs ladyfingers ladyship lags lair lairs lank lapping lases lash lassa lathe latins lawmaker layer layers laying
    lazybones leadbelly leadership leah leaner lear leas leda leeds leftmost leftover lessor letterbomb letterbox letterhead letterheads letterman
    lever liberia libya lief liens lieutenants lifeblood lifeboat lifeboats lifeguard lifeguards lifeless lifelike lifer lifesaver lifework lighthouse
    lighthouses liker limpid limy lind linear linemen linkup lira liras listless liston liter litterbugs liveable livelier livermore loadable loath
    lockable locke lockjaw lockout lockup lodges logbook loin loner lookalikes loon lordlier lordship loser lots loudmouth loudmouths loveable
    loveless lovemaking lovesick lowercase lowly luck lucy lugs lumber lunch macedonia madhouse madhouses madwoman madwomen mailbomb mailbombed
    mailbox maillol mailman mailmen maiman malaysia mali manfully manger mangers manhole manicured mansion mantilla mantillas mari maris mashed
    mastercard masterfully mastermind masterminded masterpiece masterpieces masterwork materialist mathias mathis matte maydays mayfair mayflies
    maypole maypoles meantime meanwhile measurable measure measureless meat meatballs medial mediator membership memoir memorable memoranda
    memorisation menfolk menswear merest merge merrymaker merrymaking meshed meshes messiah mete middleman middlemen middletown middleweight miking
    milkman milkmen milkweeds mindfully mindless mined minster miser missive missourian modes moldavia moldova mona moneybag moneymaker moneymaking
    mongolia mooc mooches moonbeam moonlight moonlighter moonlights moonshot morn morns moro moroni moth motherboard motherless moths mount mouser
    mouthpiece mouthpieces mouthwash moveable mover muddied muddies mudguard mudguards murat muse musicianship napped nationalisation nationalist
    naturalisation neckline needlepoint needlework newborn newline newsboys newscaster newsletter newspapers newsstand newsweek nickname nicknamed
    niger nobelist noes nonbeliever nonbelievers nonbreakable nonesuch nonhuman nonlinear nonliving nonmember nonpartisan nonpoisonous nonpolluting
    nonrefillable nonrenewable nonresident nonresidents nonreturnable nonsense nonsmoker nonsmoking nonstandard nonstick nonsupport nontaxable
    nontoxic nonuser nonusers nonviolence nonviolent nonwhite nonwhites nonzero normans nosebleed nosebleeds nosegay nosegays noshed noshes nosy
    notching notebook noteworthy notwork nourished nourishes numberless oats odes odor offbeat offertories offload offshoot oiled oking oman oncoming
    onionskin onrushes onward openoffice openwork optic opts oral orals oratories orchestra orchestras orchestrate orchestration outbacks outbuilding
    outclass outdoor outfields outgrowth outhouses outline outlive outlives outliving outlooks outlying outnumber outpatient outpatients outplay
    outplaying outpost outrage outrank outreaching outrider outrunning outsell outsider outsource outspread outspreading outstation outstay
    outstripped outvote outward outwear outworn overachieve overachieved overachiever overacting overbear overboard overbook overburden overcharge
    overcomes overcook overdrawn overdress overeating overfull overgrowth overhands overhang overhanging overheads overhear overkill overlooked
    overlooks overlord overlying overplay overplaying overpopulation overprinted overproduce overproduction overprotective overqualified overrate
    overreaching overreacting overrule overs overseeing overseen oversell overshare overshared oversharing overshoot overshooting overshot oversight
    oversleep overspill overspread overspreading overstatement overstay oversteps overtaken overtaxes overthinking overthinks overturning overused
    overwork overworking oxygenation paganini painless pane panned panning parliamentarian parthenogenesis parthenon parthia partisanship parturition
    partway pate patent patents pates patrolman patrolmen patrolwoman patrolwomen pawn paycheck paydays payer payers paying payload paymaster paywall
    peaceable peacefully peacemaker peacetime peed penn pennyweight perchance perching perfection perforce pericardia periclean perishable perished
    perishes permeable permissive persia personable perspicacity pertest perused phoneme photocopied photocopy photojournalist photojournalists
    photosensitive pickaback pickabacks pickaxe pickaxes pickup piecework piker pikes pillowcase pillowcases pine pinion pinions pipeline piper pips
    placer planar planed planetaria planing plateau plateaus platelet platelets playable playact playacting playback playbacks playbill playboys
    playhouse playhouses playlist playmate playroom plaything playthings ploughman ploughmen ploughshare plying polecat polestar policemen polices
    policewomen polluter pols pone poorhouse poorhouses posed posing postbox postcard postcode postcodes postgraduate postgraduates postmarked
    postmaster postmen postulate posture postwar pots powerboat powerboats powerfully powerhouse powerhouses powerpoint praiseworthy prate prefect
    pricklier pries priestlier prise producer professorship protective protector prying psych psychosis psychotherapist psychotherapists psychs pubic
    publican pullback pullbacks pullman pullmans pullout pullover punchline punjab pushover pushup quicklime quicksand quietus raceme racer racetrack
    racetracks raceway racks racoon racoons ragged raindrop raindrops rainmaker rainwater rakes rampart ramps ranching rankin ransack ransacked rarest
    rashes rastaban rationalist rattrap rave rawest reachable reaching reacting reactor reactors readable readied readies realisable realisation
    realist ream reaming reanimate reapply reapplying rearms rears rearward reassure reborn rebuilding rebuses receivership recharge rechargeable
    recheck rechecked reclaims reclassified reconsidered recopied recopy redrawn redress reeds reeducated reeducation reedy reek reeks refile refiles
    refillable refiner refinish refinished refinishes refracting refreshed refreshes regretfully rehearse rehire rehired rehiring reincarnation
    reincarnations reinforced reinhold reinstall reinstatement reinvented rejoin relabeled relabelled relearn relearning relives reliving reload
    remaking remarked remarry rematches remedied remind remiss remodels remove remover rename renamed rends renumber repayable repertories replaceable
    replaying reprinted reproduction republished reroute rerunning researched researching resell resend resentfully resister resolution resolve
    resolver resource resourcefully restarted restatement restfully restive restless restoration restorative restudied restudies resubmit retaken
    retaking retched rethinking rethinks retouching retrain retreated retried retrying returnable returning reusable reuse reused revalue revalues
    reverends revile reviler reward rework reworking reyes richest ricked ricks ridded riddle ridge rightmost rime rimes rink ripest riposted
    riposting ripple rippled ripples riverfront rivetting roadhouse roadhouses roadkill roadshow roadway roadwork roadworthy robustest rockwell rolls
    romano rooked rooks roomers rooming roommate rootless roots rotarian rote rotisseries rouble roughhouse roughhouses roughneck roughnecks
    roundhouse roundhouses roundworms rout router rubbing ruder rued rugrats rugs ruination rummer rushes ruskin russell rusted rusts rwanda rwandas
    sacking safeguard safeguards safeway sags saladin sallow salves samoa sampler sandbag sandbanks sandbar sandbars sandbox sandlot sandman sandmen
    sandpapers sandpiper saner sapped sapping satin savager saver sawn scammer scamper schoolbook schoolboys schoolchild schoolchildren schooldays
    schoolhouse schoolhouses schoolmaster schoolmate schoolroom schoolteacher schoolteachers schoolwork schoolyard scotsman scotsmen scotswoman
    scotswomen scram screenplay screenwriter screenwriters screwballs screwdrivers scrounges scruff seaboard sealer sealing seamanship seaplane sear
    searching seasick seasickness seasonable seaward seaworthy seed seemlier seep seer seers selloff sellout sendai sentimentally separate serbia sere
    serer serra setbacks sever sexless sexual shackleton shaking shamefaced shamefully shankara shard shareable sharepoint sheen sheepdog sheepdogs
    sheepskin sheetrock shipboard shipbuilder shipbuilders shipbuilding shipload shipmate shipper shipwreck shipyard shlock shoe shoed shogun shoguns
    shooing shopkeeper shoplifter shopper shopworn showboat showboats showcase showcases showgirl showgirls showmanship showmen showoff showpiece
    showpieces showplace showstopper shred shuteye shutout shylockian sian sicklier sicks sigh sightless sightread sightseeing sightseer signer silt
    simpler sincerest sinfully sing singe sinkable sinkhole sinned sinning sipped skinhead skinless skintight skipper slanders slaphappy slapstick
    slashdot slaughterhouse slaughterhouses slaver sleepless sleepwalking sleepwalks sleepwear slicer slily slim slingshot slovakia slovakian slovenia
    slowdown slowpoke smartphone smartwatch smokehouse smokehouses smokeless snaky snapdragon snapshot soberest socialisation softballs soiled solder
    solders sole solider sols solver somalians soot sopped sorehead soreheads sorest sots sottish soulfully soulmate sourest soused southeastern
    southeastward southward southwestward sower spaceman spacemen spacewalking spacewalks spearhead spearheads specialisation sped speedboat
    speedboats speedup speedway spica spillway spilt spineless spitballs spitfire spittoon spoilsports sponger sponges sportscaster sportsman
    sportsmanlike sportsmanship sportsmen sportswear sportswoman sportswomen squeezer stael stakeout staler staling stallion stallone standardisation
    standoff standout standstill stare stared stars stated stave stepson steriliser sterilizer stickup stillborn stings stirs stoplight stoplights
    straightaway straightforward stranglehold strangler streetcar streetlight streetlights strikes striped strongbox studentship subclass subcontract
    subcontractor subculture subhead subheads subjoin subletting sublime sublimer subnormal subornation subspace substandard substation subsystem
    subtotal sued sunned supportable suppose surefire surer sweat swimmer swindles swissair sympathises tabbed tabbing tack tacks tail tails tall tami
    tamp tamps tankful tans tanzania tarballs targets tarp tartest taxable taxicab teachable teal tealight tealights teammate teamwork teardrop
    teardrops tearfully teargas teargassed teargassing tearoom teenage telltale tempe tenable tenacity tenderfeet tendinitis terminate testable testis
    thankless thatching theist theists thickset thins thoughtfully throwbacks tics tightfisted tightrope tillable tillman timekeeper timepiece
    timepieces timestamp timeworn toadied toadies tolls tonga topics topped torching torchlight tornado tornadoes torpedos torrent torricelli tortilla
    tortillas torturer tossup totalitarian tots totter tousling toward townhouses townsend township trait trams tran transact transacting transaction
    transcription transferal transfigures transfixed transistor transitive transits transmigration transnational transship transshipped trapdoor
    trapper traps trapshooting treatable tron troublemaker troubleshoot troubleshooting troubleshot troublesome truer truss trustfully tuck tugs
    tuning tunisia turing turnabout turnaround turnkey turnoff turnover uganda umber umped umping uncleanlier unclear unclearer unclearest
    underachieve underachieved underachiever underacting underarms underbelly undercharge underclassman underclassmen underdogs underemployed
    undergone undergraduate undergraduates undergrowth underline undernourished underplay underplaying undersell undershirt undershoot undershooting
    undershot understatement undertaken underused undervalue undervalues underwater underwear underweight underwriter underwriters unearthing
    unitarian unitas untie unties upbeat upchuck upcountry upends uppercase upperclassman upperclassmen uppercut uppermost upraise uprights uproot
    upshot upstairs upstarted uptight uptown upturn upturning upward urban urination urns useable usefully usurer uttermost vales valueless vandyke
    vanguard vanguards vanishes venezuela victimisation viler villager visitation vitim voiceless voicemail voided vulgarisation waite waling walkman
    walkout walkway wallaby wallboard walleye walleyed walleyes wallis wallpapers waned waning wannabees wardroom warhead warheads waring warlock
    warlord warship washable washboard washerwoman washerwomen washout washroom washstand wastefully waster wastes wastewater watchdogs watchfully
    watchmaker waterboard waterbury watercolor watercolour waterfront waterline watermarked waterpower waters watershed watertight watertown waterway
    wayward weakfishes wearable wearisome weds weekday weekdays weekend weekends wees weevil weightless weightlifter weir welshman welshmen westbound
    weston westward wets wettest whiner whippersnapper whippoorwill whitefishes whitehall whitehead whitewall whitewash whits whorehouse whorehouses
    widows wight wilda wildcat wildfire wildlife willpower windowsill winging wining wiper wishbone wishbones wishfully wishlist wist withdrawn
    withhold withstand womankind womanlier womanlike womenfolk womenfolks wong workable workaday workaround workbook workday workdays workhouse
    workhouses workingman workingmen workload workman workmanlike workmanship workmen worksheet workshop workstation workweek worldlier wrier writes
    wrongfully wroth yardarm yardarms yardstick yardsticks yemen yore zambia zombis
    """
)
"""Words of the dictionary."""

NAMES = _words(
    """
    alfie amin kafir kafirs borna chopra dearborn deepa dickson draghi emil hamed harmon hokies honies hoppe mathias messi moana parton roper russell
    stannis tarana trudeau lightsaber lightsabers playlist playlists meatball meatballs photoset setlist camgirl fangirl girlboss catwoman
    coffeeshop daycare daycares housemate housemates jobsite letterman linkin mailonline mancave memoir muse newsfeed outlives polices powerhouse realtime
    respawn respawned roommate roommates shitposting soulmate soulmates tots totalitarian ubersocial voicenote waster westlife whiteboard
    """
)
"""Names and newer words that stand in no such dictionary."""
