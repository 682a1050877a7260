from civicdesk.printing.paper import capitals
from civicdesk.text import use_language


def test_capitals_follow_the_language_spoken() -> None:
    assert capitals("Drill") == "DRILL"
    use_language("tr")
    assert capitals("Tahliye listesi") == "TAHLİYE LİSTESİ"
