# ruff: noqa: RUF001 - names stand in their own letters
"""Invented names of many cultures: forms of one name beside names of two people; and the same decision whatever the origin."""

import pytest

from footprint.attribution.mentions import mentions
from footprint.attribution.names import compare

SAME = [
    ("Марина Щербакова", "Marina Shcherbakova"),
    ("Щербакова Марина", "Marina Shcherbakova"),
    ("Сергей Ковтун", "Sergey Kovtun"),
    ("Νίκος Παπαδάκης", "Nikos Papadakis"),
    ("გიორგი ბერაძე", "Giorgi Beradze"),
    ("김하늘", "Kim Haneul"),
    ("김하늘", "Haneul Kim"),
    ("Kim Ha-neul", "Kim Haneul"),
    ("Wang Xiao-mei", "Xiaomei Wang"),
    ("王小梅", "王 小梅"),
    ("马小丽", "馬小麗"),
    ("Jörg Kähler", "Joerg Kaehler"),
    ("Jörg Kähler", "Jorg Kahler"),
    ("Åse Lie", "Aase Lie"),
    ("Lê Thị Bình", "Le Thi Binh"),
    ("Ayşe Yıldırım", "Ayse Yildirim"),
    ("Abdulkarim Haddad", "Abd al-Karim Haddad"),
    ("Inés Ramos Vidal", "Ines Ramos"),
    ("João da Costa Vale", "Joao Vale"),
    ("Mara Quill-Marsh", "Mara Marsh"),
    ("Ivan Petrovich Kovtun", "Ivan Kovtun"),
    ("Omar bin Tarif Haddad", "Omar Tarif Haddad"),
    ("MaraQuill", "Mara Quill"),
    ("Mara Quill Jr", "Mara Quill"),
    ("Chief Adaeze Nwosu", "Adaeze Nwosu"),
    ("Nwosu, Adaeze", "Adaeze Nwosu"),
]
SIMILAR = [
    ("Sergey Kovtun", "Sergei Kovtun"),
    ("Wladimir Kowtun", "Vladimir Kovtun"),
    ("أحمد حداد", "Ahmad Haddad"),
    ("מרים לוין", "Miriam Levin"),
    ("王小梅", "Wang Xiaomei"),
    ("タナカ・ユミ", "Yumi Tanaka"),
    ("गीता वर्मा", "Gita Varma"),
    ("Bob Marsh", "Robert Marsh"),
    ("Mara Brody", "Mara Brady"),
    ("Anna-Lena Kos", "Anna Lina Kos"),
    ("Josefine Kahler", "Josephine Kahler"),
    ("Muammar Qaddur", "Moammar Gaddur"),
    ("Hannibor", "Hannibol"),
    ("Konstantinopolski Ilja", "Konstantinupolsky Ilja"),
    ("A. Nwosu", "Adaeze Nwosu"),
    ("Mara Bissell", "Mara Wissell"),
    ("Jane Mara Ida Quill", "Mara Jane Ida Quill"),
    ("Hsiao Chin-mei", "Hsiao Jinmei"),
]
OTHER = [
    ("Marina Kovtun", "Mariana Kos"),
    ("Ivan Kovtunov", "Ivan Kovtunova"),
    ("Angelo Marsh", "Angela Marsh"),
    ("Simon Marsh", "Simone Marsh"),
    ("Ali bin Omar", "Omar bin Ali"),
    ("Ivan Petrovich Kovtun", "Ivan Sergeevich Kovtun"),
    ("Mara Quill Jr", "Mara Quill Sr"),
    ("王小梅", "王小明"),
    ("김하늘", "김하은"),
    ("أحمد حداد", "Mona Haddad"),
    ("Kim Ha-neul", "Kim Da-eun"),
    ("Adaeze Nwosu", "Ngozi Nwosu"),
    ("Tariq Haddad al-Basri", "Tariq Haddad al-Mawsili"),
    ("Inés Ramos Vidal", "Inés Ramos Otero"),
    ("Mara Quill", "Mara Jane Ida Ann Quill"),
    ("Bora Kos", "Cora Kos"),
    ("Mara B. Quill", "Mara Jane Quill"),
    ("Li Na", "Li Wu"),
    ("Ana Kos", "Anna Marsh"),
    ("Adaezenna Q. Nwosu", "Adaezenta Nwosu"),
    ("Tom Lark", "Tim Lurk"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_one_name_in_two_writings_is_the_same(first: str, second: str) -> None:
    """Alphabet, order, particles, titles, umlauts and hyphens do not make another name."""
    assert compare(first, second).is_same
    assert compare(second, first).is_same


@pytest.mark.parametrize(("first", "second"), SIMILAR)
def test_what_could_be_the_same_name_is_only_similar(first: str, second: str) -> None:
    """Sound, short form, misspelling, initial and a script without vowels leave it open."""
    for fit in (compare(first, second), compare(second, first)):
        assert fit.is_similar
        assert fit.could_be
        assert not fit.is_same


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_names_of_two_people_are_not_alike(first: str, second: str) -> None:
    """A word of its own on either side, another ending, father or generation is another name."""
    assert not compare(first, second).could_be
    assert not compare(second, first).could_be


def test_many_words_that_are_all_alike_are_paired_once_each() -> None:
    """Where too many assignments are possible, the best pair goes first, and no word is used twice."""
    pairs = compare("Marlena Marlina Marlona Marluna", "Marlana Marlyna Marlenna Marlunna").pairs

    assert len({pair.first for pair in pairs}) == len(pairs) == len({pair.second for pair in pairs})


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("昨天王小梅说话了。", "王小梅", ["王小梅"]),
        ("王梅, 王梅英", "王梅", ["王梅"]),
        ("Вчера Мара Квилл пришла", "Мара Квилл", ["Мара Квилл"]),
        ("Вчера Мара Ковтун пришла", "Mara Kovtun", ["Мара Ковтун"]),
        ("Jörg Kähler kam", "Jorg Kahler", ["Jörg Kähler"]),
    ],
)
def test_a_name_is_found_in_other_scripts(text: str, name: str, found: list[str]) -> None:
    """Without spaces a name is found letter by letter, a short one only where it stands alone; alphabets are romanised."""
    assert [text[mention.start : mention.end] for mention in mentions(text, name)] == found


