"""Sentences that each topic rule must match, beside sentences that it must not. All people and sentences are invented."""

from __future__ import annotations

from filter_tables_categories import CATEGORY_ROWS
from filter_tables_hate import DISCRIMINATION_ROWS
from filter_tables_places import PLACE_ROWS
from filter_tables_told import TOLD_ROWS

TOPIC_ROWS: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "health": {
        "health.possessive": (
            ("My chemo starts again on Monday.", "Nobody at work knows about my awful depression."),
            ("Chemo wards need volunteers.", "We ran ten miles for my cancer charity.", "My leeks have rust."),
        ),
        "health.state": (
            ("It is six weeks since I was diagnosed with epilepsy.", "I have severe asthma and it is July."),
            ("Patients were diagnosed with epilepsy in the trial.", "I have written a paper on asthma research."),
        ),
        "health.being": (
            ("I am bipolar and I have nothing to hide.", "As a diabetic, I carry sweets."),
            ("The bill is suicidal for the coast line.", "Diabetics need better kiosks."),
        ),
        "health.sufferer": (
            (
                "As someone who has OCD, I notice crooked lamps.",
                "There should be more jobs for people like me with PTSD.",
            ),
            ("Someone who has time should call the bakery.", "PTSD is the theme of her new play."),
        ),
        "health.person": (
            ("My brother was diagnosed with bipolar last year.", "Osric Dunmore suffers from depression."),
            ("The government has a depression to deal with.", "Osric Dunmore has a van."),
        ),
        "health.persons": (
            ("Thinking of my sister's cancer today.", "Osric Dunmore's depression is not for you to talk about."),
            ("My sister's cat is back.", "Cancer figures fell, says the minister."),
        ),
        "health.carer": (
            ("My therapist says hello.", "Saw my new psychiatrist on Friday."),
            ("Therapist wanted in Eastwold.", "My neighbour has a new roof."),
        ),
        "disability.possessive": (
            ("My wheelchair does not fit through the gate.", "I stopped hiding my dyslexia."),
            ("The wheelchair ramp is closed.", "My blind spot is on the left."),
        ),
        "disability.state": (
            ("I use a wheelchair at work.", "I have cerebral palsy."),
            ("I have a wheelchair passenger on the 07:12.", "Wheelchairs stand by the lift."),
        ),
        "disability.being": (
            ("I am autistic and I like timetables.", "As a deaf driver, I sign."),
            ("Disabled parking is full.", "They are deaf to complaints."),
        ),
        "disability.person": (
            ("My son is autistic.", "Wilmot Hask is deaf in one ear."),
            ("The minister is deaf to reason.", "Wilmot Hask is away."),
        ),
        "pregnancy.possessive": (
            ("My due date is in May.", "Two weeks until my maternity leave."),
            ("Maternity leave rules have changed.", "My lease is up."),
        ),
        "pregnancy.state": (
            ("I had a miscarriage in spring.", "I have terrible morning sickness."),
            ("The novel begins with a miscarriage.", "I have a cold shed."),
        ),
        "pregnancy.being": (
            ("I'm pregnant and tired.", "I am finally expecting a baby."),
            ("A pregnant pause.", "I am expecting a parcel."),
        ),
        "pregnancy.person": (
            ("My sister is pregnant again.", "Priya Venn had a miscarriage."),
            ("The cow is pregnant.", "Priya Venn had a lamp."),
        ),
    },
    "religion-belief": {
        "religion.being": (
            ("As a Sikh I keep my head covered.", "I'm a practising Catholic."),
            (
                "Muslims should be banned from driving.",
                "The Sikh museum opens in May.",
                "They say I look like a Quaker.",
            ),
        ),
        "belief.being": (
            ("I'm a humanist and I marry people.", "As an ethical vegan I pass on the ham."),
            ("A humanist wrote the book.", "The vegan sausage was dry."),
        ),
        "religion.practice": (
            ("I went to mosque before the shift.", "I'm fasting for Ramadan."),
            ("The church roof leaks.", "I went to church hall bingo."),
        ),
        "religion.possessive": (
            ("My faith keeps me going.", "Soup kitchen at our gurdwara."),
            ("My faith in humanity is gone.", "The temple is from the fourth century."),
        ),
        "religion.turning": (
            ("I converted to Islam last year.", "I was raised in the Church of England."),
            ("A lecture on Islam at the library.", "I came to the station late."),
        ),
        "religion.deity": (
            ("I believe in God.", "I pray to Allah five times a day."),
            ("Oh my god, the trains again.", "I believe in slow bread."),
        ),
        "religion.person": (
            ("My neighbour is a Muslim.", "Hugh Marden converted to Catholic rites, he was raised Methodist."),
            ("Hugh Marden is a councillor.", "The Jewish museum is open."),
        ),
    },
    "politics": {
        "politics.vote": (
            ("I voted Labour all my life.", "I'll be voting for the Greens."),
            ("I vote we go to the pub.", "The Labour government lost the vote.", "Voters left the Conservatives."),
        ),
        "politics.poll": (
            ("I voted for her in the by-election.", "Walked to the polling station and I voted."),
            ("The by-election is on Thursday.", "I voted for the cat photo."),
        ),
        "politics.brexit": (("I voted remain and I would again.",), ("Please remain seated.", "I leave at eight.")),
        "politics.joining": (
            ("I joined the Green Party today.", "I'm campaigning for Plaid Cymru."),
            ("I joined the choir.", "The Green Party has a new logo."),
        ),
        "politics.being": (
            ("As a socialist I share the cake.", "I am a lifelong Tory."),
            ("Socialist realism on show.", "A liberal helping of gravy."),
        ),
        "politics.member": (
            ("As a Labour councillor I open fairs.", "I am a Conservative party activist."),
            ("The Labour councillor left early.", "I am a choir member."),
        ),
        "politics.person": (
            ("My dad votes Tory.", "My boss is a Labour man."),
            ("My dad votes on every jam.", "The mayor is Labour."),
        ),
    },
    "sexual-orientation": {
        "orientation.being": (
            ("As a gay man I was nervous.", "I'm bisexual."),
            ("The gay bar has closed.", "We saw a queer film festival poster."),
        ),
        "orientation.disclosure": (("I came out to my parents in June.",), ("The sun came out at noon.",)),
        "orientation.person": (
            ("My brother is gay.", "Osric Dunmore is openly gay."),
            ("My brother is late.", "Gay people should be barred."),
        ),
    },
    "ethnicity": {
        "race.people": (
            ("As a young Black woman I was stopped twice.", "I'm a mixed-race kid from the coast."),
            ("A black cat crossed the road.", "I'm a tall man."),
        ),
        "race.being": (
            ("I'm black and from Eastwold.", "I am mixed race."),
            ("I'm Black Friday shopping.", "The van is white.", "Turkish government officials met."),
        ),
        "race.heritage": (
            ("I am of Bengali descent.", "Proud of my Romani heritage."),
            ("The heritage railway runs on Sunday.", "My leeks have strong roots."),
        ),
        "race.person": (
            ("My wife is Somali.", "Priya Venn is Asian."),
            ("My wife is late.", "The coffee is black."),
        ),
    },
    "criminal-offence": {
        "criminal.own": (
            ("I was arrested at nineteen.", "My criminal record keeps me from work."),
            ("A man was arrested at the depot.", "My record collection is large."),
        ),
        "criminal.person": (
            ("Osric Dunmore was convicted of theft.", "My uncle was jailed in May."),
            ("A man of forty was convicted of theft.", "Osric Dunmore was late."),
        ),
        "criminal.record": (
            ("Osric Dunmore has a criminal record.", "My cousin has two previous convictions."),
            ("Applicants with a criminal record may apply.", "My cousin has two vans."),
        ),
    },
    "union": {
        "union.activity": (
            ("On the picket line since five.", "I have been a rep of our trade union for a year."),
            (
                "The European Union agreed.",
                "The students' union bar is shut.",
                "Rugby union on Sunday.",
                "Western Union is closed.",
            ),
        ),
        "union.organisation": (
            ("I joined Unison last week.", "ASLEF members meet at the depot."),
            ("They sang in unison.", "The GMB logo is orange."),
        ),
        "union.strike": (
            ("We are on strike tomorrow.", "The strike was for better pay."),
            (
                "An air strike hit the depot where staff slept.",
                "Lightning strikes and the staff ran.",
                "Three strikes and out.",
            ),
        ),
    },
    "whistleblowing": {
        "whistleblowing.disclosure": (
            ("I have raised a protected disclosure.", "I am a whistleblower now."),
            ("The referee blew for time.", "Full disclosure: I love soup."),
        ),
        "whistleblowing.report": (
            ("I reported my manager for falsified inspections.", "We raised concerns about safety with the regulator."),
            ("I have reported the post.", "I raised leeks on the plot at work.", "The company reported fraud."),
        ),
        "whistleblowing.pay": (("They owe us unpaid wages.",), ("The wages of sin.",)),
    },
    **PLACE_ROWS,
    **CATEGORY_ROWS,
    "characteristics": {
        "age.years": (("I am a 32-year-old woman.", "I was only 19 years old."), ("A 32-year-old tree fell.",)),
        "age.aged": (("I turned 40 on Monday.", "I'm 27 and tired."), ("I'm 20 minutes late.", "I am 95% sure.")),
        "age.birthday": (("Cake for my 40th birthday.",), ("Cake for the 40th visitor.",)),
        "age.generation": (("As a pensioner I travel free.",), ("A pensioner found the ring.",)),
        "sex.being": (("As a woman on nights I walk fast.", "I'm just a lad from the coast."), ("A woman waved.",)),
        "sex.pronouns": (("Trains, leeks. She/her.",), ("She waved to her.",)),
        "sex.parent": (("Proud mum and dispatcher.", "Dad of two."), ("The dad jokes are bad.",)),
        "sex.reassignment": (("I am trans.", "As a trans woman I queue too."), ("A trans-Pennine train.",)),
        "sex.transition": (("Two years since I transitioned.",), ("The transition to steam.",)),
        "marriage.spouse": (("My husband cooked.", "My late wife knew."), ("A wife and a husband waved.",)),
        "marriage.married": (
            ("I'm divorced.", "I am recently married."),
            ("They are married.", "The line is engaged."),
        ),
        "nationality.being": (
            ("I'm Polish.", "As an Irish dispatcher I talk."),
            ("The Polish embassy.", "I'm at the Irish embassy."),
        ),
        "nationality.passport": (("My passport expired.", "My British citizenship came."), ("A passport was found.",)),
    },
    "threats": {
        "REL-THREAT-1": (
            (
                "If Colin turns up at the depot again I will kill him.",
                "I'm going to stab whoever did this.",
                "i w1ll k1ll you",
            ),
            (
                "I could murder a curry.",
                "I'll kill for a coffee.",
                "My boss will murder me.",
                "He will kill it on stage.",
            ),
        ),
        "REL-THREAT-2": (
            ("If I find him there I will break his legs.", "We'll smash your face in."),
            ("I will break the record.", "Her legs hurt.", "He will break his legs on that step."),
        ),
        "REL-THREAT-3": (
            ("Let's burn down that mosque.", "I am going to firebomb his house."),
            ("The mosque burned down.", "I will set the dance floor on fire."),
        ),
        "REL-THREAT-4": (
            ("Cyclists should be thrown off the train.", "Somebody should shoot that councillor."),
            ("They should be paid.", "Old rails should be thrown away.", "You should be there."),
        ),
        "REL-THREAT-5": (
            ("You're a dead man, Hugh.", "Accidents happen to people like you."),
            ("The man is dead.", "Mind your back on the stairs."),
        ),
        "REL-THREAT-6": (
            ("I'll be waiting for him with a baseball bat.", "We are coming for you with knives."),
            ("He hit a six with a new bat.", "Waiting for the bus with a brick of a book."),
        ),
        "REL-THREAT-7": (
            ("He got beaten up and he deserved it.", "Good riddance, they were shot dead."),
            ("She deserved the prize.", "They were attacked by wasps."),
        ),
        "REL-THREAT-8": (
            ("Say that once more and I will put you through that window.", "I'm going to knock him out."),
            ("She will put you through to the desk.", "The noise will knock you out."),
        ),
        "REL-THREAT-9": (
            ("I hope you die in pain.", "I hope the vicar gets stabbed."),
            ("I hope you dine well.", "The battery will die, I hope."),
        ),
        "REL-THREAT-10": (
            ("We need to kill the cops.", "Somebody needs to murder them."),
            ("We need to kill time.", "Somebody needs to mend them."),
        ),
        "REL-THREAT-11": (
            ("She should drop dead.", "They can burn in hell."),
            ("Prices should drop.", "Logs can burn all night."),
        ),
        "REL-THREAT-12": (
            ("You won't make it home.", "You're leaving in an ambulance.", "They will find him, found in a ditch."),
            ("The bus won't make it home.", "The ambulance was leaving.", "Geese found in a field."),
        ),
        "REL-THREAT-13": (
            ("I'm stabbing you on Monday.", "We're burying that councillor.", "I'm poking you up."),
            ("I'm stabbing at the soil.", "You're killing me.", "We're burying the hatchet."),
        ),
        "REL-THREAT-14": (
            ("You will laugh with a knife in your neck.", "A bullet for your head."),
            ("He was found with a knife in his chest.", "A knife for your cheese.", "Your head for numbers."),
        ),
        "REL-THREAT-16": (
            ("Watch your back, Hugh.", "I know where you live."),
            ("I know where you parked.", "Mind your back on the stairs."),
        ),
        "REL-THREAT-15": (
            ("Somebody should shoot up that synagogue.", "We need to burn down the mosque."),
            ("Somebody should sweep that synagogue.", "The mosque burned down.", "We need to burn down the debt."),
        ),
    },
    "discrimination": DISCRIMINATION_ROWS,
    "told-of-others": TOLD_ROWS,
    "disclosure": {
        "REL-DISCLOSE-1": (
            ("Attached the custody log from last night.", "Here's a screenshot of the passenger database."),
            (
                "The custody log is kept for six years.",
                "Screenshot of my garden.",
                "A screenshot of the database schema is in our database docs.",
            ),
        ),
        "REL-DISCLOSE-2": (
            (
                "I'm not allowed to share this, but the suspect works at the bank.",
                "Don't tell anyone: the redundancies come in May.",
            ),
            ("Don't tell anyone about the party.", "The suspect was seen at nine."),
        ),
        "REL-DISCLOSE-3": (
            ("I ran his number plate at work.", "I looked her up on our system."),
            ("His number plate was muddy.", "I looked up the train."),
        ),
        "REL-DISCLOSE-4": (
            ("Here is the informant's name.", "I'm posting the door codes for the archive."),
            (
                "The informant's name was never known.",
                "Here is a photo of my door.",
                "Here's a unit test with the admin password.",
            ),
        ),
    },
}
"""By lexicon and rule: what must match, what must not."""
