"""Rows for the rules on hate: what must match beside what must not. All of it is invented."""

from __future__ import annotations

Rows = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

DISCRIMINATION_ROWS: Rows = {
    "REL-DISCRIM-1": (
        (
            "We should never hire Romanians.",
            "Muslims should be banned.",
            "Women shouldn't be allowed on the footplate.",
        ),
        (
            "Women are never late here.",
            "Muslims prayed in the park.",
            "Dogs should be banned from the platform.",
            "People who say Muslims should be kind are right.",
        ),
    ),
    "REL-DISCRIM-2": (
        ("We should deport the Irish.", "It's time to segregate migrants."),
        ("The minister wants to deport migrants.", "We should help migrants."),
    ),
    "REL-DISCRIM-3": (
        ("Women belong in the kitchen.", "Foreigners should stay in their own country."),
        ("The pans belong in the kitchen.", "Women who cook stay in the kitchen all day."),
    ),
    "REL-DISCRIM-4": (
        (
            "Immigrants are all thieves.",
            "Women are too emotional.",
            "Romanian people are nothing but vermin.",
            "Disabled workers are a burden.",
        ),
        (
            "Immigrants are welcome.",
            "Thieves are all in prison, and women are safe.",
            "Women who drive tractors are useless at parking.",
        ),
    ),
    "REL-DISCRIM-5": (
        ("Why are women so stupid?", "Aren't refugees such parasites?"),
        ("Why are women so tired?", "Why are stupid hats worn by women?"),
    ),
    "REL-DISCRIM-6": (
        (
            "I hate immigrants.",
            "I can't stand the Irish.",
            "I really despise gay people.",
            "I am sick of Polish drivers.",
        ),
        ("I hate Mondays.", "Immigrants hate queues.", "I hate gay bars closing.", "I hate to see women leave."),
    ),
    "REL-DISCRIM-7": (
        ("I will never respect women.", "You can never trust Jews."),
        ("Women will never respect him.", "I will never trust a man who shouts at women."),
    ),
    "REL-DISCRIM-8": (
        ("Dirty pikeys on the platform.", "These spics again."),
        ("Retarded ignition in old engines.", "A walk along Offa's Dyke.", "You stupid retard."),
    ),
    "REL-DISCRIM-9": (
        ("Women can't drive trains.", "Black people should never be police officers."),
        ("Women drive trains.", "Trains can't drive themselves, women say."),
    ),
    "REL-DISCRIM-10": (
        ("Migrants make my skin crawl.", "Gays disgust me."),
        ("Migrants cheer me up.", "Slugs disgust me, says the women's page."),
    ),
    "REL-DISCRIM-11": (
        ("Immigrants ruin everything.", "Muslims are destroying our country."),
        ("Floods ruin everything.", "Immigrants paint our town hall."),
    ),
    "REL-DISCRIM-12": (
        ("Thieving Romanians on the line again.", "Bloody foreigners."),
        ("The dirty train brought Romanians.", "Lazy Sunday, and women in hats."),
    ),
    "REL-DISCRIM-13": (("Muslim scum on the bus.", "Immigrant vermin."), ("The scum on the pond.", "A Muslim baker.")),
    "REL-DISCRIM-14": (
        ("Death to the Jews.", "To hell with refugees."),
        ("Death to slugs.", "The nazis shouted death to the Jews."),
    ),
    "REL-DISCRIM-15": (
        ("Women are not intelligent.", "Gays will never be normal."),
        ("Women are not late.", "Intelligent lamps are not for women only."),
    ),
    "REL-DISCRIM-16": (
        ("Refugees don't deserve respect.", "Women deserve no rights."),
        ("Refugees deserve respect.", "Women don't deserve to be shouted at."),
    ),
    "REL-DISCRIM-17": (
        ("No Muslim deserves to live.", "Not a single immigrant deserves our help."),
        ("No dog deserves to live in the rain.", "No Muslim deserves hate."),
    ),
    "REL-DISCRIM-18": (
        ("None of these refugees deserve help.", "No women deserve a vote."),
        ("None of these refugees deserve hate.", "No trains deserve help."),
    ),
    "REL-DISCRIM-19": (
        ("No immigrant can be trusted, no immigrant is honest.", "There is no Jew who is honest."),
        ("No train is honest.", "No immigrant is late."),
    ),
    "REL-DISCRIM-20": (
        ("There is nothing good about gays.", "Nobody likes immigrants."),
        ("There is nothing good about rain.", "Nobody likes slugs."),
    ),
    "REL-DISCRIM-21": (
        ("The world would be a better place if gays disappeared.", "I wouldn't care if Muslims died."),
        ("The world would be a better place with more soup.", "Women disappeared from the pictures."),
    ),
    "REL-DISCRIM-22": (
        ("I don't want Muslims in my street or in my country.", "Too many foreigners around here."),
        ("I don't want slugs in my country garden.", "Women here want lamps."),
    ),
    "REL-DISCRIM-23": (("They let another kike in.", "Faggots."), ("Retard the growth of weeds.", "A poof of smoke.")),
    "REL-DISCRIM-24": (("You stupid whore.", "Nothing but sluts."), ("The bitch had six puppies.", "You stupid lamp.")),
    "REL-DISCRIM-25": (("The only good Muslim is a quiet one.",), ("The only good lamp is a lit one.",)),
    "REL-DISCRIM-26": (("Men are superior to women.",), ("Butter is superior to oil.",)),
    "REL-DISCRIM-27": (
        ("I want to kill Muslims.", "We should shoot all immigrants.", "Let's beat up gays."),
        ("I want to help Muslims.", "He wanted to kill Jews.", "I want to kill time."),
    ),
    "REL-DISCRIM-28": (
        ("Refugees should be thrown off the train.", "Gays deserve to die.", "All Jews must be exterminated."),
        ("Refugees should be fed.", "Rails should be thrown away."),
    ),
    "REL-DISCRIM-29": (
        ("I hope all immigrants die.", "Let the Muslims burn."),
        ("I hope immigrants stay.", "I hope the lamps burn."),
    ),
    "REL-DISCRIM-30": (
        (
            "I'd rather die than be gay. Thank god I'm not a Muslim.",
            "I would disown my son if he were gay; disown my gay son.",
        ),
        ("I'd rather die than miss soup.", "Thank god I'm not late."),
    ),
    "REL-DISCRIM-31": (
        ("Women should obey.", "Immigrants must stop complaining."),
        ("Dogs should obey.", "Women obey the signal."),
    ),
    "REL-DISCRIM-32": (
        ("Immigrants never contribute.", "Women don't belong here."),
        ("Immigrants contribute a lot.", "Lamps don't belong here."),
    ),
    "REL-DISCRIM-33": (
        ("How can anyone respect women?", "Nobody could ever love Muslims."),
        ("How can anyone respect that referee?", "Nobody could hear the women."),
    ),
    "REL-DISCRIM-34": (
        ("Gays make me sick.", "Immigrants make my blood boil."),
        ("Mushrooms make me sick.", "Women make me laugh."),
    ),
    "REL-DISCRIM-35": (
        ("Disgusting people like immigrants.", "Vermin such as Jews."),
        ("Lovely people like immigrants.", "Vermin such as slugs."),
    ),
    "REL-DISCRIM-36": (
        ("I will kill the next Muslim I see.", "I want to punch a gay man."),
        ("I will kill the next slug.", "I want to hug a gay man."),
    ),
    "REL-DISCRIM-37": (
        ("We will make Muslims suffer.", "I want to put gays in the ground."),
        ("We will make Muslims tea.", "The rain will make women suffer."),
    ),
    "REL-DISCRIM-38": (
        ("Your days are numbered, Muslims.", "Watch your back, gays."),
        ("The days are numbered in the diary.", "Women watch your step."),
    ),
    "REL-DISCRIM-39": (
        ("I will kill you, Muslim.", "I'm going to beat you up, foreigner."),
        ("I will kill you at chess, Tom.", "I will call you, women's officer."),
    ),
    "REL-DISCRIM-40": (
        ("Gays always lie.", "Immigrants only steal."),
        ("Immigrants always wave.", "Lamps always lie on the table."),
    ),
    "REL-DISCRIM-41": (("She's a lying whore.", "You absolute cunt."), ("A rake and a hoe.", "You absolute hero.")),
    "REL-DISCRIM-42": (
        ("You fag.", "Those dykes again.", "I hate coons.", "Shut up, bitch."),
        ("Can I pinch a fag off you?", "We walked the dyke.", "You borrowed my hoe.", "The coon tipped the bins."),
    ),
    "REL-DISCRIM-43": (
        ("You're a fag.", "What a complete retard.", "That dumb bitch.", "She is such a dirty slag."),
        ("It's a fag packet.", "What a complete mess, that hoe.", "That dog is a bitch.", "You're on a fag break."),
    ),
    "REL-DISCRIM-44": (
        ("My neighbour is a tranny.", "Her son is such a poof.", "Hugh Bell is a fag."),
        ("Monday is a bitch.", "This is a fag, that is a pipe.", "The wall there is a dyke."),
    ),
    "REL-DISCRIM-45": (
        ("Fags like you ruin it.", "Dykes should be banned.", "Coon trash.", "The retard should just leave."),
        ("Fags should cost more, and less is wasted.", "The dykes hold the sea.", "Crackers with brie."),
    ),
    "REL-DISCRIM-46": (
        ("That fag over there.", "Some bitch took it.", "That nigga can dream."),
        ("A fag break.", "Hoes, rakes and spades.", "That lamp over there."),
    ),
    "REL-DISCRIM-47": (
        ("That tranny is disgusting.", "Queers are all vermin."),
        ("The dyke is four metres high.", "That lamp is disgusting.", "The queer who wrote this is loved."),
    ),
    "REL-DISCRIM-48": (
        ("Chinese are dirty.", "Irish are all thieves."),
        ("Chinese lamps are dirty.", "The Irish are all thieves.", "Chinese is hard.", "Irish are who I sing with."),
    ),
    "REL-DISCRIM-49": (
        ("They breed like rats, these migrants.", "Gonna take our jobs, the Poles."),
        ("They breed like rats, these mice.", "These migrants work.", "We smell the roses."),
    ),
    "REL-DISCRIM-50": (
        ("There's no such thing as trans, just perverts.", "No such thing as a gay, only freaks."),
        ("There's no such thing as a free lunch.", "There is no such thing as an illegal immigrant."),
    ),
    "REL-DISCRIM-51": (
        ("Being gay is a sin.", "Being trans is just a mental illness."),
        ("Being gay is fine.", "Being late is a sin.", "Being deaf is no disease, who says so?"),
    ),
}
"""By rule of the lexicon of discrimination."""
