"""Bylines taken apart: people and agencies, without roles, addresses, days and what systems write where no name was given."""

import pytest

from pipelines.bywords import words
from pipelines.hanbylines import han_byline
from pipelines.names import agency_of, handle, introduced, named_in, nobody, person_like
from pipelines.outlets import desk


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Jane Doe and Bao Li", ("Jane Doe", "Bao Li")),
        ("Written by Jane Doe | Staff Writer", ("Jane Doe",)),
        ("Jane Doe, Senior Reporter", ("Jane Doe",)),
        ("Jane Doe, PhD", ("Jane Doe",)),
        ("ByJane Doe", ("Jane Doe",)),
        ("Jane Doe <jane@news.example>", ("Jane Doe",)),
        ("Jane Doe @janedoe", ("Jane Doe",)),
        ("Doe, Jane", ("Doe, Jane",)),
        ("Jane Doe for The Daily Example", ("Jane Doe",)),
        ("Posted on September 21, 2020 by Jane Doe", ("Jane Doe",)),
        ("21 January 2022 // Jane Doe", ("Jane Doe",)),
        ("Jane Doe; Bao Li", ("Jane Doe", "Bao Li")),
        ("Jane Doe/Bao Li", ("Jane Doe", "Bao Li")),
        ("Von Erika Muster und Max Beispiel", ("Erika Muster", "Max Beispiel")),
        ("Erika Muster im Gespräch mit Max Beispiel", ("Erika Muster", "Max Beispiel")),
        ("Ein Beitrag von Erika Muster, Stand: 3.5.2021", ("Erika Muster",)),
        ("Par Marie Exemple et Jean Modèle", ("Marie Exemple", "Jean Modèle")),
        ("Por María Ejemplo y Juan Muestra Pérez", ("María Ejemplo", "Juan Muestra Pérez")),
        ("Di Maria Esempio", ("Maria Esempio",)),
        ("Door Jan Voorbeeld", ("Jan Voorbeeld",)),
        ("Автор: Иван Примеров", ("Иван Примеров",)),
        ("Текст: Анна Образцова, редактор", ("Анна Образцова",)),
        ("Yazan: Ayşe Örnek", ("Ayşe Örnek",)),
        ("Tác giả: Nguyễn Ví Dụ", ("Nguyễn Ví Dụ",)),
        ("Oleh Budi Contoh", ("Budi Contoh",)),
        ("بقلم: أحمد مثال", ("أحمد مثال",)),
        ("نویسنده: مریم نمونه", ("مریم نمونه",)),
        ("记者 张三 李四", ("张三", "李四")),
        ("记者张三", ("张三",)),
        ("佐藤 美和", ("佐藤 美和",)),
        ("王小明 陈大文", ("王小明", "陈大文")),
        ("文/王小明 图/李四", ("王小明",)),
        ("作者：王小明、陈大文", ("王小明", "陈大文")),
        ("撰文｜林小華 編輯｜何大年", ("林小華",)),
        ("홍길동 기자", ("홍길동",)),
        ("홍길동 기자 hong@news.example", ("홍길동",)),
        ("文＝山田太郎", ("山田太郎",)),
        ("โดย สมชาย ตัวอย่าง", ("สมชาย ตัวอย่าง",)),
        ("Redaktion", ("Redaktion",)),
    ],
)
def test_a_byline_gives_its_people(line: str, people: tuple[str, ...]) -> None:
    assert named_in([line]).people == people


@pytest.mark.parametrize(
    ("line", "people", "agencies"),
    [
        ("Jane Doe (dpa)", ("Jane Doe",), ("dpa",)),
        ("Jane Doe/AFP", ("Jane Doe",), ("AFP",)),
        ("AFP, MANILA", (), ("AFP",)),
        ("dpa/lno", (), ("dpa",)),
        ("Agence France-Presse", (), ("AFP",)),
        ("The Associated Press", (), ("AP",)),
        ("JANE DOE, AP Sports Writer", ("JANE DOE",), ("AP",)),
        ("The Example and Reuters", ("The Example",), ("Reuters",)),
        ("新华社", (), ("Xinhua",)),
        ("中央社", (), ("CNA",)),
        ("ТАСС", (), ("TASS",)),
        ("연합뉴스", (), ("Yonhap",)),
        ("الأناضول", (), ("Anadolu",)),
        ("Reuters, AP, AFP", (), ("Reuters", "AP", "AFP")),
    ],
)
def test_agencies_stand_apart_from_people(line: str, people: tuple[str, ...], agencies: tuple[str, ...]) -> None:
    found = named_in([line])
    assert (found.people, found.agencies) == (people, agencies)


