"""Sentences for the rules of the categories beyond hate, threats and disclosure, and of what speaks for the candidate. All invented."""

from __future__ import annotations

Rows = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

CATEGORY_ROWS: dict[str, Rows] = {
    "harassment": {
        "REL-HARASS-1": (
            ("Everyone, spam her inbox tonight until she resigns.", "I'm going to make his life hell at that school."),
            ("Spam filters flood her inbox with nothing.", "Let's make their wedding day lovely."),
        ),
        "REL-HARASS-2": (
            ("Here is her home address, go say hello from all of us.", "This is where he lives, you know what to do."),
            ("Here is her home address for the Christmas cards.", "This is where he lives with two cats."),
        ),
        "REL-HARASS-3": (
            ("Nobody would miss you, you know.", "Do everyone a favour and end it."),
            ("We miss you at the choir.", "Do me a favour and end the meeting early."),
        ),
        "REL-HARASS-4": (
            (
                "I followed her home again and she has no idea.",
                "She blocked me and I keep messaging her until she answers.",
            ),
            ("The dog followed her home.", "Follow the link to the home page."),
        ),
        "REL-HARASS-5": (
            ("We made the new girl cry again, hilarious.", "I bullied him until he quit, best day of the year."),
            ("I made her cry with my wedding speech, I love her.", "The film made him cry again."),
        ),
        "REL-HARASS-6": (
            ("Send me a pic or your boss sees the old ones.", "Pay me or I tell your wife."),
            ("Send me a postcard or a letter.", "Pay me on Friday, your boss knows."),
        ),
        "REL-HARASS-7": (
            ("Keep reporting him lads.", "Flood her inbox, pass it on."),
            ("Keep reporting potholes, everyone.", "Lads, mind the inbox."),
        ),
    },
    "sexual-misconduct": {
        "REL-SEXUAL-1": (
            ("Oi love, get your tits out.", "Send me nudes, darling."),
            ("Send me notes, darling.", "Get your coat, love."),
        ),
        "REL-SEXUAL-2": (
            (
                "I pinched her bum on the way out and she jumped.",
                "I grabbed the waitress on a dare, we grabbed her arse.",
            ),
            ("A stranger grabbed her bum and I reported it.", "I grabbed her bag from the bar."),
        ),
        "REL-SEXUAL-3": (
            ("I'm posting my ex's nudes tonight.", "Got some upskirts from the festival, DM me for more."),
            ("Posting nudes of her is a crime, says the law.", "Here are photos of her in the garden."),
        ),
        "REL-SEXUAL-4": (
            ("She said no but I knew better.", "Spiked her drink, works every time."),
            ("The victims said no.", "Nobody is asking for it, whatever they wear."),
        ),
        "REL-SEXUAL-5": (
            ("Some of my pupils are so fit.", "That one is jailbait, mate."),
            ("Some of my pupils are so funny.", "The novel was banned as jailbait, said the court."),
        ),
    },
    "drugs": {
        "REL-DRUGS-1": (
            ("I did lines of coke at the wedding.", "We took mdma at the festival and danced till six."),
            ("I took pills for my blood pressure.", "I pulled weed from the path, then I smoked a ham."),
        ),
        "REL-DRUGS-2": (
            ("DM me for ket, top quality.", "Selling weed, delivered to your door."),
            ("Police seized weed for sale behind the bakery.", "Selling weed killer at the garden centre."),
        ),
        "REL-DRUGS-3": (
            ("Stoned at work again and nobody noticed.", "Did a line before my shift."),
            ("Tripping over cables at work since nine; the doctor laughed.", "Smoked a salmon before the guests came."),
        ),
    },
    "fraud": {
        "REL-FRAUD-1": (
            ("I pulled a sickie to watch the cricket.", "I phoned in sick so I could go to the beach."),
            ("I phoned in sick with the flu.", "The police arrested someone with a fake sick note."),
        ),
        "REL-FRAUD-2": (
            ("I padded my expenses by two hundred quid.", "We set fire to it for the insurance money."),
            ("I sent my expenses late again.", "The court heard he fiddled the expenses."),
        ),
        "REL-FRAUD-3": (
            ("I lied on my CV and got the job.", "I paid someone to write my dissertation."),
            ("I updated my CV on the train.", "The lecturer was convicted over a fake degree."),
        ),
        "REL-FRAUD-4": (
            ("Selling fake IDs, DM me for prices.", "Cloned cards for sale."),
            ("Police found cloned cards for sale.", "Selling gift cards for the school."),
        ),
        "REL-FRAUD-5": (
            ("I nicked forty quid from the till.", "We helped ourselves; I pocketed the petty cash."),
            ("I nicked a pen from the office.", "Someone stole the lamp from work and I reported it."),
        ),
    },
    "extremism": {
        "REL-EXTREM-1": (
            ("Long live Atomwaffen.", "I support ISIS and always will."),
            ("We support the victims of ISIS.", "I support the museum."),
        ),
        "REL-EXTREM-2": (
            ("White power, lads.", "Hitler was right all along."),
            ("The lecture is on the slogan 'sieg heil'.", "White wine, lads."),
        ),
        "REL-EXTREM-3": (
            ("Brothers, join Islamic State while you can.", "I'm going to send money to al-Shabaab."),
            ("He was jailed: he tried to join Islamic State.", "Everyone, join the museum."),
        ),
        "REL-EXTREM-4": (
            ("Breivik did nothing wrong.", "Tarrant is a hero, we need more like him."),
            (
                "Breivik was sentenced; the real heroes were the doctors.",
                "The king met the survivors of the Nice attack.",
            ),
        ),
    },
    "disrepute": {
        "REL-DISREPUTE-1": (
            (
                "I hate the residents at the home I work in, every shift.",
                "Everyone on my ward is vile: patients are scum.",
            ),
            ("Patients deserve better on my ward.", "I hate the lamps at work."),
        ),
        "REL-DISREPUTE-2": (
            ("I flashed my warrant card to skip the queue.", "I switched off my body cam and then we talked."),
            (
                "I flashed my lights to let the bus in.",
                "The inquiry heard that I binned the complaint, which is false.",
            ),
        ),
        "REL-DISREPUTE-3": (
            ("Ignored the buzzers on nights again lol.", "Slept through my shift, easy money."),
            (
                "Slept through my alarm and was late for work.",
                "The film is about a guard who slept through his shift, lol.",
            ),
        ),
        "REL-DISREPUTE-4": (
            ("I took a bribe and bought a boat.", "We falsified the records before the visit."),
            ("I took a bride and groom to the beach.", "Nobody should say that I took a bribe: I refused."),
        ),
    },
    "mitigating": {
        "apology.said": (
            ("I'm sorry for what I wrote last night.", "I was wrong to post that."),
            ("I'm sorry for the delay.", "Sorry seems to be the hardest word."),
        ),
        "withdrawal.said": (
            ("I deleted that post an hour later.", "I take that back."),
            ("The forum deleted the thread.", "Take the bin back."),
        ),
        "community-work.told": (
            ("I volunteered at the food bank again.", "We are raising money for the hospice."),
            ("The firm raised money for a merger.", "Volunteers wanted."),
        ),
        "support.told": (
            ("I stood up for my neighbours at the meeting.", "We marched with the refugees on Saturday."),
            ("I stood up for the anthem.", "They marched with drums."),
        ),
    },
}
