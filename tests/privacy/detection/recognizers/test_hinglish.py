from privacy.detection.recognizers.hinglish import recognizers


def found(text: str) -> list[str]:
    (recognizer,) = recognizers()
    return [text[one.start : one.end] for one in recognizer.analyze(text)]


def test_a_name_in_latin_letters_is_found_whatever_the_router_says() -> None:
    assert "rajesh" in found("mera naam rajesh hai order nahi aaya")
    assert "priya sharma" in found("main priya sharma bol rahi hu")


def test_a_name_that_is_written_wrongly_is_no_name() -> None:
    assert found("mera naam galat likha hai bill me") == []


def test_english_with_an_indian_word_names_nobody() -> None:
    assert found("the chair hai broke and nobody answers") == []
