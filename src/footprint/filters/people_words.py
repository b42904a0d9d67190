"""Words that help to tell the name of a person from other capitalised words.

Written for footprint: common knowledge of English usage, no list was copied. Given names that are also everyday words
(Will, Mark, Grace, May, Rose, Hope, Faith, Bill, Art, Sky) are left out on purpose: alone they say nothing.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CUES = _words("""
mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend father sister pc wpc dc ds di dci sgt sergeant inspector
superintendent constable officer captain councillor cllr nurse teacher
brother mother mum mam dad son daughter wife husband partner girlfriend boyfriend fiance fiancee uncle aunt auntie cousin nephew
niece nan gran grandad grandpa grandma friend mate colleague boss manager neighbour neighbor landlord ex bestie supervisor flatmate
housemate named called
""")
"""Titles and relations: one capitalised word after them is a name."""

ORDINARY = _words("""
a an the this that these those my your his her its our their i you he she it we they who whom whose which what when where why how
if then than so but and or nor yet for to of in on at by from with without about after before over under into onto off out up down
as like not no yes never always ever again also just only even still now today tonight tomorrow yesterday soon here there
all any both each every some many most more much few several another other such same one two three four five six ten
is are was were be been am do does did has have had can could will would shall should may might must let lets get got go went come
came see saw say said says tell told ask asked make made take took give gave put set keep kept think thought know knew want need
please thanks thank sorry hello hi hey dear ok okay well oh ah wow lol great good bad best new old big little happy proud glad
people someone somebody anyone anybody everyone everybody nobody nothing something everything once while until since because
although though despite during between against among across through around per via re breaking update reminder note news remember
imagine watch look read stop start don dont cant wont im ive id its thats theres heres lets love hate really very quite such
first last next late early half whole dear congratulations congrats merry welcome goodbye bye cheers well done apart maybe perhaps
""")
"""Words that begin sentences and titles."""

NEVER_NAMES = _words("""
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november
december christmas easter eid diwali hanukkah ramadan halloween brexit covid internet english welsh french spanish german
""")
"""Days, months, feasts: capitalised, never a person at the edge of a name."""

DEMONYMS = _words("""
british english scottish irish welsh american canadian australian german french spanish italian polish romanian turkish russian
ukrainian chinese japanese indian pakistani bangladeshi african european asian arab jewish muslim christian catholic hindu sikh
buddhist muslims jews christians catholics hindus sikhs buddhists poles romanians turks arabs indians pakistanis albanians
nigerian nigerians polish syrian syrians afghan afghans iraqi iranian israeli palestinian somali ethiopian black white brown asian
asians africans americans germans europeans roma gypsy gypsies traveller travellers labour tory tories conservative liberal green
""")
"""Peoples, faiths and parties: a group is not a person, and the target of abuse stays readable."""

PLACES = _words("""
london manchester birmingham leeds liverpool bristol sheffield newcastle nottingham leicester cardiff swansea belfast glasgow
edinburgh aberdeen dublin york bath oxford cambridge norwich plymouth exeter england scotland wales ireland britain europe africa
asia america canada australia paris berlin madrid rome moscow beijing delhi mumbai north south east west northern southern eastern
western great new united saint mount river lake upper lower
""")
"""Words that the name of a place begins with."""

NOT_PEOPLE = _words("""
council university college school academy police constabulary force service army navy court hospital surgery clinic station street
road lane avenue close drive square park garden gardens bridge hill hall house castle church cathedral mosque temple theatre museum
library gallery market centre center stadium arena airport hotel inn arms city town village county borough district region island
islands sea ocean bay beach coast forest valley united rovers wanderers athletic albion fc rfc cricket football rugby club league cup
party government parliament ministry department office agency authority commission committee board bank trust foundation fund
association society federation union institute company ltd limited plc inc group holdings times news post gazette herald guardian
mail press radio tv channel show festival birthday anniversary award awards day week month year act bill code regulations order convention project server
software github mastodon wikipedia wikimedia google microsoft linux python java ubuntu debian windows android facebook twitter
transit transport railway railways junction depot line siding allotment allotments courier harriers runners strings choir fell dale moor
instagram youtube reddit conference meetup workshop state states kingdom republic war world east west north south
""")
"""Words that make a run of capitals the name of something other than a person."""

GIVEN_NAMES = _words("""
aaron abdul abdullah abigail adam adrian agnieszka ahmed aisha alan albert alejandro alex alexander alexandra alfie ali alice alison
amanda amber amelia amina amir amy ana andrea andreas andrew andrzej andy angela anita ann anna anne annie anthony antonio anton
arjun arthur ashley ayesha barbara barry beatrice becky ben benjamin bernard beth bethany bogdan brandon brenda brian bridget bruno
callum cameron carl carlos carol caroline catherine cathy charles charlotte chen cheryl chris christina christine christopher ciara
claire clara clive colin connor craig daisy damian daniel daniela danny darren dave david deborah debbie declan deepak denise dennis
derek diana diane dimitri dominic donald donna dorothy douglas duncan dylan edward edwin eileen elaine eleanor elena elizabeth ella
ellen ellie emily emma eric erik esther ethan eva evan evelyn fatima felix fiona florence frances francesca francis fred gareth gary
gavin gemma geoff geoffrey george gerald gillian giovanni glenn gloria gordon graham greg gregory gustav hannah hans harriet harry
hassan heather helen henry howard hugh hussein ian ibrahim imran ingrid irene isaac isabel isabella ivan jacob jacqueline jake jamal
james jamie jan jane janet janice jason javier jean jeff jeffrey jennifer jenny jeremy jerome jessica jill jim jimmy joan joanna
joanne joe joel johan john johnny jonathan jordan jorge jose joseph joshua josie juan judith julia julian julie justin karen karim
karl kate katherine kathleen kathryn katie katarzyna keith kelly ken kenneth kevin khalid kieran kim kimberly kofi kwame kyle larry
laura lauren layla leah lena leo leon leonard lesley leslie lewis liam linda lisa lloyd logan lorraine louis louise lucas lucy luis
luke lydia lynn maciej madeleine malcolm marcin marco marcus margaret maria marie marina mario marion marta martha martin martina
mary mateusz matt matteo matthew maureen max megan mehmet melanie melissa mia michael michelle miguel mike mohamed mohammed muhammad
molly monica mustafa nadia naomi natalie natasha nathan neil nicholas nick nicola nicole nigel nina noah nora norman oliver olivia
omar oscar owen pablo pamela patricia patrick paul paula pauline pedro penny peter phil philip phoebe pierre piotr priya rachel raj
rajesh ralph ramesh raymond rebecca reza rhys richard rita robert roberto robin roger ronald rory rosemary ross roy russell ruth ryan
sabrina sally sam samantha samir samuel sandra sanjay sara sarah scott sean sergei shane shannon sharon shaun sheila shirley simon
sofia sonia sophia sophie stacey stanislaw stefan stella stephanie stephen steve steven stuart sunita susan suzanne svetlana sylvia
tariq tamara tanya teresa terry theo theresa thomas tim timothy tina toby tom tomasz tony tracey tracy trevor ursula valerie vanessa
vera veronica vicky victor victoria vijay vikram vincent vladimir walter wayne wendy wesley wilhelm william xavier yasmin yusuf yvonne
zach zara zoe
abebe abena achieng adebayo aino aissatou akira akua almaz amaka aminata andrei angharad anil antero aoife aroha arun astrid avi
ayse babirye beatriz bilal bjorn bohdan bola camila cerys chaim chaminda chiara chidi chinedu dakota darnell dawit deshawn diego
dmitri dragan emeka emine eoin eszter fatma fatou femi feng ferenc florin freja galina ganesh gethin gheorghe giulia goran guadalupe
gurpreet haile hamza hana hao harpreet haruto hasan hatice hine hiroshi hong hui huong huseyin hyun ignacio ines ioana ismail istvan
jana jaspreet jelena jihoon jing jiri jiwon joao juhani kalisha kamala kamau katalin kavita keanu keiko keisha kenji khadija khaled
krzysztof kwabena lakshmi lars latoya lei leila leilani levi lindiwe linh lorenzo luca lucia ludmila malgorzata malia malik mamadou
manpreet marek maryam mateo mei mihaela mikko milica minh minjun moshe moussa mykola nakato naoki natalia neha nga ngozi niamh
nikolai nimal njeri noam nomsa noor nour obinna oksana olga oluwaseun osman otieno ousmane padraig paivi parvati pavel pawel petra
pilar pooja qiang radu rafaela rahul rania rivka rohit rong rosa sakura samira sandeep santiago saoirse selam seojun shanice shira
shlomo simran siobhan sione sipho sooyoung soren suresh sven takashi talia tamar tamika tane tao taras tarek tatenda tatiana tendai
tevita thabo thanh themba thiago tiago tigist tuan tunde tyrone usman valentina vasile walid wanjiru wei winona wiremu wojciech xiao
ximena xin xiomara yael yan yelena yetunde ying yoko yu yuki zainab zanele zdenek zhen zofia zoltan zoran
""")
"""Common given names: alone, with a capital, one of them is a person."""
