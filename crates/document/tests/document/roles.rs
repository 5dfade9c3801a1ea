use super::opener;
use pledgebook_document::Role;

/// One letter a block: title, byline, heading, body, item, aside.
fn roles(text: &str) -> String {
    let document = opener().text("t", text);
    document
        .blocks()
        .iter()
        .map(|block| match block.role {
            Role::Title => 'T',
            Role::Byline => 'Y',
            Role::Heading => 'H',
            Role::Body => 'B',
            Role::Item => 'I',
            Role::Aside => '-',
        })
        .collect()
}

#[test]
fn menus_of_languages_are_aside() {
    assert_eq!(roles("• En\n  • Es\n  • De\n  • Ук\n\nUn accord en vue\n\nLe texte commence ici.\n"), "----TB");
    assert_eq!(roles("EN | FR | IT\n\nUn accord en vue\n\nLe texte commence ici.\n"), "-TB");
}

#[test]
fn what_stands_around_an_article_is_told_apart() {
    for (text, expected) in [
        (
            "Un titre\nPar Anne Leroy - 14 septembre 2025 04:28\nLe texte dit ceci.\nÀ lire aussi : autre chose\nSource",
            "TYB--",
        ),
        (
            "Ein Titel\nVon Gundula Reißig\nDer Text sagt dies.\nMEHR ZUM THEMA\nFirma steckt Geld in Werk\nNoch ein Titel",
            "TYB---",
        ),
        ("Un título\nPor Ana Gil | Madrid\nEl texto dice esto.\nLEE TAMBIÉN ▸ Otra cosa más\nOtra frase.", "TYB-B"),
        (
            "Un titolo\n12 MAG 2025 - 08:41   Condividi  f  X\nIl testo dice questo.\nLEGGI ANCHE\n» Altro\n\nAncora testo.",
            "TYB--B",
        ),
        ("Заголовок новини\nПоділитися:  Facebook  Telegram  X\nТекст каже це.\nЧитайте також: Інше", "T-B-"),
        ("A headline\nShare  f  X\nThe text says this.\n(Reporting by A. Writer; Editing by B. Reader)", "T-B-"),
        (
            "We use cookies. Accept all\nNews  Sport  Jobs  Weather\nHome > News > Town\nA headline\nThe text says this.",
            "---TB",
        ),
        ("OPINION\n\nA flutter on light\n\nThe text says this.", "HTB"),
        ("Headline\nText one.\nComments (38)", "TB-"),
    ] {
        assert_eq!(roles(text), expected, "{text}");
    }
}

#[test]
fn body_that_looks_like_furniture_stays() {
    for (text, expected) in [
        ("T one\nRead more than one book a week, they said.\nThe rest.", "TBB"),
        ("T one\nPartager la valeur entre tous, tel est le but.\nThe rest.", "TBB"),
        ("T one\nAnzeigen gegen die Firma wurden erstattet.\nThe rest.", "TBB"),
        (
            "T one\nNIGERIA | Ekune State and Palmwave Fibre | 2,400km of ducts | N38.6bn | signed Tuesday\nThe rest.",
            "TBB",
        ),
        ("T one\nDeutschland   5,1 Mrd. €\nThe rest.", "THB"),
        ("T one\nFotos belegen den Bau.\nThe rest.", "TBB"),
        ("T one\n• AED22 billion project to be operational by 2027\nThe rest.", "TIB"),
    ] {
        assert_eq!(roles(text), expected, "{text}");
    }
}

#[test]
fn cut_ends_are_left_out_of_their_paragraph() {
    let opener = opener();
    for (text, kept) in [
        ("Titre\nLe fonds prévoit 700 millions… Lire la suite", "Le fonds prévoit 700 millions"),
        ("Titre\nLe fonds prévoit 700 millions […]", "Le fonds prévoit 700 millions"),
        ("Title\nThe fund plans $700m ... Read more »", "The fund plans $700m"),
        ("Title\nThe fund plans more…", "The fund plans more…"),
    ] {
        let document = opener.text("t", text);
        assert_eq!(&document.text()[document.blocks()[1].span.clone()], kept);
    }
}

#[test]
fn any_text_keeps_its_blocks_in_order_and_on_characters() {
    let opener = opener();
    let pieces = [
        "• En", "\r\n", "\n\n", "…", "[…]", "Par Я", "  ", "©", "| a | b", "1) ", "💬 5", "...", "»", "Source",
        "\u{2028}", "𝔄",
    ];
    let mut seed = 7usize;
    for _ in 0..5_000 {
        let mut text = String::new();
        for _ in 0..8 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) % pieces.len()]);
        }
        let document = opener.text("t", text.as_str());
        let mut end = 0;
        for block in document.blocks() {
            assert!(block.span.start >= end && text.get(block.span.clone()).is_some(), "{text}");
            end = block.span.end;
        }
    }
}