TEMPLATES = {
    "same": ("{given} {family}", "{family}, {given}", "same"),
    "title": ("Dr {given} {family}", "{given} {family}", "same"),
    "middle": ("{given} Q. {family}", "{given} {family}", "same"),
    "initial": ("{initial}. {family}", "{given} {family}", "similar"),
    "given alone": ("{given}", "{given} {family}", "other"),
    "other family": ("{given} {family}", "{given} Featherstone", "other"),
    "other given": ("Evelyn {family}", "{given} {family}", "other"),
    "upper case": ("{upper}", "{given} {family}", "same"),
}
ORIGINS = [
    ("Oliver", "Marsh"),
    ("Adaeze", "Nwosu"),
    ("Ngozi", "Okafor"),
    ("Fatima", "Haddad"),
    ("Tariq", "Rahman"),
    ("Gurpreet", "Singh"),
    ("Priya", "Varma"),
    ("Xiaomei", "Wang"),
    ("Minjun", "Kang"),
    ("Yumi", "Tanaka"),
    ("Thuy", "Nguyen"),
    ("Katarzyna", "Nowak"),
    ("Sergey", "Kovtun"),
    ("Inés", "Ramos"),
    ("João", "Vale"),
    ("Ayşe", "Yıldırım"),
    ("Miriam", "Malki"),
    ("Siobhán", "Daly"),
    ("Jörg", "Kähler"),
    ("Kahurangi", "Tamihana"),
]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("given", "family"), ORIGINS)
def test_the_origin_of_a_name_does_not_change_the_decision(template: str, given: str, family: str) -> None:
    """The same relation between two names gets the same answer, whatever the language of the name."""
    first, second, expected = TEMPLATES[template]
    words = {"given": given, "family": family, "initial": given[0], "upper": f"{given} {family}".upper()}
    fit = compare(first.format(**words), second.format(**words))

    assert ("same" if fit.is_same else "similar" if fit.is_similar else "other") == expected