@pytest.mark.parametrize(
    "line",
    ["admin", "Administrator", "Staff Writer", "editor", "webmaster", "No Author", "jane@news.example", "https://news.example/jane",
     "@jane", "管理员", "佚名", "Posted", "Photo: Jane Doe", "Foto von Erika", "3 Min", "12.05.2021", "", " | ", "“Quoted words”"],
)  # fmt: skip
def test_what_is_no_name_is_left_out(line: str) -> None:
    assert named_in([line]).people == ()


def test_a_name_is_kept_once_in_the_order_printed() -> None:
    assert named_in(["Jane Doe", "Bao Li and JANE DOE"]).people == ("Jane Doe", "Bao Li")


def test_initials_are_no_agency() -> None:
    assert agency_of("ap") is None
    assert agency_of("aa") is None
    assert agency_of("AP") == "AP"


def test_a_login_name_is_told_from_a_name() -> None:
    assert handle("jane_doe") and handle("jane-doe") and handle("freeman1984")
    assert not handle("Jane Doe") and not handle("Jean-Paul") and not handle("王小明")


def test_only_words_that_introduce_a_name_are_cut() -> None:
    assert introduced("By Jane Doe") == "Jane Doe"
    assert introduced("Bylaws of the club") is None
    assert introduced("Jane Doe") is None


@pytest.mark.parametrize("name", ["Jane Doe", "Ludwig van Beethoven", "王小明", "홍길동", "Иван Примеров", "JANE DOE", "أحمد مثال"])
def test_the_shape_of_a_person(name: str) -> None:
    assert person_like(name)


@pytest.mark.parametrize("line", ["Breaking", "The ban was lifted", "Section 230", "What now?", "记者从有关部门获悉"])
def test_the_shape_of_anything_else(line: str) -> None:
    assert not person_like(line)


def test_the_word_list_holds_no_word_under_two_agencies() -> None:
    owners: dict[str, str] = dict(words().agencies)
    assert len(owners) > 150
    assert not [alias for alias, name in owners.items() if nobody(alias) and name]


def test_a_hostile_line_is_read_at_once() -> None:
    for line in ("By " * 200, "a, " * 200, "and " * 150, "(" * 400, "1.1." * 100, "x" * 400, "A B " * 100, "/" * 400, "；" * 400):
        assert len(named_in([line]).people) <= 20


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("来源:新华社 作者:王晓明", ("王晓明",)),
        ("来源：某某网　作者：王晓明　编辑：李四", ("王晓明",)),
        ("发布时间：2024-03-05 作者：王晓明、李华 浏览：123", ("王晓明", "李华")),
        ("记者 王晓明 李华 北京报道", ("王晓明", "李华")),
        ("记者 王晓明 李华 发自北京", ("王晓明", "李华")),
        ("记者王晓明、李华北京报道", ("王晓明", "李华")),
        ("某某周末记者 王晓明", ("王晓明",)),
        ("〔記者王小明／台北報導〕", ("王小明",)),
        ("（記者王小明、陳大文綜合報導）", ("王小明", "陳大文")),
        ("王晓明/文", ("王晓明",)),
    ],
)
def test_labels_places_and_verbs_of_a_byline_in_han_letters_are_no_people(line: str, people: tuple[str, ...]) -> None:
    assert named_in([line]).people == people


def test_a_sentence_about_reporters_names_nobody() -> None:
    for line in ("记者从有关部门获悉", "记者了解到，该平台已被封禁", "有记者提问", "记者会上"):
        assert han_byline(line) is None


@pytest.mark.parametrize(
    "name", ["admin_ex", "ex_admin", "Ex Admin", "site-admin", "Administrator 2", "editor1", "webmaster_x", "админ сайта"]
)
def test_login_names_of_systems_are_nobody(name: str) -> None:
    assert named_in([name]).people == ()


@pytest.mark.parametrize(
    "name",
    [
        *("Editorial Team", "The Editorial Board", "Ex News Desk", "Ex Staff", "Our Special Correspondent", "Web Desk", "Redaktion"),
        *("Die Redaktion", "Sportredaktion", "Online-Redaktion", "La rédaction", "Redacción", "Redação Exemplo", "La Redazione"),
        *("Redactie", "Redakcja", "Редакция", "Отдел новостей", "Haber Merkezi", "هيئة التحرير", "تحریریه"),
        *("某某编辑部", "某報編輯部", "某新聞編集部", "온라인뉴스팀", "Ban Biên tập", "Tim Redaksi"),
    ],
)
def test_a_desk_is_no_person(name: str) -> None:
    assert desk(name)


@pytest.mark.parametrize("name", ["Jane Doe", "王小明", "홍길동", "Иван Примеров", "Desktop Publishing", "Stafford Doe", "Teamo Doe"])
def test_a_person_is_no_desk(name: str) -> None:
    assert not desk(name)
